// Whether a mutant means the same as what it was made of: decided by trying everything that its objects can tell apart, with
// a reading of NetworkPolicy and RBAC that is as plain as possible and shares nothing with the proof.
import type { Mutant } from './operators.mts';

type Objects = readonly Record<string, any>[];

/** A pod or an address, as a policy sees it. */
interface Party {
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly address: bigint | undefined;
  readonly six: boolean;
}

/** Why a mutant is the same as its original; nothing when it is not. */
export function whyEquivalent({ original }: Mutant, before: Objects, after: Objects, cni?: string): string | undefined {
  switch (original.kind) {
    case 'NetworkPolicy':
      return sameConnections(original.metadata.namespace, before, after) ? 'no connection of any pod that policies can tell apart changes' : undefined;
    case 'Role': case 'ClusterRole': case 'RoleBinding': case 'ClusterRoleBinding':
      return sameGrants(before, after) ? 'nobody is granted anything else' : undefined;
    case 'ValidatingAdmissionPolicy': return isForeign(original, cni) ? 'the network plugin of this cluster has no such kinds, so no request is about them' : undefined;
    default: return undefined;
  }
}

/** A policy about kinds of a network plugin that the cluster does not have. */
function isForeign({ spec }: Record<string, any>, cni: string | undefined): boolean {
  const groups: string[] = spec.matchConstraints.resourceRules.flatMap(({ apiGroups }: { apiGroups: string[] }) => apiGroups);
  const plugin = groups.every((group) => group === 'cilium.io') ? 'cilium' : groups.every((group) => /(^|\.)projectcalico\.org$/.test(group)) ? 'calico' : undefined;
  return plugin !== undefined && cni !== undefined && plugin !== cni;
}

function sameGrants(before: Objects, after: Objects): boolean {
  const grants = (objects: Objects) => {
    const bindings = objects.filter(({ kind }) => kind.endsWith('RoleBinding'));
    return [...new Set(bindings.flatMap((binding) => granted(binding, objects)))].sort().join('\n');
  };
  return grants(before) === grants(after);
}

/** Every single thing that a binding gives to every single subject. */
function granted({ metadata, roleRef, subjects = [] }: Record<string, any>, objects: Objects): string[] {
  const home = roleRef.kind === 'Role' ? metadata.namespace : undefined;
  const role = objects.find(({ kind, metadata: own }) => kind === roleRef.kind && own.name === roleRef.name && own.namespace === home);
  const each = (list: string[] | undefined, use: (item: string) => string[]) => (list ?? ['']).flatMap(use);
  return (role?.rules ?? []).flatMap((rule: any) => each(rule.verbs, (verb) => each(rule.resources ?? rule.nonResourceURLs, (resource) => (
    each(rule.apiGroups, (group) => subjects.map((subject: any) => (
      JSON.stringify([subject, metadata.namespace, verb, group, resource, rule.resourceNames]))))))));
}

function sameConnections(namespace: string, before: Objects, after: Objects): boolean {
  const policies = [...before, ...after].filter(({ kind }) => kind === 'NetworkPolicy');
  const namespaces = before.filter(({ kind }) => kind === 'Namespace');
  const labels = labelSets(policies);
  const pod = (home: string) => (own: Record<string, string>): Party => ({ namespace: home, labels: own, address: undefined, six: false });
  const pods = namespaces.flatMap(({ metadata }) => labels.map(pod(metadata.name)));
  const others = [...pods, ...labels.map(pod('somewhere-else')), ...addresses(policies)];
  const ports = portsOf(policies);
  const worlds = [before, after].map((objects) => new World(objects));
  return pods.filter((party) => party.namespace === namespace).every((own) => others.every((other) => ports.every(([port, protocol]) => (
    worlds[0]!.allows(own, other, port, protocol) === worlds[1]!.allows(own, other, port, protocol)
    && worlds[0]!.allows(other, own, port, protocol) === worlds[1]!.allows(other, own, port, protocol)))));
}

/** NetworkPolicy read word by word. */
class World {
  private readonly labelsOf: Map<string, Record<string, string>>;
  private readonly policies: Map<string, Record<string, any>[]> = new Map();

  constructor(objects: Objects) {
    this.labelsOf = new Map(objects.filter(({ kind }) => kind === 'Namespace')
      .map(({ metadata }) => [metadata.name, { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name }]));
    for (const policy of objects.filter(({ kind }) => kind === 'NetworkPolicy')) {
      this.policies.set(policy.metadata.namespace, [...this.policies.get(policy.metadata.namespace) ?? [], policy]);
    }
  }

  allows(source: Party, destination: Party, port: number, protocol: string): boolean {
    return this.lets('egress', source, destination, port, protocol) && this.lets('ingress', destination, source, port, protocol);
  }

