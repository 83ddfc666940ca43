import { Severity } from '@viridial/core';
import { finding } from './found';
import { RULES } from './rules';
import { SubjectMatter } from './subject-matter';
import { Finding } from '../../finding';
import { Item } from '../inventory';
import { podOf } from '../pod-source';
import { NamespaceBounds } from '../quota/bounds';
import { Shape } from '../shape';
import { compareText, distinct, enumerate, groupBy, short } from '../text';

/** What a quota makes every container state. */
const COMPUTE = ['limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'];

/** Resources that a quota bounds and that no LimitRange states for containers that do not. */
export function withoutDefaults({ bounded, defaulted }: NamespaceBounds): string[] {
  return COMPUTE.filter((resource) => bounded.has(resource) && !defaulted.has(resource));
}

/** Quotas that will refuse pods because nothing states what they count. */
export function checkQuotas({ inventory, bounds }: SubjectMatter): Finding[] {
  const workloads = groupBy(inventory.workloads, ({ namespace }) => namespace);
  return [...bounds].sort((a, b) => compareText(a[0], b[0])).flatMap(([namespace, own]) => {
    const missing = withoutDefaults(own);
    if (missing.length === 0) return [];
    const refused = (workloads.get(namespace) ?? []).filter((item) => leavesOut(item, missing));
    return [finding(RULES.quotaWithoutDefaults, {
      object: own.quotas[0],
      severity: refused.length > 0 ? Severity.ERROR : Severity.WARNING,
      why: `the quota counts ${enumerate(missing)}, and no LimitRange in ${namespace} states ${missing.length === 1 ? 'it' : 'them'} for containers that do not`,
      cure: `add a LimitRange of type Container with default and defaultRequest for ${enumerate(distinct(missing.map((resource) => resource.split('.')[1])))}`,
      witness: refused.length > 0 ? `every pod of ${short(refused[0].identity)} is refused: it does not state ${enumerate(missing)}` : own.closed ? undefined : `a pod in ${namespace} that states no ${enumerate(missing, 'or')} is refused`,
      related: [...own.quotas, ...own.limitRanges, ...refused.map(({ identity }) => identity)],
    })];
  });
}

/** Whether a container of a workload does not state one of the resources. */
function leavesOut(item: Item, resources: string[]): boolean {
  const spec = podOf(item)?.spec;
  if (spec === undefined) return false;
  const containers = ['containers', 'initContainers'].flatMap((field) => spec.children(field));
  return containers.some((container) => resources.some((resource) => !states(container, resource) && !states(spec, resource)));
}

/** A limit states the request too, because the API server takes it over. */
function states(holder: Shape, resource: string): boolean {
  const [field, name] = resource.split('.');
  const resources = holder.child('resources');
  return (resources?.child(field)?.has(name) ?? false) || (resources?.child('limits')?.has(name) ?? false);
}
