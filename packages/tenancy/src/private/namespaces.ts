import { KubernetesName, Problems } from '@viridial/core';
import { Tenant } from '../tenant';

const LONGEST = 63;

/** Who wants a namespace, in words and as a path. */
interface Claim {
  readonly path: string;
  readonly what: string;
}

/** The names of a tenancy that become names of namespaces. */
export interface Names {
  readonly name: string;
  readonly environments: string[];
  readonly tenants: Tenant[];
  readonly sharedNamespaces: string[];
}

/** Name of the namespace of a tenant in an environment. */
export function tenantNamespace(tenant: string, environment: string): string {
  return `${tenant}-${environment}`;
}

/** Name of a shared namespace of the platform. */
export function sharedNamespace(platform: string, shared: string): string {
  return `${platform}-${shared}`;
}

/** Name of the namespace that holds the deployers: part of no tenant, so that none of them can write there. */
export function deployerNamespace(platform: string): string {
  return `${platform}-deployers`;
}

/** Checks every name, and that no two of them make one namespace. */
export function collectNames(problems: Problems, names: Names): void {
  KubernetesName.collectDnsLabel(problems, 'name', names.name, 'tenancy name');
  collectList(problems, 'environments', names.environments, 'environment');
  collectList(problems, 'sharedNamespaces', names.sharedNamespaces, 'shared namespace');
  collectList(problems, 'tenants', names.tenants.map((tenant) => tenant.name), 'tenant');
  requireSome(problems, 'environments', names.environments);
  requireSome(problems, 'tenants', names.tenants);

  const claims = claimsOf(names);
  for (const [namespace, claimants] of claims) {
    collectClash(problems, namespace, claimants);
    collectForm(problems, namespace, claimants[0]);
  }
}

/** Reports an empty list where nothing could be made of it. */
export function requireSome(problems: Problems, path: string, list: readonly unknown[]): void {
  if (list.length > 0) return;
  problems.error({ code: 'EmptyList', path, message: `${path} is empty, so there is no namespace`, value: [], allowed: 'at least one', cure: `name one in ${path}` });
}

function collectList(problems: Problems, path: string, names: string[], what: string): void {
  const first = new Map<string, number>();
  names.forEach((name, index) => {
    KubernetesName.collectDnsLabel(problems, `${path}[${index}]`, name, `${what} name`);
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, index);
    } else {
      problems.error({
        code: 'DuplicateName', path: `${path}[${index}]`, message: `${what} ${name} is named by ${path}[${before}] already`, value: name, cure: 'name it once',
      });
    }
  });
}

function claimsOf({ name, environments, tenants, sharedNamespaces }: Names): Map<string, Claim[]> {
  const claims = new Map<string, Claim[]>();
  const claim = (namespace: string, path: string, what: string): void => {
    const claimants = claims.get(namespace) ?? [];
    // a name given twice is reported as such already
    if (!claimants.some((claimant) => claimant.what === what)) claimants.push({ path, what });
    claims.set(namespace, claimants);
  };
  for (const tenant of tenants) {
    for (const environment of tenant.environments ?? environments) {
      claim(tenantNamespace(tenant.name, environment), `tenants.${tenant.name}`, `tenant ${tenant.name} in environment ${environment}`);
    }
  }
  sharedNamespaces.forEach((shared, index) => claim(sharedNamespace(name, shared), `sharedNamespaces[${index}]`, `shared namespace ${shared}`));
  claim(deployerNamespace(name), 'name', `the deployers of ${name}`);
  return claims;
}

function collectClash(problems: Problems, namespace: string, claimants: Claim[]): void {
  if (claimants.length < 2) return;
  const sorted = [...claimants].sort((a, b) => a.what < b.what ? -1 : 1);
  const last = sorted[sorted.length - 1];
  problems.error({
    code: 'DuplicateNamespace',
    path: last.path,
    message: `namespace ${namespace} would belong to ${sorted.map(({ what }) => what).join(' and to ')}`,
    value: namespace,
    cure: 'rename one of them',
  });
}

function collectForm(problems: Problems, namespace: string, { path, what }: Claim): void {
  if (namespace.length > LONGEST) {
    problems.error({
      code: 'NamespaceTooLong',
      path,
      message: `namespace ${namespace} of ${what} has ${namespace.length} characters`,
      value: namespace,
      allowed: `at most ${LONGEST} characters`,
      cure: 'shorten one of its parts',
    });
  }
  if (namespace === 'default' || namespace.startsWith('kube-')) {
    problems.error({
      code: 'ReservedNamespace',
      path,
      message: `namespace ${namespace} of ${what} belongs to Kubernetes`,
      value: namespace,
      allowed: 'names that do not begin with kube-',
      cure: 'rename one of its parts',
    });
  }
}
