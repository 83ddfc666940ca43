import { Cidr, IpVersion, KubernetesName, Problems } from '@viridial/core';
import { EksPlatformProps } from '../eks-platform-props';
import { planVersion } from './version';
import { ClusterPlan } from '../plan/cluster-plan';

/** All logs that the control plane can write. */
const LOG_TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

/** Days that CloudWatch Logs accepts as retention (API reference, `PutRetentionPolicy`), up to ten years. */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** A role by its name, by the parameter that holds its ARN, or by its ARN. */
const ROLE = /^(?:(?:arn:aws[a-z-]*:iam::[0-9]{12}:role\/)?[\w+=,.@-]+(?:\/[\w+=,.@-]+)*|ssm:(?:\/[\w.-]+)+)$/;

/** Checks IAM roles, each listed once. */
export function checkRoles(problems: Problems, path: string, roles: readonly string[]): string[] {
  roles.forEach((role, index) => {
    if (!ROLE.test(role)) {
      problems.error({
        code: 'NotARole',
        path: `${path}[${index}]`,
        message: `'${role}' names no IAM role`,
        value: role,
        allowed: 'Administrator, ssm:/path/of/parameter, or arn:aws:iam::123456789012:role/Administrator; users and the account root are not accepted',
      });
    } else if (roles.indexOf(role) !== index) {
      problems.error({ code: 'DuplicateRole', path: `${path}[${index}]`, message: `role ${role} is listed twice`, value: role, cure: 'list each role once' });
    }
  });
  return [...roles].sort();
}

function checkEndpoint(problems: Problems, props: EksPlatformProps): string[] {
  const access = props.access;
  if (!access?.publicEndpoint) return [];
  const path = 'access.publicEndpointCidrs';
  if (access.publicEndpointCidrs.length === 0) {
    problems.error({
      code: 'PublicEndpointWithoutCidrs',
      path,
      message: 'the public endpoint has no list of source addresses, which EKS takes for the whole internet',
      allowed: 'at least one block, such as 203.0.113.7/32',
      cure: 'list the addresses of the people who administer, or leave publicEndpointCidrs out',
    });
  }
  const cidrs = access.publicEndpointCidrs.flatMap((text, index) => {
    const cidr = Cidr.collect(problems, `${path}[${index}]`, text, { version: IpVersion.IPV4 });
    if (cidr?.prefix === 0) {
      problems.error({
        code: 'PublicEndpointOpenToAll',
        path: `${path}[${index}]`,
        message: `${text} opens the API server to the whole internet`,
        value: text,
        allowed: 'blocks from which administrators come, /8 or smaller',
        cure: 'list their addresses',
      });
    } else if (cidr && cidr.prefix < 8) {
      problems.error({
        code: 'PublicEndpointOpenToAll',
        path: `${path}[${index}]`,
        message: `${text} opens the API server to a part of the internet larger than any organisation's`,
        value: text,
        allowed: 'blocks from which administrators come, /8 or smaller',
        cure: 'list their addresses',
      });
    }
    return cidr ? [cidr] : [];
  });
  return Cidr.summarise(cidrs).map((cidr) => cidr.toString());
}

/** Name of the cluster: the one given, else platform and id. */
export function clusterNameOf(id: string, props: EksPlatformProps): string {
  return props.clusterName ?? `${props.platform.name}-${id}`;
}

/** Plans the control plane. */
export function planCluster(problems: Problems, id: string, props: EksPlatformProps): ClusterPlan {
  const name = clusterNameOf(id, props);
  // narrower than EKS, because labels and directories carry the name as well
  KubernetesName.collectDnsLabel(problems, 'clusterName', name, 'cluster name');
  const logRetentionDays = props.logRetentionDays ?? 90;
  if (!RETENTION_DAYS.includes(logRetentionDays)) {
    problems.error({
      code: 'RetentionNotAllowed',
      path: 'logRetentionDays',
      message: `CloudWatch Logs does not know a retention of ${logRetentionDays} days`,
      value: logRetentionDays,
      allowed: RETENTION_DAYS.join(', '),
    });
  }
  const administrators = checkRoles(problems, 'access.administrators', props.access?.administrators ?? []);
  const viewers = checkRoles(problems, 'access.viewers', props.access?.viewers ?? []);
  for (const role of viewers.filter((viewer) => administrators.includes(viewer))) {
    problems.error({ code: 'DuplicateRole', path: 'access.viewers', message: `role ${role} is an administrator and a viewer`, value: role, cure: 'list it once' });
  }
  if (administrators.length === 0) {
    problems.warning({
      code: 'NoAdministrators',
      path: 'access.administrators',
      message: 'no IAM role administers the cluster: nobody can use kubectl until an access entry is added by hand',
      cure: "set access: Access.of({ administrators: ['name-of-a-role'] })",
    });
  }
  const version = planVersion(problems, props);
  const publicCidrs = checkEndpoint(problems, props);
  return {
    name,
    version: version.minor,
    support: version.support,
    endpointPrivate: true,
    endpointPublic: props.access?.publicEndpoint ?? false,
    publicCidrs,
    authenticationMode: 'API',
    administrators,
    viewers,
    logTypes: [...LOG_TYPES],
    logRetentionDays,
    secretsEncrypted: true,
    deletionProtection: props.keepData ?? true,
    zonalShift: true,
    nodeRepair: true,
    updateMaxUnavailablePercentage: 33,
    metadataHopLimit: 1,
  };
}
