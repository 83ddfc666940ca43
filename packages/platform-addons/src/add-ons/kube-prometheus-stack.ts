import { Cni, Distribution, Labels, Problem, Quantity, SecretSlot } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import { AddOnContext } from '../add-on-context';
import { CatalogueAddOn, CatalogueAddOnOptions } from '../catalogue-add-on';
import { Footprint } from '../footprint';
import { Need } from '../need';
import { prometheusFootprint } from '../private/prometheus-footprint';
import { MonitoringSizing, prometheusValues } from '../private/prometheus-values';

/** How much monitoring. */
export enum MonitoringSize {
  /** For a small cluster: 500m CPU and 1 GiB for Prometheus, two days kept, 250m and 512 MiB for Grafana, nothing on a volume. */
  LIGHT = 'light',
  /** For a production cluster: 2 GiB for Prometheus, fifteen days kept on a volume of 50 GiB. */
  FULL = 'full',
}

const SIZES: { [size: string]: MonitoringSizing } = {
  [MonitoringSize.LIGHT]: {
    retention: '2d',
    prometheus: { cpu: '500m', memory: '1Gi', memoryLimit: '1Gi' },
    grafana: { cpu: '250m', memory: '512Mi', memoryLimit: '512Mi' },
    alertmanager: { cpu: '20m', memory: '64Mi', memoryLimit: '128Mi' },
  },
  [MonitoringSize.FULL]: {
    retention: '15d',
    storage: '50Gi',
    prometheus: { cpu: '500m', memory: '2Gi', memoryLimit: '4Gi' },
    grafana: { cpu: '250m', memory: '512Mi', memoryLimit: '1Gi' },
    alertmanager: { cpu: '50m', memory: '128Mi', memoryLimit: '256Mi' },
  },
};

/** Grounds whose control plane Prometheus cannot reach: it is the provider's, or one process. */
const CLOSED_CONTROL_PLANES = [Distribution.EKS, Distribution.KAAS, Distribution.K3S];

const PROMETHEUS = { 'app.kubernetes.io/name': 'prometheus' };
const GRAFANA_PORT = 3000;
const COREDNS_PORT = 9153;
/** node-exporter and the kubelet. */
const NODE_PORTS = [9100, 10250];
/** etcd, kube-proxy, the controller manager and the scheduler, where they listen to more than localhost. */
const CONTROL_PLANE_PORTS = [2381, 10249, 10257, 10259];

/** The Secret of Grafana's first administrator. */
const ADMINISTRATOR = { name: 'grafana-admin', user: 'admin-user', password: 'admin-password' };

/** Options of kube-prometheus-stack. */
export interface KubePrometheusStackProps extends CatalogueAddOnOptions {
  /**
   * How much monitoring.
   * @default MonitoringSize.FULL
   */
  readonly size?: MonitoringSize;
  /**
   * How long measurements are kept, as Prometheus writes durations.
   * @default - what the size says
   */
  readonly retention?: string;
  /**
   * Size of the volume of Prometheus, as a Kubernetes quantity.
   * @default - what the size says
   */
  readonly storage?: string;
  /**
   * Class of that volume.
   * @default - the profile's default class
   */
  readonly storageClassName?: string;
  /**
   * Whether etcd, the scheduler and the controller manager are scraped. Where they cannot be reached, every rule about them
   * is a false alarm.
   * @default - true, except on EKS, on managed Kubernetes and on k3s
   */
  readonly scrapeControlPlane?: boolean;
}

/**
 * Prometheus, Alertmanager and Grafana with the rules and dashboards of the Kubernetes community.
 *
 * Every monitor of every namespace is picked up. Grafana takes its administrator from a Secret that exists, and
 * reads dashboards and secrets of its own namespace only. The operator has no admission webhook. node-exporter looks at the node from the node's own
 * network and process list, so the namespace allows the Pod Security level privileged.
 */
export class KubePrometheusStack extends CatalogueAddOn {
  private readonly sizing: MonitoringSizing;
  private readonly storageClassName?: string;
  private readonly scrapeControlPlane?: boolean;

  constructor(props: KubePrometheusStackProps = {}) {
    const size = SIZES[props.size ?? MonitoringSize.FULL];
    const sizing = { ...size, retention: props.retention ?? size.retention, storage: props.storage ?? size.storage };
    super({ name: 'kube-prometheus-stack', options: props, requires: sizing.storage ? [Need.BLOCK_STORAGE] : [] });
    this.sizing = sizing;
    this.storageClassName = props.storageClassName;
    this.scrapeControlPlane = props.scrapeControlPlane;
  }

