import { Cidr } from '@viridial/core';

/** A pod, as cluster policies see it: by the labels of its namespace. */
export interface TierPod {
  readonly namespace: string;
  /** Labels of the namespace besides its name. */
  readonly labels: { [key: string]: string };
}

/** One side of a connection of a pod: what its own tier policies say about it. */
export interface TierConnection {
  readonly into: boolean;
  readonly pod: TierPod;
  readonly other: { readonly pod?: TierPod; readonly address?: string; readonly node?: boolean };
  readonly port: number;
  readonly protocol: string;
}

/**
 * Whether the cluster tier closes a connection, by the text of the definition of each kind: a reading that shares nothing
 * with the renderers. It holds for objects that only deny, and fails on others.
 */
export function closes(objects: any[], connection: TierConnection): boolean {
  return objects.some((object) => {
    switch (`${object.apiVersion} ${object.kind}`) {
      case 'cilium.io/v2 CiliumClusterwideNetworkPolicy': return ciliumCloses(object.spec, connection);
      case 'projectcalico.org/v3 Tier': return object.spec.defaultAction !== 'Pass' || object.spec.order >= 1000;
      case 'projectcalico.org/v3 GlobalNetworkPolicy': return calicoCloses(object.spec, connection);
      case 'policy.networking.k8s.io/v1alpha2 ClusterNetworkPolicy': return standardCloses(object.spec, connection, 'protocols', standardPort);
      case 'networking.k8s.aws/v1alpha1 ClusterNetworkPolicy': return standardCloses(object.spec, connection, 'ports', awsPort);
      default: throw new Error(`nobody knows ${object.apiVersion} ${object.kind}`);
    }
  });
}

function ciliumCloses(spec: any, { into, pod, other, port, protocol }: TierConnection): boolean {
  if (spec.enableDefaultDeny.ingress || spec.enableDefaultDeny.egress || spec.ingress || spec.egress) throw new Error('the policy does not only deny');
  if (!matches(spec.endpointSelector, ciliumLabels(pod))) return false;
  const side = into ? 'from' : 'to';
  return (spec[into ? 'ingressDeny' : 'egressDeny'] ?? []).some((rule: any) => {
    const endpoints = rule[`${side}Endpoints`]?.some((selector: any) => other.pod && matches(selector, ciliumLabels(other.pod)));
    const entities = rule[`${side}Entities`]?.includes('remote-node') && other.node;
    const blocks = rule[`${side}CIDRSet`]?.some(({ cidr, except = [] }: any) => other.address && !other.node && within([cidr], other.address) && !within(except, other.address));
    const ports = rule.toPorts?.flatMap((entry: any) => entry.ports);
    return Boolean(endpoints || entities || blocks) && (ports === undefined || ports.some((open: any) =>
      open.protocol === protocol && Number(open.port) <= port && port <= (open.endPort ?? Number(open.port))));
  });
}

function ciliumLabels({ namespace, labels }: TierPod): { [key: string]: string } {
  const prefixed = Object.entries(labels).map(([key, value]) => [`k8s:io.cilium.k8s.namespace.labels.${key}`, value]);
  return { ...Object.fromEntries(prefixed), 'k8s:io.kubernetes.pod.namespace': namespace };
}

function calicoCloses(spec: any, { into, pod, other, port, protocol }: TierConnection): boolean {
  const direction = into ? 'ingress' : 'egress';
  if (!spec.types.includes(into ? 'Ingress' : 'Egress') || !calicoMatches(spec.namespaceSelector, namespaceLabels(pod))) return false;
  return (spec[direction] ?? []).some((rule: any) => {
    if (rule.action !== 'Deny') throw new Error(`${rule.action} is no deny`);
    const party = into ? rule.source : rule.destination;
    const named = party.namespaceSelector ? other.pod && calicoMatches(party.namespaceSelector, namespaceLabels(other.pod))
      : other.address && within(party.nets, other.address) && !within(party.notNets ?? [], other.address);
    const ports: (number | string)[] | undefined = rule.destination?.ports;
    return Boolean(named) && (rule.protocol ?? protocol) === protocol && (ports === undefined || ports.some((text) => {
      const [from, to] = `${text}`.split(':').map(Number);
      return from <= port && port <= (to ?? from);
    }));
  });
}

/** The part of Calico's selectors that is used: comparisons joined by `&&`. */
function calicoMatches(selector: string, labels: { [key: string]: string }): boolean {
  return selector.split(' && ').every((term) => {
    const has = /^has\((\S+)\)$/.exec(term);
    if (has) return labels[has[1]] !== undefined;
    const compared = /^(\S+) (==|!=) '([^']*)'$/.exec(term);
    if (compared) return (labels[compared[1]] === compared[3]) === (compared[2] === '==');
    const [, key, not, list] = /^(\S+) (not )?in \{(.*)\}$/.exec(term)!;
    return list.split(', ').includes(`'${labels[key]}'`) === (not === undefined);
  });
}

function standardCloses(spec: any, connection: TierConnection, portsKey: string, portMatches: (port: any, connection: TierConnection) => boolean): boolean {
  const { into, pod, other } = connection;
  if (spec.tier !== 'Admin') throw new Error(`${spec.tier} is not the tier before namespaces`);
  if (!matches(spec.subject.namespaces, namespaceLabels(pod))) return false;
  return (spec[into ? 'ingress' : 'egress'] ?? []).some((rule: any) => {
    if (rule.action !== 'Deny') throw new Error(`${rule.action} is no deny`);
    const named = rule[into ? 'from' : 'to'].some((peer: any) => peer.namespaces
      ? other.pod && matches(peer.namespaces, namespaceLabels(other.pod)) : other.address && within(peer.networks, other.address));
    return named && (rule[portsKey] === undefined || rule[portsKey].some((port: any) => portMatches(port, connection)));
  });
}

function standardPort(entry: any, { port, protocol }: TierConnection): boolean {
  const { destinationPort } = entry[protocol.toLowerCase()] ?? {};
  const { start, end } = destinationPort?.range ?? { start: destinationPort?.number, end: destinationPort?.number };
  return destinationPort !== undefined && start <= port && port <= end;
}

function awsPort({ portNumber, portRange }: any, { port, protocol }: TierConnection): boolean {
  const { protocol: own, start, end } = portRange ?? { ...portNumber, start: portNumber.port, end: portNumber.port };
  return own === protocol && start <= port && port <= end;
}

function namespaceLabels({ namespace, labels }: TierPod): { [key: string]: string } {
  return { ...labels, 'kubernetes.io/metadata.name': namespace };
}

function matches({ matchLabels = {}, matchExpressions = [] }: any, labels: { [key: string]: string }): boolean {
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value) && matchExpressions.every(({ key, operator, values }: any) => {
    switch (operator) {
      case 'In': return values.includes(labels[key]);
      case 'NotIn': return !values.includes(labels[key]);
      case 'Exists': return labels[key] !== undefined;
      default: throw new Error(operator);
    }
  });
}

function within(blocks: string[], address: string): boolean {
  return blocks.some((text) => Cidr.parse(text).containsAddress(address));
}
