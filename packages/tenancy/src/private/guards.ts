import { ClusterFeature, ClusterProfile, Cni, Problems } from '@viridial/core';
import { AdmissionPlatform, AdmissionPolicies, AdmissionPolicy, AdmissionProps, ClusterTier, ClusterTierNamespace } from '@viridial/security-policy';
import { TenancyAdmission } from '../tenancy-admission';
import { collectExceptionsWithoutEffect } from './exceptions';
import { isRetired } from './lifecycle';
import { TenancyModel, TenantModel } from './model';

/** What guards tenants beyond quotas, roles and the policies of their namespaces. */
export interface Guards {
  /** What the admission policies are made of; absent where there are none. */
  readonly admission?: AdmissionProps;
  /** Whether the cluster has policies above those of namespaces. */
  readonly tier: boolean;
  /** Whether the ports of nodes can be closed by them. */
  readonly closeNodePorts?: boolean;
  /** Namespaces of the platform that somebody else makes. */
  readonly elsewhere: ClusterTierNamespace[];
}

/** What somebody says about the guards of a cluster. */
export interface GuardOptions {
  readonly admission?: boolean;
  readonly admissionSettings?: TenancyAdmission;
  readonly platformNamespaces?: ClusterTierNamespace[];
}

/** What self-service stands on: without these RBAC alone would let a tenant change what isolates it. */
const GUARDS_OF_SELF_SERVICE = [AdmissionPolicy.MANAGED_OBJECTS, AdmissionPolicy.NETWORK_POLICY_SHAPE, AdmissionPolicy.TRUSTED_NAMESPACE_LABELS];

/** Decides what guards the tenants on a cluster, and says what does not. */
export function guardsOf(problems: Problems, model: TenancyModel, profile: ClusterProfile, options: GuardOptions): Guards {
  const tenants = [...model.tenants.values()];
  const admission = admissionProps(problems, profile, options);
  if (admission) {
    const found = new Problems();
    AdmissionPolicies.collect(found, admission);
    problems.addAll(found.all, 'admissionSettings');
    collectRegistries(problems, tenants, admission);
    collectNodePorts(problems, tenants, admission);
    collectPlatformMembers(problems, tenants, admission.platform ?? AdmissionPlatform.of({}));
  } else {
    collectExceptionsWithoutEffect(problems, tenants.map(({ tenant }) => tenant), profile.supports(ClusterFeature.VALIDATING_ADMISSION_POLICY));
  }
  collectSelfService(problems, tenants, admission);
  return { admission, ...tierOf(problems, model, profile), elsewhere: options.platformNamespaces ?? [] };
}

/** Whether one of the policies is rendered. */
export function isRendered({ policies = [] }: AdmissionProps, policy: AdmissionPolicy): boolean {
  return policies.some(({ id }) => id === policy.id);
}

function admissionProps(problems: Problems, profile: ClusterProfile, options: GuardOptions): AdmissionProps | undefined {
  const { admission = true, admissionSettings = {} } = options;
  if (!admission) return undefined;
  if (!profile.supports(ClusterFeature.VALIDATING_ADMISSION_POLICY)) {
    problems.warning({
      code: 'NoAdmissionPolicies',
      path: 'profile',
      message: `Kubernetes ${profile.version.minorText} has no admission policies: nothing holds what is managed, images, hosts and labels but roles`,
      value: profile.version.minorText,
      allowed: 'Kubernetes from 1.30 on',
      cure: 'raise the cluster, or say admission: false when something else guards it',
    });
    return undefined;
  }
  const classes = admissionSettings.storageClasses ?? profile.storageClasses.map(({ name }) => name);
  const left = [AdmissionPolicy.BOUNDED_CONTAINERS, ...(classes.length === 0 ? [AdmissionPolicy.STORAGE_CLASSES] : [])];
  return { ...admissionSettings, profile, policies: admissionSettings.policies ?? AdmissionPolicy.allBut(left) };
}

