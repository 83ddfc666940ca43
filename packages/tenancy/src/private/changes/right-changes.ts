import { RightChange } from '../../tenancy-changes-props';
import { compareText } from '../compare';
import { RenderedNamespace } from '../rendered-namespace';
import type { NamespacePair } from './changes';

/** Roles that somebody gets and that somebody loses, each list sorted. */
export function rightChanges(pairs: NamespacePair[]): { gained: RightChange[]; lost: RightChange[] } {
  const before = rightsOf(pairs.map((pair) => pair.before));
  const after = rightsOf(pairs.map((pair) => pair.after));
  const missing = (one: Map<string, RightChange>, other: Map<string, RightChange>): RightChange[] => (
    [...one.keys()].filter((key) => !other.has(key)).sort(compareText).map((key) => one.get(key)!));
  return { gained: missing(after, before), lost: missing(before, after) };
}

function rightsOf(namespaces: (RenderedNamespace | undefined)[]): Map<string, RightChange> {
  const found = new Map<string, RightChange>();
  for (const namespace of namespaces) {
    for (const { subject, role } of namespace?.members ?? []) {
      const who = `${subject.kind} ${subject.namespace === undefined ? '' : `${subject.namespace}/`}${subject.name}`;
      const right = { subject: who, role, tenant: namespace!.tenant!.tenant.name, environment: namespace!.environment! };
      found.set([right.tenant, right.environment, who, role].join('\n'), right);
    }
  }
  return found;
}
