import { ClusterProfile, NetworkProtocol } from '@viridial/core';
import { AddressBlock, AddressRange, showAddress } from './address';
import { SelectorIndex } from './label-index';
import { Party } from './party';
import { Direction, Policy, Rule } from './policy';
import { readPolicy } from './policy-reader';
import { PortSet } from './port-set';
import { LabelMap } from './selector';
import { NetworkSemantics } from './semantics';
import { Certainty, namespaceLabels, Opening, Side } from './side';
import { readWorkload, Workload } from './workload-reader';
import { Inventory } from '../inventory';
import { compareText, distinct, showLabels } from '../text';

/** Workloads that no policy can tell apart. */
export interface WorkloadClass extends Party {
  /** The workloads, as `Deployment.apps shop/web`, sorted. */
  readonly members: string[];

  /** Whether the pods are on the network of their node. */
  readonly hostNetwork: boolean;
}

/** Why one connection succeeds or fails. */
export interface Explanation {
  /** The rules that let it out; absent when nothing restricts what the source sends. */
  readonly egress: Opening[] | undefined;

  /** The policies that restrict what the source sends. */
  readonly egressPolicies: Policy[];

  /** The rules that let it in; absent when nothing restricts what the destination receives. */
  readonly ingress: Opening[] | undefined;

  /** The policies that restrict what the destination receives. */
  readonly ingressPolicies: Policy[];
}

/** The workloads and policies of a cluster, and what the latter let through. */
export class Network {
  /**
   * Reads workloads, namespaces and policies; what is malformed goes where the inventory's problems go.
   *
   * @param inventory the objects
   * @param profile the cluster, whose network plugin decides what the specification leaves open
   */
  public static read(inventory: Inventory, profile: ClusterProfile | undefined): Network {
    const policies = inventory.ofKind('NetworkPolicy').flatMap((item) => readPolicy(item) ?? []);
    const workloads = inventory.workloads.flatMap((item) => readWorkload(item) ?? []);
    const labels = new Map(inventory.ofKind('Namespace').map((item) => [item.name, namespaceLabels(item.name, item.labels)]));
    return new Network(policies, workloads, labels, profile);
  }

  /** Workloads that fare alike, sorted by their first member. */
  public readonly classes: WorkloadClass[];

  /** Every namespace that the manifests know of, sorted. */
  public readonly namespaces: string[];

  private readonly semantics: NetworkSemantics;
  private readonly byWorkload = new Map<string, WorkloadClass[]>();
  private readonly byNamespace = new Map<string, WorkloadClass[]>();
  private readonly policiesByNamespace = new Map<string, Policy[]>();
  private readonly selectors = new Map<string, SelectorIndex<Policy>>();
  private readonly sides = new Map<string, Side | undefined>();
  private readonly sidesByPolicies = new Map<string, Side>();

  private constructor(
    /** The policies, sorted by identity. */
    public readonly policies: Policy[],
    workloads: Workload[],
    private readonly labelsOfNamespaces: Map<string, LabelMap>,
    profile: ClusterProfile | undefined,
  ) {
    const rules = policies.flatMap(({ ingress, egress }) => [...ingress ?? [], ...egress ?? []]);
    this.semantics = new NetworkSemantics(profile, blocksOf(rules));
    for (const policy of policies) this.addPolicy(policy);
    this.classes = this.classify(workloads);
    const named = [...policies, ...workloads.map(({ item }) => item)].map(({ namespace }) => namespace);
    this.namespaces = distinct([...labelsOfNamespaces.keys(), ...named]);
  }

  /** Labels of a namespace; one that the manifests do not have only has those that every namespace has. */
  public labelsOf(namespace: string): LabelMap {
    return this.labelsOfNamespaces.get(namespace) ?? namespaceLabels(namespace, {});
  }

  /** The classes of a workload, found by `Deployment shop/web`; more than one when its running pods differ. */
  public classesOf(kind: string, namespace: string, name: string): WorkloadClass[] {
    return this.byWorkload.get(`${kind} ${namespace}/${name}`) ?? [];
  }

