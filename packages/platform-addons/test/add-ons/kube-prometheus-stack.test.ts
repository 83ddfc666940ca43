import { ClusterProfile, Cni, Distribution } from '@viridial/core';
import { KubePrometheusStack, KubePrometheusStackProps, MonitoringSize, Need } from '../../src';
import { contextOn, eks, kubeadm } from '../support/example';

const valuesOn = (profile: ClusterProfile, props: KubePrometheusStackProps = {}) => new KubePrometheusStack(props).install(contextOn(profile)).values;
const CONTROL_PLANE = ['kubeEtcd', 'kubeControllerManager', 'kubeScheduler', 'kubeProxy'];
const enabled = (values: any) => CONTROL_PLANE.filter((part) => values[part].enabled);

test('on EKS nothing of the control plane is scraped, and no rule asks about it', () => {
  const values = valuesOn(eks());
  expect(enabled(values)).toEqual([]);
  expect(values.defaultRules.rules).toMatchObject({
    etcd: false, kubeControllerManager: false, kubeSchedulerAlerting: false, kubeSchedulerRecording: false, kubeProxy: false,
  });
});

test('on kubeadm the control plane and kube-proxy are scraped', () => {
  expect(enabled(valuesOn(kubeadm()))).toEqual(CONTROL_PLANE);
});

test('where Cilium stands in for kube-proxy, kube-proxy is not missed', () => {
  const talos = ClusterProfile.talos({ version: '1.36', cni: Cni.CILIUM });
  expect(enabled(valuesOn(talos))).toEqual(['kubeEtcd', 'kubeControllerManager', 'kubeScheduler']);
});

test.each([Distribution.K3S, Distribution.KAAS])('on %s the control plane cannot be reached', (distribution) => {
  const profile = ClusterProfile.of({ distribution, version: '1.36', cni: Cni.CALICO });
  expect(enabled(valuesOn(profile))).toEqual([]);
  expect(enabled(valuesOn(profile, { scrapeControlPlane: true }))).toEqual(CONTROL_PLANE);
});

test('the monitors, rules and probes of every namespace are picked up', () => {
  const { prometheusSpec } = valuesOn(eks()).prometheus;
  for (const kind of ['serviceMonitor', 'podMonitor', 'rule', 'probe', 'scrapeConfig']) expect(prometheusSpec[`${kind}SelectorNilUsesHelmValues`]).toBe(false);
});

test('Grafana takes its administrator from the slot, and reads its own namespace only', () => {
  const addOn = new KubePrometheusStack();
  const { grafana } = addOn.install(contextOn(eks())).values;
  const [slot] = addOn.secretSlots(contextOn(eks()));
  expect(slot.id).toBe('monitoring/grafana-admin');
  expect([grafana.admin.existingSecret, [grafana.admin.passwordKey, grafana.admin.userKey].sort()]).toEqual([slot.name, slot.keys]);
  expect(grafana.rbac.namespaced).toBe(true);
  expect([grafana.sidecar.dashboards.searchNamespace, grafana.sidecar.datasources.searchNamespace]).toEqual(['', '']);
});

test('kube-state-metrics looks at no Secret, in the values and in the footprint', () => {
  const addOn = new KubePrometheusStack();
  expect(addOn.install(contextOn(eks())).values['kube-state-metrics'].collectors).not.toContain('secrets');
  const account = addOn.footprint(contextOn(eks())).accounts.find((each) => each.name.endsWith('kube-state-metrics'));
  expect(account!.clusterRules!.flatMap((rule) => rule.resources)).not.toContain('secrets');
});

test('full monitoring keeps measurements on a volume of the default class', () => {
  const { prometheusSpec } = valuesOn(eks()).prometheus;
  expect(prometheusSpec.retention).toBe('15d');
  expect(prometheusSpec.storageSpec.volumeClaimTemplate.spec).toEqual({
    storageClassName: 'gp3', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '50Gi' } },
  });
  expect(new KubePrometheusStack().requires).toEqual([Need.BLOCK_STORAGE]);
});

test('light monitoring keeps two days in memory and needs no volume', () => {
  const light = new KubePrometheusStack({ size: MonitoringSize.LIGHT });
  const { prometheus, grafana } = light.install(contextOn(kubeadm())).values;
  expect(prometheus.prometheusSpec.retention).toBe('2d');
  expect(prometheus.prometheusSpec.storageSpec).toBeUndefined();
  expect(prometheus.prometheusSpec.resources.requests).toEqual({ cpu: '500m', memory: '1Gi' });
  expect(grafana.resources.requests).toEqual({ cpu: '250m', memory: '512Mi' });
  expect(light.requires).toEqual([]);
});

test('a volume that is asked for brings its requirement', () => {
  const props = { size: MonitoringSize.LIGHT, storage: '5Gi', storageClassName: 'efs', retention: '1w' };
  expect(new KubePrometheusStack(props).requires).toEqual([Need.BLOCK_STORAGE]);
  const { prometheusSpec } = valuesOn(eks(), props).prometheus;
  expect([prometheusSpec.retention, prometheusSpec.storageSpec.volumeClaimTemplate.spec.storageClassName]).toEqual(['1w', 'efs']);
});

test('wrong durations, quantities and classes are errors, all at once', () => {
  const problems = new KubePrometheusStack({ retention: 'long', storage: 'much', storageClassName: 'gp2' }).problems(contextOn(eks()));
  expect(problems.map(String)).toEqual([
    "retention: 'long' is not a duration of Prometheus (InvalidRetention); allowed: numbers with a unit: 15d, 12h, 1w",
    "storage: 'much' is not a quantity of Kubernetes (InvalidQuantity); allowed: a size such as 50Gi",
    "storageClassName: the profile has no storage class 'gp2', so the volume of Prometheus would never be made (UnknownStorageClass); allowed: efs, gp3",
  ]);
});

test('measurements of clusters can be told apart', () => {
  expect(valuesOn(eks()).prometheus.prometheusSpec.externalLabels).toEqual({ cluster: 'production' });
});

test('the exporter of the node declares the network, the processes and the folders it sees', () => {
  const exporter = new KubePrometheusStack().footprint(contextOn(eks())).workloads.find((workload) => workload.name.endsWith('node-exporter'));
  expect(exporter).toMatchObject({ hostNetwork: true, hostPid: true, hostPaths: [{ path: '/proc', readOnly: true }, { path: '/sys', readOnly: true }, { path: '/', readOnly: true }] });
});
