import { KubernetesName, Problems } from '@viridial/core';
import { FlowKind } from '@viridial/security-policy';
import { Tenant } from '@viridial/tenancy';
import { checkRoles } from './cluster';
import { EksPlatformProps } from '../eks-platform-props';
import { ClusterPlan } from '../plan/cluster-plan';
import { TenantAccessPlan, TenantIdentityPlan } from '../plan/tenant-access-plan';
import { TenantIdentity } from '../tenant-identity';

/** Where the agent of EKS Pod Identity answers on every node (EKS user guide, "Set up the Amazon EKS Pod Identity Agent"). */
const AGENT = '169.254.170.23/32';

const ARN = /^arn:aws[a-z-]*:/;

/**
 * Access entries of members of tenants. EKS has one entry for a role, so the groups of a role come together, and a role that
 * administers or looks at the whole cluster cannot be in a group as well.
 */
export function planTenantAccess(problems: Problems, props: EksPlatformProps, cluster: ClusterPlan): TenantAccessPlan[] {
  const known = new Set(props.platform.tenants.flatMap(({ members }) => members.map(({ member }) => member)));
  const whole = new Set([...cluster.administrators, ...cluster.viewers]);
  const groupsOf = new Map<string, string[]>();
  for (const group of Object.keys(props.access?.groups ?? {}).sort()) {
    const path = `access.groups.${group}`;
    if (!known.has(`group:${group}`)) {
      problems.error({
        code: 'UnknownGroup',
        path,
        message: `no tenant has a member group:${group}, so its roles could do nothing`,
        value: group,
        allowed: [...known].filter((member) => member.startsWith('group:')).map((member) => member.slice('group:'.length)).sort().join(', '),
        cure: `correct the name, or add Role.viewer('group:${group}') to a tenant`,
      });
    }
    for (const role of checkRoles(problems, path, props.access!.groups[group])) {
      if (whole.has(role)) {
        problems.error({
          code: 'DuplicateRole', path, message: `role ${role} may do more than a tenant already, and EKS has one access entry for a role`, value: role, cure: 'take a role of the tenant\'s own',
        });
      }
      groupsOf.set(role, [...groupsOf.get(role) ?? [], group]);
    }
  }
  return [...groupsOf.keys()].sort().map((role) => ({ role, groups: groupsOf.get(role)! }));
}

/** Service accounts of tenants with AWS rights, namespace by namespace. */
export function planTenantIdentities(problems: Problems, props: EksPlatformProps): TenantIdentityPlan[] {
  const { platform } = props;
  const carried = new Set(props.environments ?? platform.environments);
  const plans = new Map<string, TenantIdentityPlan>();
  (props.tenantIdentities ?? []).forEach((identity, index) => {
    const path = `tenantIdentities[${index}]`;
    const tenant = platform.tenants.find(({ name }) => name === identity.tenant);
    if (tenant === undefined) {
      problems.error({
        code: 'UnknownTenant', path: `${path}.tenant`, message: `there is no tenant ${identity.tenant}`, value: identity.tenant, allowed: platform.tenants.map(({ name }) => name).sort().join(', '),
      });
      return;
    }
    const own = tenant.environments ?? platform.environments;
    checkIdentity(problems, path, identity, own);
    checkAgent(problems, `${path}.tenant`, tenant);
    for (const environment of (identity.environments ?? own).filter((name) => carried.has(name))) {
      const namespace = `${tenant.name}-${environment}`;
      const { serviceAccount, managedPolicies = [], statements = [], reason } = identity;
      const id = `${namespace}/${serviceAccount}`;
      if (plans.has(id)) {
        problems.error({ code: 'DuplicateIdentity', path, message: `service account ${id} has AWS rights already`, value: id, cure: 'say all of its rights in one place' });
      }
      plans.set(id, {
        tenant: tenant.name, environment, namespace, serviceAccount, managedPolicies: [...managedPolicies], statements: [...statements], reason,
      });
    }
  });
  return [...plans.keys()].sort().map((id) => plans.get(id)!);
}

/** Namespaces of tenants are closed, and a pod that cannot ask the agent has no rights however many its role has. */
function checkAgent(problems: Problems, path: string, { name, flows }: Tenant): void {
  if (flows.some(({ kind, cidr }) => kind === FlowKind.CIDR_OUT && cidr === AGENT)) return;
  problems.error({
    code: 'AgentNotReachable',
    path,
    message: `pods of ${name} do not reach the agent that hands out their rights`,
    value: name,
    cure: `add Flow.cidrOut({ cidr: '${AGENT}', ports: [{ port: 80 }] }) to flows of the tenant`,
  });
}

function checkIdentity(problems: Problems, path: string, identity: TenantIdentity, environments: readonly string[]): void {
  const { serviceAccount, managedPolicies = [], statements = [] } = identity;
  KubernetesName.collectDnsSubdomain(problems, `${path}.serviceAccount`, serviceAccount, 'service account');
  (identity.environments ?? []).forEach((environment, index) => {
    if (environments.includes(environment)) return;
    problems.error({
      code: 'UnknownEnvironment', path: `${path}.environments[${index}]`, message: `${identity.tenant} is in no environment ${environment}`, value: environment, allowed: environments.join(', '),
    });
  });
  if (managedPolicies.length + statements.length === 0) {
    problems.error({ code: 'IdentityWithoutRights', path, message: `service account ${serviceAccount} would have a role that may do nothing`, cure: 'give managedPolicies or statements' });
  }
  managedPolicies.forEach((policy, index) => {
    if (!ARN.test(policy) && policy !== 'AdministratorAccess' && policy !== 'PowerUserAccess') return;
    problems.error({
      code: 'PolicyNotAllowed', path: `${path}.managedPolicies[${index}]`, message: `${policy} is no policy for pods of a tenant`, value: policy, allowed: 'names of AWS managed policies that allow one thing', cure: 'write statements',
    });
  });
  statements.forEach(({ actions }, index) => actions.forEach((action, position) => {
    if (action !== '*' && !action.startsWith('iam:') && !action.endsWith(':*')) return;
    problems.error({
      code: 'PolicyNotAllowed', path: `${path}.statements[${index}].actions[${position}]`, message: `action ${action} gives a tenant more than it can need`, value: action, allowed: 'single actions of one service, not of IAM', cure: 'name the actions',
    });
  }));
}