  /** The classes of all workloads of a namespace. */
  public classesIn(namespace: string): WorkloadClass[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  /** The policies of a namespace. */
  public policiesIn(namespace: string): Policy[] {
    return this.policiesByNamespace.get(namespace) ?? [];
  }

  /**
   * A pod that is not in the manifests but could be.
   *
   * @param namespace its namespace
   * @param labels its labels
   * @param namesAnything whether it may call its ports anything; otherwise they have no names
   */
  public probe(namespace: string, labels: LabelMap, namesAnything: boolean = false): Party {
    const shown = showLabels(labels);
    return {
      key: JSON.stringify(['probe', namespace, shown]),
      name: `a pod in ${namespace} ${shown === '' ? 'without labels' : `labelled ${shown}`}`,
      namespace,
      namespaceLabels: this.labelsOf(namespace),
      labels,
      namedPorts: [],
      namesAnything,
      selectable: true,
      isolatable: true,
      addresses: this.semantics.addressesOfPod([], false),
    };
  }

  /**
   * Addresses that belong to no workload of the manifests, one party for each stretch of them that fares alike.
   *
   * @param range the addresses
   * @param namespace whose policies will be asked about them; none when the other side is outside too
   */
  public outside(range: AddressRange, namespace: string | undefined): Party[] {
    const rules = this.policiesIn(namespace ?? '').flatMap(({ ingress, egress }) => [...ingress ?? [], ...egress ?? []]);
    return this.semantics.addressesOutside(range, blocksOf(rules)).map((address) => ({
      key: JSON.stringify(['outside', showAddress(address)]),
      name: showAddress(address),
      namespace: '',
      namespaceLabels: {},
      labels: {},
      namedPorts: [],
      namesAnything: false,
      selectable: false,
      isolatable: false,
      addresses: [address],
    }));
  }

  /** What policies say about one direction of a party; nothing when none of them applies. */
  public side(party: Party, direction: Direction): Side | undefined {
    if (!party.isolatable) return undefined;
    const key = `${direction} ${party.key}`;
    if (this.sides.has(key)) return this.sides.get(key);
    const policies = this.selectors.get(`${direction} ${party.namespace}`)?.matching(party.labels) ?? [];
    const side = policies.length === 0 ? undefined : this.sharedSide(policies, direction);
    this.sides.set(key, side);
    return side;
  }

  /** The ports on which connections succeed. */
  public ports(source: Party, destination: Party, certainty: Certainty): PortSet {
    const out = this.side(source, 'egress')?.ports(destination, destination, certainty) ?? PortSet.ALL;
    if (out.isEmpty) return out;
    return out.intersect(this.side(destination, 'ingress')?.ports(source, destination, certainty) ?? PortSet.ALL);
  }

  /** The rules that decide on one connection. */
  public explain(source: Party, destination: Party, protocol: NetworkProtocol, port: number): Explanation {
    const egress = this.side(source, 'egress');
    const ingress = this.side(destination, 'ingress');
    return {
      egress: egress?.openings(destination, destination, protocol, port),
      egressPolicies: egress?.policies ?? [],
      ingress: ingress?.openings(source, destination, protocol, port),
      ingressPolicies: ingress?.policies ?? [],
    };
  }

  /** Pods with the same policies share one side, which the table takes advantage of. */
  private sharedSide(policies: Policy[], direction: Direction): Side {
    const sorted = [...policies].sort((a, b) => compareText(a.identity, b.identity));
    const key = `${direction} ${sorted.map(({ identity }) => identity).join()}`;
    const known = this.sidesByPolicies.get(key);
    if (known !== undefined) return known;
    const side = new Side(sorted, direction);
    this.sidesByPolicies.set(key, side);
    return side;
  }

  private addPolicy(policy: Policy): void {
    push(this.policiesByNamespace, policy.namespace, policy);
    for (const direction of ['ingress', 'egress'] as const) {
      if (policy[direction] === undefined) continue;
      const key = `${direction} ${policy.namespace}`;
      if (!this.selectors.has(key)) this.selectors.set(key, new SelectorIndex());
      this.selectors.get(key)!.add(policy.pods, policy);
    }
  }

  private classify(workloads: Workload[]): WorkloadClass[] {
    const classes = new Map<string, WorkloadClass>();
    for (const workload of workloads) {
      const { item, owner } = workload;
      const node = workload.hostNetwork && this.semantics.hostNetworkIsNode;
      const addresses = this.semantics.addressesOfPod(workload.addresses, node);
      const key = JSON.stringify([item.namespace, showLabels(workload.labels), workload.namedPorts, workload.hostNetwork, addresses.map(({ version, value }) => `${version} ${value}`)]);
      let known = classes.get(key);
      if (known === undefined) {
        known = {
          key,
          name: item.identity,
          namespace: item.namespace,
          namespaceLabels: this.labelsOf(item.namespace),
          labels: workload.labels,
          namedPorts: workload.namedPorts,
          namesAnything: false,
          selectable: !node,
          isolatable: !node,
          addresses,
          members: [],
          hostNetwork: workload.hostNetwork,
        };
        classes.set(key, known);
        push(this.byNamespace, item.namespace, known);
      }
      known.members.push(item.identity);
      const names = [`${item.kind} ${item.namespace}/${item.name}`, ...(owner === undefined ? [] : [owner.replace(' ', ` ${item.namespace}/`)])];
      for (const name of names) if (!this.byWorkload.get(name)?.includes(known)) push(this.byWorkload, name, known);
    }
    return [...classes.values()];
  }
}

function blocksOf(rules: Rule[]): AddressBlock[] {
  return rules.flatMap(({ peers }) => peers ?? []).flatMap(({ block }) => block ?? []);
}

function push<T>(map: Map<string, T[]>, key: string, entry: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [entry]);
  else list.push(entry);
}
