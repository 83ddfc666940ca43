import { Labels, Problems } from '@viridial/core';
import { Flow } from '../flow';
import { ciliumPorts } from './cilium-ports';
import { DEFAULT_DENY, policyName } from './policy-name';
import { Direction, Rule } from './rule';
import { selector } from './selectors';

/** What all objects of one namespace share. */
export interface ObjectMetadata {
  readonly namespace: string;
  readonly labels: { [key: string]: string };
}

/** The flows that end up in one object, by its name. */
export class PolicyGroups {
  private readonly groups = new Map<string, Group>();

  constructor(private readonly problems: Problems) {}

  /** Puts the rules of a flow into the object that its name says. */
  public add(path: string, flow: Flow, rules: Rule[]): void {
    const name = policyName(flow);
    const podSelector = selector(flow.podLabels);
    const group = this.groups.get(name);
    if (group === undefined) {
      this.groups.set(name, { podSelector, rules: [...rules], reasons: [flow.reason] });
      return;
    }
    if (JSON.stringify(group.podSelector) !== JSON.stringify(podSelector)) {
      this.problems.error({
        code: 'PolicyNameTaken',
        path: `${path}.podLabels`,
        message: `two flows for different pods would both be called ${name}`,
        value: name,
        cure: 'give one of the flows a name',
      });
    }
    group.rules.push(...rules);
    group.reasons.push(flow.reason);
  }

  /** The objects, NetworkPolicies before what only Cilium has words for, each by name. */
  public objects(metadata: ObjectMetadata): any[] {
    const names = [...this.groups.keys()].sort();
    return [allow, ciliumAllow].flatMap((write) => names.flatMap((name) => write(name, this.groups.get(name)!, metadata)));
  }
}

/** Closes a namespace in both directions, for every pod in it. */
export function defaultDeny(metadata: ObjectMetadata): any {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: DEFAULT_DENY, namespace: metadata.namespace, labels: { ...metadata.labels } },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  };
}

interface Group {
  readonly podSelector: any;
  readonly rules: Rule[];
  readonly reasons: string[];
}

function allow(name: string, { podSelector, rules, reasons }: Group, metadata: ObjectMetadata): any[] {
  const plain = rules.filter((rule) => rule.entities === undefined);
  const ingress = entries(plain, 'ingress', networkPolicyEntry);
  const egress = entries(plain, 'egress', networkPolicyEntry);
  if (plain.length === 0) return [];
  return [{
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: openingMetadata(name, reasons, metadata),
    spec: {
      podSelector,
      policyTypes: [...(ingress.length > 0 ? ['Ingress'] : []), ...(egress.length > 0 ? ['Egress'] : [])],
      ...(ingress.length > 0 ? { ingress } : {}),
      ...(egress.length > 0 ? { egress } : {}),
    },
  }];
}

/** A CiliumNetworkPolicy closes the directions that it has rules for, as `default-deny` has done already; its openings add to those of NetworkPolicies. */
function ciliumAllow(name: string, { podSelector, rules, reasons }: Group, metadata: ObjectMetadata): any[] {
  const special = rules.filter((rule) => rule.entities !== undefined);
  const ingress = entries(special, 'ingress', ciliumEntry);
  const egress = entries(special, 'egress', ciliumEntry);
  if (special.length === 0) return [];
  return [{
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: openingMetadata(name, reasons, metadata),
    spec: {
      endpointSelector: podSelector,
      ...(ingress.length > 0 ? { ingress } : {}),
      ...(egress.length > 0 ? { egress } : {}),
    },
  }];
}

function openingMetadata(name: string, reasons: string[], { namespace, labels }: ObjectMetadata): any {
  return { name, namespace, labels: { ...labels }, annotations: { [Labels.REASON]: [...new Set(reasons)].sort().join('; ') } };
}

function networkPolicyEntry({ direction, peers, ports }: Rule): any {
  return { [direction === 'ingress' ? 'from' : 'to']: peers, ...(ports ? { ports } : {}) };
}

function ciliumEntry({ direction, entities, ports }: Rule): any {
  return { [direction === 'ingress' ? 'fromEntities' : 'toEntities']: entities, ...(ports ? { toPorts: ciliumPorts(ports) } : {}) };
}

/** The entries of one direction in one order and each once, so that the order of flows does not show. */
function entries(rules: Rule[], direction: Direction, write: (rule: Rule) => any): any[] {
  const byText = new Map<string, any>();
  for (const rule of rules) {
    if (rule.direction !== direction) continue;
    const entry = write(rule);
    byText.set(JSON.stringify(entry), entry);
  }
  return byText.size === 1 ? [...byText.values()] : [...byText.keys()].sort().map((text) => byText.get(text));
}
