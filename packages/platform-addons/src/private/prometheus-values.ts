import { resources } from './resources';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from './security-contexts';

/** Share of CPU and memory of one workload, as Kubernetes quantities. */
export interface Share {
  readonly cpu: string;
  readonly memory: string;
  readonly memoryLimit: string;
}

/** What a size of monitoring means. */
export interface MonitoringSizing {
  /** How long measurements are kept. */
  readonly retention: string;
  /** Size of the volume; none means that measurements go with the pod. */
  readonly storage?: string;
  readonly prometheus: Share;
  readonly grafana: Share;
  readonly alertmanager: Share;
}

/** What the values of kube-prometheus-stack are made from. */
export interface PrometheusInput {
  readonly sizing: MonitoringSizing;
  readonly storageClassName?: string;
  readonly controlPlane: boolean;
  readonly kubeProxy: boolean;
  readonly administrator: { readonly name: string; readonly user: string; readonly password: string };
  readonly commonLabels: { readonly [key: string]: string };
  readonly clusterName: string;
}

/** Requests and limits of the parts whose size does not depend on the cluster's. */
export const PARTS = {
  operator: resources('50m', '64Mi', '256Mi'),
  reloader: resources('10m', '32Mi', '64Mi'),
  stateMetrics: resources('20m', '64Mi', '256Mi'),
  // one on every node: without a limit of its own it would be counted with the default of the namespace on each of them
  nodeExporter: { requests: { cpu: '20m', memory: '32Mi' }, limits: { cpu: '250m', memory: '64Mi' } },
  sidecar: resources('10m', '64Mi', '192Mi'),
};

/**
 * What kube-state-metrics looks at. The chart's own list has every Secret and ConfigMap of the cluster in it, for two
 * counters that no rule uses.
 */
export const COLLECTORS = [
  'cronjobs', 'daemonsets', 'deployments', 'horizontalpodautoscalers', 'ingresses', 'jobs', 'limitranges', 'namespaces', 'networkpolicies',
  'nodes', 'persistentvolumeclaims', 'persistentvolumes', 'poddisruptionbudgets', 'pods', 'replicasets', 'replicationcontrollers', 'resourcequotas',
  'services', 'statefulsets', 'storageclasses', 'volumeattachments',
];

/** A monitor and the rules about what it would scrape go together: rules without the target are alarms about nothing. */
function controlPlane(input: PrometheusInput): { [key: string]: any } {
  const { controlPlane: open, kubeProxy } = input;
  return {
    kubeEtcd: { enabled: open },
    kubeControllerManager: { enabled: open },
    kubeScheduler: { enabled: open },
    kubeProxy: { enabled: kubeProxy },
    defaultRules: {
      rules: {
        etcd: open,
        kubeControllerManager: open,
        kubeSchedulerAlerting: open,
        kubeSchedulerRecording: open,
        kubeProxy,
        windows: false,
      },
    },
  };
}

function volume(input: PrometheusInput): { [key: string]: any } {
  if (!input.sizing.storage) return {};
  return {
    storageSpec: {
      volumeClaimTemplate: {
        spec: {
          ...(input.storageClassName ? { storageClassName: input.storageClassName } : {}),
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: input.sizing.storage } },
        },
      },
    },
  };
}

function share({ cpu, memory, memoryLimit }: Share): ReturnType<typeof resources> {
  return resources(cpu, memory, memoryLimit);
}

/** Values of kube-prometheus-stack. */
export function prometheusValues(input: PrometheusInput): { [key: string]: any } {
  const { sizing, administrator } = input;
  return {
    'commonLabels': input.commonLabels,
    'crds': { enabled: true },
    ...controlPlane(input),
    'prometheus': {
      prometheusSpec: {
        // Helm's habit of picking up only what carries the release's label would hide the monitors of everybody else
        podMonitorSelectorNilUsesHelmValues: false,
        probeSelectorNilUsesHelmValues: false,
        ruleSelectorNilUsesHelmValues: false,
        scrapeConfigSelectorNilUsesHelmValues: false,
        serviceMonitorSelectorNilUsesHelmValues: false,
        externalLabels: { cluster: input.clusterName },
        retention: sizing.retention,
        resources: share(sizing.prometheus),
        ...volume(input),
      },
    },
    'alertmanager': { alertmanagerSpec: { resources: share(sizing.alertmanager) } },
    'prometheusOperator': {
      resources: PARTS.operator,
      prometheusConfigReloader: { resources: PARTS.reloader },
      // the operator refuses wrong rules by itself; its webhook would open a port of this namespace to the control plane, which on
      // some grounds has addresses among the pods, and its certificate comes from a hook that a GitOps engine runs again and again
      admissionWebhooks: { enabled: false },
      tls: { enabled: false },
    },
    'grafana': {
      'admin': { existingSecret: administrator.name, userKey: administrator.user, passwordKey: administrator.password },
      'resources': share(sizing.grafana),
      // with a role of the whole cluster the sidecars could read every Secret in it
      'rbac': { namespaced: true },
      'sidecar': { resources: PARTS.sidecar, dashboards: { searchNamespace: '' }, datasources: { searchNamespace: '' } },
      'grafana.ini': {
        'analytics': { check_for_updates: false, reporting_enabled: false },
        'auth.anonymous': { enabled: false },
        'users': { allow_sign_up: false },
      },
    },
    'kube-state-metrics': {
      collectors: COLLECTORS,
      resources: PARTS.stateMetrics,
      securityContext: { enabled: true, runAsUser: 65534, runAsGroup: 65534, fsGroup: 65534, ...RESTRICTED_POD },
      containerSecurityContext: RESTRICTED_CONTAINER,
    },
    'prometheus-node-exporter': { resources: PARTS.nodeExporter },
  };
}