  public footprint(context: AddOnContext): Footprint {
    return new Footprint({
      ...prometheusFootprint(this.sizing),
      flows: this.flows(context),
      customResourceDefinitions: this.release.crds,
    });
  }

  public secretSlots(context: AddOnContext): SecretSlot[] {
    return [new SecretSlot({
      name: ADMINISTRATOR.name,
      namespace: this.namespaceOn(context),
      keys: [ADMINISTRATOR.user, ADMINISTRATOR.password],
      purpose: `first administrator of Grafana on cluster ${context.clusterName}`,
    })];
  }

  public problems(context: AddOnContext): Problem[] {
    const problems: Problem[] = [];
    const { retention, storage } = this.sizing;
    if (!/^(\d+(y|w|d|h|m|s|ms))+$/.test(retention)) {
      problems.push(Problem.error({
        code: 'InvalidRetention', path: 'retention', message: `'${retention}' is not a duration of Prometheus`, value: retention, allowed: 'numbers with a unit: 15d, 12h, 1w',
      }));
    }
    if (!storage) return problems;
    try {
      Quantity.parse(storage);
    } catch {
      problems.push(Problem.error({
        code: 'InvalidQuantity', path: 'storage', message: `'${storage}' is not a quantity of Kubernetes`, value: storage, allowed: 'a size such as 50Gi',
      }));
    }
    const classes = context.profile.storageClasses;
    const { storageClassName } = this;
    if (storageClassName && classes.length > 0 && !classes.some((each) => each.name === storageClassName)) {
      problems.push(Problem.error({
        code: 'UnknownStorageClass',
        path: 'storageClassName',
        message: `the profile has no storage class '${storageClassName}', so the volume of Prometheus would never be made`,
        value: storageClassName,
        allowed: classes.map((each) => each.name).sort().join(', '),
      }));
    }
    return problems;
  }

  protected valuesOn(context: AddOnContext): { [key: string]: any } {
    const { profile } = context;
    const controlPlane = this.reachesControlPlane(context);
    return prometheusValues({
      sizing: this.sizing,
      storageClassName: this.storageClassName ?? profile.storageClasses.find((each) => each.isDefault)?.name,
      controlPlane,
      // Cilium stands in for kube-proxy; the provider's kube-proxy answers on localhost only
      kubeProxy: controlPlane && profile.cni !== Cni.CILIUM,
      administrator: ADMINISTRATOR,
      commonLabels: { [Labels.PLATFORM]: context.platformName },
      clusterName: context.clusterName,
    });
  }

  private reachesControlPlane(context: AddOnContext): boolean {
    return this.scrapeControlPlane ?? !CLOSED_CONTROL_PLANES.includes(context.profile.distribution);
  }

  private flows(context: AddOnContext): Flow[] {
    const onNodes = [...NODE_PORTS, ...(this.reachesControlPlane(context) ? CONTROL_PLANE_PORTS : [])];
    return [
      Flow.dns({ reason: 'Prometheus resolves what it scrapes' }),
      Flow.kubeApiServer({ reason: 'Prometheus finds its targets, the operator its objects and the sidecars of Grafana their dashboards' }),
      Flow.metricsOut({ platform: context.platformName, reason: 'Prometheus scrapes the namespaces of the platform' }),
      Flow.namespaceOut({
        name: 'prometheus-to-coredns', namespace: 'kube-system', ports: [{ port: COREDNS_PORT }], podLabels: PROMETHEUS, reason: 'Prometheus scrapes CoreDNS',
      }),
      ...context.profile.nodeCidrs.map((cidr) => Flow.cidrOut({
        name: 'prometheus-to-nodes',
        cidr,
        ports: onNodes.map((port) => ({ port })),
        podLabels: PROMETHEUS,
        reason: 'Prometheus scrapes node-exporter, the kubelet and an open control plane on the nodes',
      })),
      Flow.internet({
        name: 'alertmanager-to-internet',
        ports: [{ port: 443 }],
        podLabels: { 'app.kubernetes.io/name': 'alertmanager' },
        reason: 'Alertmanager tells people over HTTPS',
      }),
      ...context.profile.ingress ? [Flow.ingressIn({
        name: 'ingress-to-grafana',
        ports: [{ port: GRAFANA_PORT }],
        podLabels: { 'app.kubernetes.io/name': 'grafana' },
        reason: 'people look at dashboards',
      })] : [],
    ];
  }
}
