import { PodSecurityLevel } from '@viridial/core';
import { hostAccessOf } from '../host-access';
import { Inventory, Item } from '../inventory';
import { PodIdentities } from '../pod-identity';
import { readPodSecurityLabels } from '../pod-security/namespace-labels';
import { podOf } from '../pod-source';
import { groupBy } from '../text';

/** A workload as whoever enters its pods finds it. */
export interface GroundWorkload {
  readonly item: Item;

  /** `namespace/name` of the service account whose token is in its pods; absent when none is. */
  readonly account: string | undefined;

  /** Whether root in its pods is root on the node. */
  readonly onNode: boolean;
}

/** What there is in the namespaces that escalations go through. */
export class Ground {
  /** The workloads by namespace. */
  public readonly workloads: Map<string, GroundWorkload[]>;

  /** Service accounts with a token in a Secret, as `namespace/name`, by namespace and by Secret. */
  public readonly tokenSecrets: Map<string, Map<string, string>>;

  /** Some namespace that admits pods that are root on their node; nothing when none does. */
  public readonly openNamespace: string | undefined;

  private readonly admitted: Map<string, boolean>;
  private readonly hosts: Map<string, GroundWorkload>;

  /** Reads workloads, service accounts, Secrets and the labels of namespaces. */
  constructor(inventory: Inventory) {
    this.admitted = new Map(inventory.ofKind('Namespace').map((item) => {
      const { level } = readPodSecurityLabels(item);
      return [item.name, level === undefined || level === PodSecurityLevel.PRIVILEGED];
    }));
    const identities = new PodIdentities(inventory);
    const workloads = inventory.workloads.flatMap((item): GroundWorkload[] => {
      const pod = podOf(item);
      const identity = identities.of(item);
      if (pod === undefined || identity === undefined) return [];
      const account = identity.hasToken ? `${item.namespace}/${identity.serviceAccount}` : undefined;
      // a pod that is there was let in; what a controller would make is not, where Pod Security refuses it
      const runs = item.kind === 'Pod' || this.admitsPrivileged(item.namespace);
      return [{ item, account, onNode: runs && hostAccessOf(pod).some(({ escapes }) => escapes) }];
    });
    this.workloads = groupBy(workloads, ({ item }) => item.namespace);
    const secrets = inventory.ofKind('Secret').filter(({ shape }) => shape.text('type') === 'kubernetes.io/service-account-token');
    this.tokenSecrets = new Map();
    for (const { namespace, name, shape } of secrets) {
      const account = shape.child('metadata')!.labels('annotations')['kubernetes.io/service-account.name'];
      if (account === undefined) continue;
      if (!this.tokenSecrets.has(namespace)) this.tokenSecrets.set(namespace, new Map());
      this.tokenSecrets.get(namespace)!.set(name, `${namespace}/${account}`);
    }
    // every cluster has the last two; without labels they admit what they are given
    this.openNamespace = [...this.admitted.keys(), 'default', 'kube-system'].find((namespace) => this.admitsPrivileged(namespace));
    this.hosts = new Map();
    for (const workload of workloads) {
      const { namespace } = workload.item;
      if (workload.onNode && !this.hosts.has(namespace)) this.hosts.set(namespace, workload);
    }
  }

  /** Whether a namespace admits pods that are root on their node; one that the manifests do not have does, as without labels. */
  public admitsPrivileged(namespace: string): boolean {
    return this.admitted.get(namespace) ?? true;
  }

  /** Some workload of a namespace, or of any when that is empty, in whose pods one is root on the node. */
  public host(namespace: string): GroundWorkload | undefined {
    return namespace === '' ? [...this.hosts.values()][0] : this.hosts.get(namespace);
  }

  /** Some workload of a kind in a namespace, or in any when that is empty; of the name when one is given. */
  public some(kind: string, namespace: string, name?: string): Item | undefined {
    const spaces = namespace === '' ? [...this.workloads.values()] : [this.workloads.get(namespace) ?? []];
    for (const workloads of spaces) {
      const found = workloads.find(({ item }) => item.kind === kind && (name === undefined || item.name === name));
      if (found !== undefined) return found.item;
    }
    return undefined;
  }
}
