import { ClusterProfile, NetworkProtocol } from '@viridial/core';
import { Address, AddressRange, showAddress } from './address';
import { readDialects, tierOfNetworkPolicies } from './dialects/read-dialects';
import { SelectorIndex } from './label-index';
import { selectsPod } from './matching';
import { Party } from './party';
import { blocksOf, Direction, Policy, Rule, rulesOf } from './policy';
import { readPolicy } from './policy-reader';
import { PortSet } from './port-set';
import { positionKey } from './position';
import { LabelMap, Selector } from './selector';
import { NetworkSemantics } from './semantics';
import { Certainty, namespaceLabels, Side, Verdict } from './side';
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

/** Addresses that no workload of the manifests has, and that fare alike. */
export interface OutsideParty extends Party {
  /** The first of them. */
  readonly address: Address;
}

/** Why one connection succeeds or fails. */
export interface Explanation {
  /** What becomes of it where it leaves; absent when nothing restricts what the source sends. */
  readonly egress: Verdict | undefined;

  /** What becomes of it where it arrives; absent when nothing restricts what the destination receives. */
  readonly ingress: Verdict | undefined;
}

/** A policy with the pods of one namespace that it is about. */
export interface LocalPolicy {
  readonly policy: Policy;

  /** It is about the pods that any of these select. */
  readonly pods: Selector[];
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
    const own = inventory.ofKind('NetworkPolicy').flatMap((item) => readPolicy(item, tierOfNetworkPolicies(profile)) ?? []);
    const policies = [...own, ...readDialects(inventory, profile)].sort((a, b) => compareText(a.identity, b.identity));
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
  private readonly byAddress = new Map<string, WorkloadClass[]>();
  private readonly policiesByNamespace = new Map<string, Policy[]>();
  private readonly clusterWide = new SelectorIndex<Policy>();
  private readonly localPolicies = new Map<string, LocalPolicy[]>();
  private readonly selectors = new Map<string, SelectorIndex<Policy>>();
  private readonly sides = new Map<string, Side | undefined>();
  private readonly sidesByPolicies = new Map<string, Side>();

