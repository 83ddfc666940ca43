import { ClusterProfile, KubernetesName, Problems, Quantity } from '@viridial/core';
import { Tenant } from '../tenant';
import { amountOf, least } from './amounts';
import { narrowLine } from './budget-lines';
import { BudgetPart, NamespaceQuota } from './split-budget';
import { splitLine } from './split-line';

/** What one namespace has of a storage class; what is absent is bounded by the budget alone. */
export interface ClassShare {
  readonly name: string;
  readonly storage?: Quantity;
  readonly claims?: Quantity;
}

const SUFFIX = '.storageclass.storage.k8s.io';

/** The storage classes of each namespace, in one order; nothing where every class is open. */
export function splitClasses(problems: Problems, tenant: Tenant, parts: BudgetPart[], quotas: NamespaceQuota[]): ClassShare[][] | undefined {
  if (tenant.storageClasses === undefined) return undefined;
  const shares: ClassShare[][] = parts.map(() => []);
  const seen = new Set<string>();
  tenant.storageClasses.forEach((storageClass, index) => {
    const path = `tenants.${tenant.name}.storageClasses[${index}]`;
    KubernetesName.collectDnsSubdomain(problems, `${path}.name`, storageClass.name, 'storage class');
    if (seen.has(storageClass.name)) {
      problems.error({ code: 'DuplicateName', path, message: `storage class ${storageClass.name} is named twice`, value: storageClass.name, cure: 'name it once' });
    }
    seen.add(storageClass.name);
    const deal = (property: 'persistentVolumeClaims' | 'storage', step: string): Quantity[] | undefined => {
      const at = `${path}.${property}`;
      const total = amountOf(problems, at, storageClass[property]);
      if (total === undefined) return undefined;
      const all = quotas.map((quota) => (property === 'storage' ? quota.storage : quota.persistentVolumeClaims));
      collectAbove(problems, at, total, Quantity.sum(all));
      const line = narrowLine(property, [], step);
      const amounts = splitLine(problems, { split: { path, parts, shared: false }, line, path: at, total, own: parts.map(() => undefined) });
      return amounts.map((amount, part) => least(amount, all[part]));
    };
    const storage = deal('storage', '1Mi');
    const claims = deal('persistentVolumeClaims', '1');
    shares.forEach((own, part) => own.push({ name: storageClass.name, storage: storage?.[part], claims: claims?.[part] }));
  });
  return shares.map((own) => own.sort((a, b) => (a.name < b.name ? -1 : 1)));
}

/**
 * `spec.hard` of the quota that opens some classes of a cluster and closes its others. Which others there are, only the
 * profile knows.
 */
export function classQuota(shares: ClassShare[], profile: ClusterProfile): { [resource: string]: string } {
  const own = new Map(shares.map((share) => [share.name, share]));
  const zero = Quantity.zero();
  const hard: { [resource: string]: string } = {};
  for (const name of [...new Set([...profile.storageClasses.map((each) => each.name), ...own.keys()])].sort()) {
    const share = own.get(name) ?? { name, storage: zero, claims: zero };
    if (share.claims) hard[`${name}${SUFFIX}/persistentvolumeclaims`] = share.claims.toString();
    if (share.storage) hard[`${name}${SUFFIX}/requests.storage`] = share.storage.toString();
  }
  return hard;
}

/** Reports classes that the cluster does not have, and a cluster of which no class is known, where no other can be closed. */
export function collectClasses(problems: Problems, tenant: Tenant, profile: ClusterProfile): void {
  const known = profile.storageClasses.map(({ name }) => name).sort();
  const path = `tenants.${tenant.name}.storageClasses`;
  (tenant.storageClasses ?? []).forEach(({ name }, index) => {
    if (known.includes(name)) return;
    problems.error({
      code: 'UnknownStorageClass',
      path: `${path}[${index}].name`,
      message: known.length === 0 ? `the profile of ${profile.name} names no storage class, so the others cannot be closed` : `${profile.name} has no storage class ${name}`,
      value: name,
      allowed: known.join(', '),
      cure: known.length === 0 ? 'name storageClasses in the profile' : 'correct the name, or add the class to the profile',
    });
  });
}

function collectAbove(problems: Problems, path: string, total: Quantity, all: Quantity): void {
  if (total.compareTo(all) <= 0) return;
  problems.error({
    code: 'StorageClassAboveBudget',
    path,
    message: `${total.toString()} of one class is more than the ${all.toString()} of all classes`,
    value: total.toString(),
    allowed: `at most ${all.toString()}`,
    cure: 'lower it, or raise the budget',
  });
}