/** A tier that cannot be is no mistake of whoever wrote the tenancy: it says what is left. */
function tierOf(problems: Problems, { name: platform }: TenancyModel, profile: ClusterProfile): Pick<Guards, 'closeNodePorts' | 'tier'> {
  const found = new Problems();
  ClusterTier.collect(found, '', { platform, profile, namespaces: [] });
  const missing = found.errors.find(({ code }) => code === 'NoClusterTier');
  if (missing) {
    const { code, path, message, value, allowed } = missing;
    problems.warning({
      code, path, message: `${message}; roles and admission alone keep tenants from opening their namespaces`, value, allowed, cure: 'name the version of the network plugin in cniVersion, when it has them',
    });
    return { tier: false };
  }
  const open = profile.cni === Cni.VPC_CNI || (profile.cni !== Cni.CILIUM && profile.nodeCidrs.length === 0);
  if (open) {
    problems.warning({
      code: 'NodePortsStayOpen',
      path: profile.cni === Cni.VPC_CNI ? 'profile.cni' : 'profile.nodeCidrs',
      message: profile.cni === Cni.VPC_CNI
        ? 'the VPC CNI cannot close the ports of nodes above the policies of namespaces: its agent lets a pod talk to its own node always'
        : 'the ports of nodes cannot be closed above the policies of namespaces: the profile names no nodeCidrs',
      value: profile.cni,
      cure: profile.cni === Cni.VPC_CNI ? 'know it; security groups of pods can close the kubelet' : 'set nodeCidrs of the profile',
    });
  }
  return { tier: true, closeNodePorts: open ? false : undefined };
}

function collectRegistries(problems: Problems, tenants: TenantModel[], admission: AdmissionProps): void {
  if (admission.registries !== undefined || !isRendered(admission, AdmissionPolicy.ALLOWED_REGISTRIES)) return;
  const silent = tenants.filter(({ tenant }) => tenant.allowedRegistries === undefined && !isRetired(tenant)).map(({ tenant }) => tenant.name);
  if (silent.length === 0) return;
  problems.warning({
    code: 'ImagesFromAnywhere',
    path: 'admissionSettings.registries',
    message: `${some(silent)} may run images of every registry, because nobody says where they come from`,
    value: silent.length,
    cure: 'set allowedRegistries of each tenant, or registries for all',
  });
}

function collectNodePorts(problems: Problems, tenants: TenantModel[], admission: AdmissionProps): void {
  if (admission.openings?.nodePorts || !isRendered(admission, AdmissionPolicy.SERVICE_EXPOSURE)) return;
  const hoping = tenants.filter(({ tenant: { budget } }) => (budget?.nodePorts ?? 0) > (budget?.loadBalancers ?? 0)).map(({ tenant }) => tenant.name);
  if (hoping.length === 0) return;
  problems.warning({
    code: 'NodePortsRefused',
    path: 'admissionSettings.openings.nodePorts',
    message: `${some(hoping)} have node ports in their budgets, and admission refuses Services of type NodePort`,
    value: false,
    cure: 'set openings.nodePorts, or take the node ports out of the budgets; those of load balancers work either way',
  });
}

/** A member who counts as the platform is held by nothing. */
function collectPlatformMembers(problems: Problems, tenants: TenantModel[], { users, groups }: AdmissionPlatform): void {
  if (users.length + groups.length === 0) return;
  for (const { tenant, members } of tenants) {
    for (const { subject } of members) {
      const name = subject.kind === 'ServiceAccount' ? `system:serviceaccount:${subject.namespace}:${subject.name}` : subject.name;
      if (!(subject.kind === 'Group' ? groups : users).includes(name)) continue;
      problems.error({
        code: 'MemberIsPlatform',
        path: `tenants.${tenant.name}.members`,
        message: `${subject.kind} ${name} is a member of ${tenant.name} and counts as the platform, which no policy holds`,
        value: name,
        cure: 'give the tenant a group of its own',
      });
    }
  }
}

function collectSelfService(problems: Problems, tenants: TenantModel[], admission: AdmissionProps | undefined): void {
  for (const { tenant } of tenants) {
    if (!tenant.selfService || (admission && GUARDS_OF_SELF_SERVICE.every((policy) => isRendered(admission, policy)))) continue;
    problems.error({
      code: 'SelfServiceUnguarded',
      path: `tenants.${tenant.name}.selfService`,
      message: `administrators of ${tenant.name} could change the bindings and network policies that isolate it, because no admission policies guard these`,
      value: true,
      allowed: `clusters with the policies ${GUARDS_OF_SELF_SERVICE.map(({ id }) => id).join(', ')}`,
      cure: 'render admission policies, or leave selfService out',
    });
  }
}

function some(names: string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} others` : names.join(' and ');
}
