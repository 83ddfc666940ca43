import { Flow } from '@viridial/security-policy';
import { AddOnContext } from '../add-on-context';
import { CatalogueAddOn, CatalogueAddOnOptions } from '../catalogue-add-on';
import { Footprint } from '../footprint';
import { WorkloadKind } from '../footprint-workload';
import { resources } from '../private/resources';
import { READ, rule } from '../private/rules';
import { RESTRICTED_CONTAINER } from '../private/security-contexts';

const PORT = 10250;
const RESOURCES = resources('100m', '200Mi', '400Mi');
const CONTAINER = { ...RESTRICTED_CONTAINER, runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } };

/** Options of metrics-server. */
export interface MetricsServerProps extends CatalogueAddOnOptions {
  /**
   * Number of pods. With more than one, autoscaling works on while a node is drained.
   * @default 2
   */
  readonly replicas?: number;
  /**
   * Whether certificates of kubelets are taken unseen. Exposes autoscaling to whoever can answer in a node's place; needed
   * only where kubelets sign their own certificate (`serverTLSBootstrap` off).
   * @default false
   */
  readonly kubeletInsecureTls?: boolean;
}

/** CPU and memory use of pods and nodes, for autoscaling and `kubectl top`. */
export class MetricsServer extends CatalogueAddOn {
  private readonly replicas: number;
  private readonly kubeletInsecureTls: boolean;

  constructor(props: MetricsServerProps = {}) {
    super({ name: 'metrics-server', options: props });
    this.replicas = props.replicas ?? 2;
    this.kubeletInsecureTls = props.kubeletInsecureTls ?? false;
  }

  public footprint(context: AddOnContext): Footprint {
    const { clusterName } = context;
    return new Footprint({
      workloads: [{
        kind: WorkloadKind.DEPLOYMENT,
        name: 'metrics-server',
        replicas: this.replicas,
        serviceAccount: 'metrics-server',
        containers: [{ name: 'metrics-server', ports: [{ name: 'https', port: PORT }], securityContext: CONTAINER, ...RESOURCES }],
      }],
      accounts: [{
        name: 'metrics-server',
        clusterRules: [rule('', ['nodes/metrics'], ['get']), rule('', ['pods', 'nodes', 'namespaces', 'configmaps'], READ)],
        clusterRoles: ['system:auth-delegator'],
      }],
      flows: [
        Flow.dns({ reason: 'metrics-server resolves the API server' }),
        Flow.kubeApiServer({ reason: `metrics-server lists pods and nodes of ${clusterName} and its kubelets are on the nodes` }),
        Flow.webhookIn({ ports: [{ port: PORT }], reason: 'the API server asks metrics-server as an extension API server' }),
      ],
    });
  }

  protected valuesOn(context: AddOnContext): { [key: string]: any } {
    return {
      replicas: this.replicas,
      ...(this.kubeletInsecureTls ? { args: ['--kubelet-insecure-tls'] } : {}),
      ...(this.replicas > 1 ? {
        podDisruptionBudget: { enabled: true, minAvailable: 1 },
        topologySpreadConstraints: [{
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'metrics-server' } },
        }],
      } : {}),
      podSecurityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      resources: RESOURCES,
      tls: { clusterDomain: context.profile.clusterDomain },
    };
  }
}
