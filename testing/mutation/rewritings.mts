// The same policy in other words: a proof that has a finding about one of them reads the words and not the meaning.

type Objects = Record<string, any>[];

/** Every rewriting. */
export const REWRITINGS: Readonly<Record<string, (manifests: Objects) => any[]>> = {
  'rules, peers, ports and subjects in another order': (manifests) => manifests.map((object) => turned(object)),
  'keys in another order': (manifests) => manifests.map((object) => keysTurned(object)),
  'objects in another order': (manifests) => manifests.toReversed(),
  'matchLabels as matchExpressions': (manifests) => manifests.map((object) => (object.kind === 'NetworkPolicy' ? expressions(object) : object)),
  'one policy split in several': (manifests) => manifests.flatMap(split),
  'policies of a namespace with one selector made one': merged,
  'blocks as their two halves': (manifests) => manifests.map(halved),
  'one rule for each verb': (manifests) => manifests.map((object) => (object.kind.endsWith('Role') && object.rules
    ? { ...object, rules: object.rules.flatMap((rule: any) => rule.verbs.map((verb: string) => ({ ...rule, verbs: [verb] }))) } : object)),
  'one List of everything': (manifests) => [{ apiVersion: 'v1', kind: 'List', items: manifests }],
  'everything twice': (manifests) => [...manifests, ...structuredClone(manifests)],
};

/** Lists whose order means something. */
const ORDERED = ['validations', 'variables', 'matchConditions'];

function turned(value: any): any {
  if (Array.isArray(value)) return value.map(turned).reverse();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, ORDERED.includes(key) ? inner : turned(inner)]));
}

function keysTurned(value: any): any {
  if (Array.isArray(value)) return value.map(keysTurned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, keysTurned(inner)]));
}

function expressions(value: any): any {
  if (Array.isArray(value)) return value.map(expressions);
  if (typeof value !== 'object' || value === null) return value;
  const { matchLabels, ...rest } = value;
  const inner = Object.fromEntries(Object.entries(rest).map(([key, own]) => [key, expressions(own)]));
  if (matchLabels === undefined) return inner;
  const own = Object.entries(matchLabels).map(([key, label]) => ({ key, operator: 'In', values: [label] }));
  return { ...inner, matchExpressions: [...inner.matchExpressions as any[] ?? [], ...own] };
}

/** What isolates stays in one policy, every rule goes into one of its own. */
function split(object: any): any[] {
  if (object.kind !== 'NetworkPolicy') return [object];
  const { ingress = [], egress = [], ...spec } = object.spec;
  const alone = ([['ingress', ingress, 'Ingress'], ['egress', egress, 'Egress']] as const).flatMap(([direction, rules, type]) => (
    rules.map((rule: any, index: number) => ({
      ...object,
      metadata: { ...object.metadata, name: `${object.metadata.name}-${direction}-${index}` },
      spec: { podSelector: spec.podSelector, policyTypes: [type], [direction]: [rule] },
    }))));
  return [{ ...object, spec }, ...alone];
}

function merged(manifests: Objects): Objects {
  const groups = new Map<string, any>();
  const others = manifests.filter((object) => {
    if (object.kind !== 'NetworkPolicy') return true;
    const key = JSON.stringify([object.metadata.namespace, object.spec.podSelector, [...object.spec.policyTypes].sort()]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, structuredClone(object));
    else for (const direction of ['ingress', 'egress']) if (object.spec[direction]) group.spec[direction] = [...group.spec[direction] ?? [], ...object.spec[direction]];
    return false;
  });
  return [...others, ...groups.values()];
}

function halved(value: any): any {
  if (Array.isArray(value)) return value.flatMap((each) => (each?.ipBlock ? halvesOf(each) : [halved(each)]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, halved(inner)]));
}

/** Both halves with the exceptions that lie in them; a block without exceptions of IPv4 only, to stay plain. */
function halvesOf(peer: any): any[] {
  const { cidr, except = [] } = peer.ipBlock;
  const [address, length] = cidr.split('/');
  const prefix = Number(length) + 1;
  if (address.includes(':') || prefix > 32) return [peer];
  const number = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const text = (value: number) => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
  const size = 2 ** (32 - prefix);
  if (except.some((block: string) => Number(block.split('/')[1]) < prefix)) return [peer];
  return [number(address), number(address) + size].map((start) => {
    const own = except.filter((block: string) => number(block.split('/')[0]!) >= start && number(block.split('/')[0]!) < start + size);
    // an exception that is all of a half leaves nothing of it
    return { ipBlock: { cidr: `${text(start)}/${prefix}`, ...(own.length > 0 ? { except: own } : {}) } };
  }).filter(({ ipBlock }) => !ipBlock.except?.includes(ipBlock.cidr));
}
