import { Inventory, Item } from './inventory';
import { podOf, PodSource } from './pod-source';
import { Shape } from './shape';

/** As whom the pods of a workload talk to the API server. */
export interface PodIdentity {
  readonly namespace: string;

  /** Name of the service account. */
  readonly serviceAccount: string;

  /** Whether a token of it that the API server takes is in the pod. */
  readonly hasToken: boolean;

  /** How the token gets into the pod, or what keeps it out. */
  readonly because: string;
}

/** Service accounts of the manifests, for what they say about tokens. */
export class PodIdentities {
  private readonly accounts: Map<string, Item>;

  /** Reads the ServiceAccounts. */
  constructor(inventory: Inventory) {
    this.accounts = new Map(inventory.ofKind('ServiceAccount').map((item) => [`${item.namespace}/${item.name}`, item]));
  }

  /** The ServiceAccount object; nothing when the manifests do not have it. */
  public account(namespace: string, name: string): Item | undefined {
    return this.accounts.get(`${namespace}/${name}`);
  }

  /** As whom the pods of a workload talk to the API server; nothing when it has no pod. */
  public of(item: Item): PodIdentity | undefined {
    const pod = podOf(item);
    return pod === undefined ? undefined : this.ofPod(item.namespace, pod);
  }

  /** As whom a pod talks to the API server. */
  public ofPod(namespace: string, { spec }: PodSource): PodIdentity {
    const name = spec.text('serviceAccountName') || spec.text('serviceAccount') || 'default';
    const projected = spec.children('volumes').find(hasApiToken);
    const own = spec.flag('automountServiceAccountToken');
    const account = this.account(namespace, name)?.shape.flag('automountServiceAccountToken');
    const identity = { namespace, serviceAccount: name };
    // what a ServiceAccount says counts only where the pod says nothing
    if (own ?? account ?? true) {
      return { ...identity, hasToken: true, because: own === true ? 'the pod asks for it with automountServiceAccountToken' : 'it is mounted unless automountServiceAccountToken says no' };
    }
    if (projected !== undefined) return { ...identity, hasToken: true, because: `${projected.path()} projects one` };
    return { ...identity, hasToken: false, because: `automountServiceAccountToken is false in the ${own === false ? 'pod' : 'ServiceAccount'}` };
  }
}

/** A projected token without an audience of its own is one that the API server takes. */
function hasApiToken(volume: Shape): boolean {
  return (volume.child('projected')?.children('sources') ?? []).some((source) => {
    const token = source.child('serviceAccountToken');
    const audience = token?.text('audience') ?? '';
    return token !== undefined && (audience === '' || /^https:\/\/kubernetes\.default\.svc(\.|$|:|\/)/.test(audience));
  });
}