  private constructor(
    /** The policies, sorted by identity. */
    public readonly policies: Policy[],
    workloads: Workload[],
    private readonly labelsOfNamespaces: Map<string, LabelMap>,
    private readonly profile: ClusterProfile | undefined,
  ) {
    this.semantics = new NetworkSemantics(profile, blocksOf(policies.flatMap(rulesOf)));
    for (const policy of policies) this.addPolicy(policy);
    this.classes = this.classify(workloads);
    const named = [...policies, ...workloads.map(({ item }) => item)].map(({ namespace }) => namespace).filter((namespace) => namespace !== '');
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

  /** The running pods that have an address. None by the specification alone, which knows pods by labels and everybody else by address. */
  public classesAt({ version, first }: AddressRange): WorkloadClass[] {
    return this.profile === undefined ? [] : [...new Set(this.byAddress.get(showAddress({ version, value: first })))];
  }

  /** The classes of all workloads of a namespace. */
  public classesIn(namespace: string): WorkloadClass[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  /** The policies that are about pods of a namespace, those of the whole cluster among them, with the pods they are about. */
  public policiesIn(namespace: string): LocalPolicy[] {
    let local = this.localPolicies.get(namespace);
    if (local === undefined) {
      const labels = this.labelsOf(namespace);
      local = [...this.policiesByNamespace.get(namespace) ?? [], ...new Set(this.clusterWide.matching(labels))]
        .map((policy) => ({ policy, pods: policy.subjects.filter(({ namespaces }) => namespaces.matches(labels)).map(({ pods }) => pods) }));
      this.localPolicies.set(namespace, local);
    }
    return local;
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
      positions: this.semantics.positionsOfPod([], false),
    };
  }

  /**
   * Addresses that belong to no workload of the manifests, one party for each stretch of them that fares alike.
   *
   * @param range the addresses
   * @param namespace whose policies will be asked about them; none when the other side is outside too
   */
  public outside(range: AddressRange, namespace: string | undefined): OutsideParty[] {
    const rules = namespace === undefined ? [] : this.policiesIn(namespace).flatMap(({ policy }) => rulesOf(policy));
    return this.semantics.positionsOutside(range, blocksOf(rules)).map(({ address, position }) => ({
      key: JSON.stringify(['outside', showAddress(address)]),
      name: showAddress(address),
      namespace: '',
      namespaceLabels: {},
      labels: {},
      namedPorts: [],
      namesAnything: false,
      selectable: false,
      isolatable: false,
      positions: [position],
      address,
    }));
  }

  /** What policies say about one direction of a party; nothing when none of them applies. */
  public side(party: Party, direction: Direction): Side | undefined {
    if (!party.isolatable) return undefined;
    const key = `${direction} ${party.key}`;
    if (this.sides.has(key)) return this.sides.get(key);
    const policies = [...new Set(this.selectorsIn(party.namespace, direction).matching(party.labels))];
    const side = policies.length === 0 ? undefined : this.sharedSide(policies, direction, party);
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
    return {
      egress: this.side(source, 'egress')?.verdict(destination, destination, protocol, port),
      ingress: this.side(destination, 'ingress')?.verdict(source, destination, protocol, port),
    };
  }

  /** Pods with the same policies share one side, which the table takes advantage of. */
  private sharedSide(policies: Policy[], direction: Direction, party: Party): Side {
    const sorted = [...policies].sort((a, b) => compareText(a.identity, b.identity));
    const concerns = ({ own }: Rule) => own === undefined || own.some((selection) => selectsPod(selection, party));
    const left = sorted.flatMap((policy) => (policy[direction] ?? []).filter((rule) => !concerns(rule)).map(({ path }) => `${policy.identity} ${path}`));
    const key = `${direction} ${sorted.map(({ identity, part = '' }) => `${identity} ${part}`).join()} ${left.join()}`;
    const known = this.sidesByPolicies.get(key);
    if (known !== undefined) return known;
    const side = new Side(sorted, direction, concerns);
    this.sidesByPolicies.set(key, side);
    return side;
  }

  private addPolicy(policy: Policy): void {
    if (policy.namespace !== '') push(this.policiesByNamespace, policy.namespace, policy);
    else for (const { namespaces } of policy.subjects) this.clusterWide.add(namespaces, policy);
  }

  private selectorsIn(namespace: string, direction: Direction): SelectorIndex<Policy> {
    const key = `${direction} ${namespace}`;
    let index = this.selectors.get(key);
    if (index === undefined) {
      index = new SelectorIndex();
      for (const { policy, pods } of this.policiesIn(namespace)) {
        if (policy[direction] !== undefined) for (const selector of pods) index.add(selector, policy);
      }
      this.selectors.set(key, index);
    }
    return index;
  }

  private classify(workloads: Workload[]): WorkloadClass[] {
    const classes = new Map<string, WorkloadClass>();
    const owners = new Map(workloads.flatMap(({ item: { kind, namespace, name }, owner }): [string, string][] => (
      owner === undefined ? [] : [[`${kind} ${namespace}/${name}`, owner.replace(' ', ` ${namespace}/`)]])));
    for (const workload of workloads) {
      const { item } = workload;
      const node = workload.hostNetwork && this.semantics.hostNetworkIsNode;
      const positions = this.semantics.positionsOfPod(workload.addresses, node);
      const { labels, namedPorts, hostNetwork } = workload;
      const key = JSON.stringify([item.namespace, showLabels(labels), namedPorts, hostNetwork, positions.map(positionKey)]);
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
          positions,
          members: [],
          hostNetwork: workload.hostNetwork,
        };
        classes.set(key, known);
        push(this.byNamespace, item.namespace, known);
      }
      known.members.push(item.identity);
      const names = [`${item.kind} ${item.namespace}/${item.name}`];
      // the pods of a Deployment are those of its ReplicaSets
      for (let owner = owners.get(names[0]); owner !== undefined && !names.includes(owner); owner = owners.get(owner)) names.push(owner);
      if (!node) for (const range of workload.addresses) push(this.byAddress, showAddress({ version: range.version, value: range.first }), known);
      for (const name of names) if (!this.byWorkload.get(name)?.includes(known)) push(this.byWorkload, name, known);
    }
    return [...classes.values()];
  }
}

function push<T>(map: Map<string, T[]>, key: string, entry: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [entry]);
  else list.push(entry);
}
