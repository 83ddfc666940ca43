import type { FootprintAccount, FootprintRule } from '../footprint-account';
import { FootprintWorkload, WorkloadKind } from '../footprint-workload';
import { COLLECTORS, MonitoringSizing, PARTS } from './prometheus-values';
import { resources } from './resources';
import { READ, rule } from './rules';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from './security-contexts';

/** Release name and chart name, which the names of everything begin with. */
const NAME = 'kube-prometheus-stack';

/** Groups of the resources that kube-state-metrics looks at; the core group where none is named. */
const GROUPS: { [resource: string]: string } = {
  cronjobs: 'batch',
  jobs: 'batch',
  daemonsets: 'apps',
  deployments: 'apps',
  replicasets: 'apps',
  statefulsets: 'apps',
  horizontalpodautoscalers: 'autoscaling',
  ingresses: 'networking.k8s.io',
  networkpolicies: 'networking.k8s.io',
  poddisruptionbudgets: 'policy',
  storageclasses: 'storage.k8s.io',
  volumeattachments: 'storage.k8s.io',
};

/** The users of the images, as the chart sets them. */
const OPERATED = { ...RESTRICTED_POD, runAsUser: 1000, runAsGroup: 2000, fsGroup: 2000 };
const NOBODY = { ...RESTRICTED_POD, runAsUser: 65534, runAsGroup: 65534, fsGroup: 65534 };
const GRAFANA = { ...RESTRICTED_POD, runAsUser: 472, runAsGroup: 472, fsGroup: 472 };

/** The label that pods of the charts carry, by which flows choose them. */
function named(name: string): { [key: string]: string } {
  return { 'app.kubernetes.io/name': name };
}

function workloads(sizing: MonitoringSizing): FootprintWorkload[] {
  const restricted = { securityContext: RESTRICTED_CONTAINER };
  const reloader = { name: 'config-reloader', ports: [{ port: 8080 }], ...restricted, ...PARTS.reloader };
  const sized = ({ cpu, memory, memoryLimit }: { cpu: string; memory: string; memoryLimit: string }) => resources(cpu, memory, memoryLimit);
  return [
    {
      kind: WorkloadKind.STATEFUL_SET,
      name: `prometheus-${NAME}-prometheus`,
      labels: named('prometheus'),
      serviceAccount: `${NAME}-prometheus`,
      storage: sizing.storage,
      securityContext: OPERATED,
      containers: [{ name: 'prometheus', ports: [{ name: 'http-web', port: 9090 }], ...restricted, ...sized(sizing.prometheus) }, reloader],
    },
    {
      kind: WorkloadKind.STATEFUL_SET,
      name: `alertmanager-${NAME}-alertmanager`,
      labels: named('alertmanager'),
      serviceAccount: `${NAME}-alertmanager`,
      securityContext: OPERATED,
      containers: [{ name: 'alertmanager', ports: [{ name: 'http-web', port: 9093 }, { port: 9094 }], ...restricted, ...sized(sizing.alertmanager) }, reloader],
    },
    {
      kind: WorkloadKind.DEPLOYMENT,
      name: `${NAME}-operator`,
      labels: named(`${NAME}-prometheus-operator`),
      serviceAccount: `${NAME}-operator`,
      securityContext: NOBODY,
      containers: [{ name: NAME, ports: [{ name: 'http', port: 8080 }], ...restricted, ...PARTS.operator }],
    },
    {
      kind: WorkloadKind.DEPLOYMENT,
      name: `${NAME}-grafana`,
      labels: named('grafana'),
      serviceAccount: `${NAME}-grafana`,
      securityContext: GRAFANA,
      containers: [
        { name: 'grafana', ports: [{ name: 'http-web', port: 3000 }], securityContext: { ...RESTRICTED_CONTAINER, readOnlyRootFilesystem: false }, ...sized(sizing.grafana) },
        ...['grafana-sc-dashboard', 'grafana-sc-datasources'].map((name) => ({ name, ...restricted, ...PARTS.sidecar })),
      ],
    },
    {
      kind: WorkloadKind.DEPLOYMENT,
      name: `${NAME}-kube-state-metrics`,
      labels: named('kube-state-metrics'),
      serviceAccount: `${NAME}-kube-state-metrics`,
      securityContext: NOBODY,
      containers: [{ name: 'kube-state-metrics', ports: [{ name: 'http', port: 8080 }], ...restricted, ...PARTS.stateMetrics }],
    },
    {
      // measures the node, so it sees the node's network, processes and file systems
      kind: WorkloadKind.DAEMON_SET,
      name: `${NAME}-prometheus-node-exporter`,
      labels: named('prometheus-node-exporter'),
      serviceAccount: `${NAME}-prometheus-node-exporter`,
      hostNetwork: true,
      hostPid: true,
      hostPaths: [{ path: '/proc', readOnly: true }, { path: '/sys', readOnly: true }, { path: '/', readOnly: true }],
      securityContext: { runAsNonRoot: true, runAsUser: 65534, runAsGroup: 65534, fsGroup: 65534 },
      containers: [{ name: 'node-exporter', ports: [{ name: 'http-metrics', port: 9100 }], securityContext: { readOnlyRootFilesystem: true }, ...PARTS.nodeExporter }],
    },
  ];
}

function stateMetricsRules(): FootprintRule[] {
  return COLLECTORS.map((resource) => rule(GROUPS[resource] ?? '', [resource], ['list', 'watch']));
}

const ACCOUNTS: FootprintAccount[] = [
  {
    name: `${NAME}-prometheus`,
    clusterRules: [
      rule('', ['nodes', 'nodes/metrics', 'services', 'endpoints', 'pods'], READ),
      rule('discovery.k8s.io', ['endpointslices'], READ),
      rule('networking.k8s.io', ['ingresses'], READ),
      { nonResourceUrls: ['/metrics', '/metrics/cadvisor'], verbs: ['get'] },
    ],
  },
  { name: `${NAME}-alertmanager` },
  {
    // it writes the configuration of every Prometheus as a Secret, in whichever namespace the Prometheus is
    name: `${NAME}-operator`,
    clusterRules: [
      rule('monitoring.coreos.com', ['*'], ['*']),
      rule('apps', ['statefulsets'], ['*']),
      rule('', ['configmaps', 'secrets'], ['*']),
      rule('', ['pods'], ['delete', 'list']),
      rule('', ['services', 'services/finalizers'], ['create', 'delete', 'get', 'update']),
      rule('', ['nodes'], ['list', 'watch']),
      rule('', ['namespaces'], READ),
      rule('', ['events'], ['create', 'patch']),
      rule('', ['endpoints'], ['create', 'delete', 'get', 'update']),
      rule('networking.k8s.io', ['ingresses'], READ),
      rule('storage.k8s.io', ['storageclasses'], ['get']),
    ],
    accepted: {
      WildcardRole: 'the operator keeps the Prometheuses, Alertmanagers and their configuration in whichever namespace they are',
      EscalationPath: 'the chart gives the operator Secrets and StatefulSets of every namespace, out of which anybody makes more',
    },
  },
  { name: `${NAME}-grafana`, rules: [rule('', ['configmaps', 'secrets'], READ)] },
  { name: `${NAME}-kube-state-metrics`, clusterRules: stateMetricsRules() },
  { name: `${NAME}-prometheus-node-exporter` },
];

/** Workloads and accounts of kube-prometheus-stack, as the chart makes them of our values. */
export function prometheusFootprint(sizing: MonitoringSizing): { workloads: FootprintWorkload[]; accounts: FootprintAccount[] } {
  return { workloads: workloads(sizing), accounts: ACCOUNTS };
}
