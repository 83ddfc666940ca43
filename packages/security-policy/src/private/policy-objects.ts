import { Labels, Problems } from '@viridial/core';
import { Flow } from '../flow';
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

  /** The objects, by name. */
  public objects(metadata: ObjectMetadata): any[] {
    return [...this.groups.keys()].sort().map((name) => allow(name, this.groups.get(name)!, metadata));
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

function allow(name: string, group: Group, metadata: ObjectMetadata): any {
  const ingress = entries(group.rules, 'ingress');
  const egress = entries(group.rules, 'egress');
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name,
      namespace: metadata.namespace,
      labels: { ...metadata.labels },
      annotations: { [Labels.REASON]: [...new Set(group.reasons)].sort().join('; ') },
    },
    spec: {
      podSelector: group.podSelector,
      policyTypes: [...(ingress.length > 0 ? ['Ingress'] : []), ...(egress.length > 0 ? ['Egress'] : [])],
      ...(ingress.length > 0 ? { ingress } : {}),
      ...(egress.length > 0 ? { egress } : {}),
    },
  };
}

/** The entries of one direction in one order and each once, so that the order of flows does not show. */
function entries(rules: Rule[], direction: Direction): any[] {
  const key = direction === 'ingress' ? 'from' : 'to';
  const byText = new Map<string, any>();
  for (const rule of rules) {
    if (rule.direction !== direction) continue;
    const entry = { [key]: rule.peers, ...(rule.ports ? { ports: rule.ports } : {}) };
    byText.set(JSON.stringify(entry), entry);
  }
  return byText.size === 1 ? [...byText.values()] : [...byText.keys()].sort().map((text) => byText.get(text));
}