  private lets(direction: 'ingress' | 'egress', pod: Party, peer: Party, port: number, protocol: string): boolean {
    if (pod.address !== undefined) return true;
    const type = direction === 'ingress' ? 'Ingress' : 'Egress';
    const own = (this.policies.get(pod.namespace) ?? []).filter(({ spec }) => (
      matches(spec.podSelector, pod.labels) && typesOf(spec).includes(type)));
    if (own.length === 0) return true;
    return own.some(({ metadata, spec }) => (spec[direction] ?? []).some((rule: any) => {
      const peers = rule[direction === 'ingress' ? 'from' : 'to'];
      return (!peers?.length || peers.some((each: any) => this.isPeer(each, metadata.namespace, peer)))
        && (!rule.ports?.length || rule.ports.some((each: any) => (each.protocol ?? 'TCP') === protocol
          && (each.port === undefined || (port >= each.port && port <= (each.endPort ?? each.port)))));
    }));
  }

  private isPeer({ ipBlock, namespaceSelector, podSelector }: any, home: string, peer: Party): boolean {
    const excepted = () => (ipBlock.except ?? []).some((block: string) => inside(block, peer));
    if (ipBlock) return peer.address !== undefined && inside(ipBlock.cidr, peer) && !excepted();
    if (peer.address !== undefined) return false;
    const labels = this.labelsOf.get(peer.namespace) ?? { 'kubernetes.io/metadata.name': peer.namespace };
    const there = namespaceSelector ? matches(namespaceSelector, labels) : peer.namespace === home;
    return there && (!podSelector || matches(podSelector, peer.labels));
  }
}

function typesOf(spec: any): string[] {
  return spec.policyTypes?.length ? spec.policyTypes : ['Ingress', ...(spec.egress ? ['Egress'] : [])];
}

function rulesOf({ spec }: Record<string, any>): any[] {
  return [...spec.ingress ?? [], ...spec.egress ?? []];
}

function peersOf(policy: Record<string, any>): any[] {
  return rulesOf(policy).flatMap((rule) => [...rule.from ?? [], ...rule.to ?? []]);
}

function matches(selector: any, labels: Record<string, string>): boolean {
  return Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value)
    && (selector?.matchExpressions ?? []).every(({ key, operator, values = [] }: any) => ({
      In: key in labels && values.includes(labels[key]),
      NotIn: !(key in labels && values.includes(labels[key])),
      Exists: key in labels,
      DoesNotExist: !(key in labels),
    })[operator as string]);
}

/** No label, labels nobody knows, and those of every pod selector. */
function labelSets(policies: Objects): Record<string, string>[] {
  const found = new Map<string, Record<string, string>>();
  const add = (labels: Record<string, string>) => found.set(JSON.stringify(labels), labels);
  add({});
  add({ stranger: 'yes' });
  const visit = (selector: any) => add({
    ...selector?.matchLabels, ...Object.fromEntries((selector?.matchExpressions ?? []).map(({ key, values }: any) => [key, values?.[0] ?? 'any'])),
  });
  for (const policy of policies) {
    visit(policy.spec.podSelector);
    for (const { podSelector } of peersOf(policy)) if (podSelector) visit(podSelector);
  }
  return [...found.values()];
}

/** The first and last address of every block, and those beside it. */
function addresses(policies: Objects): Party[] {
  const blocks = policies.flatMap(peersOf).flatMap(({ ipBlock }) => (ipBlock ? [ipBlock.cidr, ...ipBlock.except ?? []] : []));
  const parties = [...new Set<string>(blocks)].flatMap((block) => {
    const { start, size, six, all } = read(block);
    return [start - 1n, start, start + size - 1n, start + size].filter((address) => address >= 0n && address < all)
      .map((address): Party => ({ namespace: '', labels: {}, address, six }));
  });
  return [...new Map(parties.map((party) => [`${party.six} ${party.address}`, party])).values()];
}

/** Every port at which a rule begins or ends, and those beside it. */
function portsOf(policies: Objects): [number, string][] {
  const numbers = policies.flatMap(rulesOf).flatMap((rule) => rule.ports ?? [])
    .flatMap(({ port, endPort }: any): number[] => (typeof port === 'number' ? [port, endPort ?? port] : []));
  const beside = numbers.flatMap((number) => [number - 1, number, number + 1]);
  const near = [...new Set([1, 65535, ...beside])].filter((number) => number > 0 && number < 65536);
  return near.flatMap((number): [number, string][] => [[number, 'TCP'], [number, 'UDP']]);
}

function inside(cidr: string, { address, six }: Party): boolean {
  const block = read(cidr);
  return block.six === six && address! >= block.start && address! < block.start + block.size;
}

function read(cidr: string): { start: bigint; size: bigint; six: boolean; all: bigint } {
  const [text, length] = cidr.split('/') as [string, string];
  const six = text.includes(':');
  const bits = six ? 128n : 32n;
  const size = 1n << (bits - BigInt(length));
  const address = six ? readSix(text) : text.split('.').reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
  return { start: address / size * size, size, six, all: 1n << bits };
}

function readSix(text: string): bigint {
  const [head = '', tail = ''] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}
