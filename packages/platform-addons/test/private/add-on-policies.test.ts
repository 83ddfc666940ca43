import { ClusterProfile, Cni } from '@viridial/core';
import { Endpoint, Protocol, Reachability } from '@viridial/proof';
import { Flow } from '@viridial/security-policy';
import { Tenant } from '@viridial/tenancy';
import { AddOn, ExternalDns, Footprint, GitOps, Installation, Jaeger, KubePrometheusStack, Platform, WorkloadKind } from '../../src';
import { drivers, eks, OtherAddOn, REPOSITORY, rendered } from '../support/example';

const pod = (name: string, namespace: string, labels: { [key: string]: string } = {}) => ({
  apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels }, spec: { containers: [{ name: 'main' }] },
});

/** A platform with pods of a tenant on it, as one who judges connections sees it. */
function reach(tenant: Tenant, addOns: AddOn[], sharedNamespaces?: string[]) {
  const result = new Platform({ name: 'p', environments: ['production'], tenants: [tenant], addOns, sharedNamespaces })
    .with(...drivers()).render(eks(), { clusterName: 'c', gitOps: GitOps.argoCd({ repository: REPOSITORY }) });
  const footprints = result.installations.flatMap((installation) => installation.footprint.manifests(installation.namespace));
  const reachability = Reachability.of([...result.manifests, ...footprints, pod('web', 'shop-production'), pod('stranger', 'default')]);
  return (source: Endpoint, destination: Endpoint, port: number) => reachability.allows({ source, destination, port, protocol: Protocol.TCP });
}

const JAEGER = Endpoint.workload('observability', 'Deployment', 'jaeger');
const WEB = Endpoint.pod('shop-production', 'web');
const traces = Flow.namespaceOut({ namespace: 'observability', ports: [{ port: 4317 }], reason: 'traces' });

test('a namespace of add-ons is closed to those who name no flow', () => {
  const allows = reach(new Tenant('shop'), [new Jaeger()]);
  expect(allows(WEB, JAEGER, 4317)).toBe(false);
  expect(allows(Endpoint.pod('default', 'stranger'), JAEGER, 4317)).toBe(false);
  expect(allows(Endpoint.pod('default', 'stranger'), JAEGER, 16686)).toBe(false);
});

test('a tenant that names a flow to an add-on is let in there, on its ports only', () => {
  const allows = reach(new Tenant('shop', { flows: [traces] }), [new Jaeger()]);
  expect(allows(WEB, JAEGER, 4317)).toBe(true);
  expect(allows(WEB, JAEGER, 16686)).toBe(false);
});

test('an add-on that names a flow to another is let in there', () => {
  class Caller extends OtherAddOn {
    public install() {
      const given = super.install();
      const footprint = new Footprint({ workloads: [{ kind: WorkloadKind.DEPLOYMENT, name: 'caller', containers: [{ name: 'main' }] }], flows: [traces] });
      return new Installation({ ...given, footprint });
    }
  }
  const allows = reach(new Tenant('shop'), [new Jaeger(), new Caller({ name: 'caller' })]);
  expect(allows(Endpoint.workload('caller', 'Deployment', 'caller'), JAEGER, 4317)).toBe(true);
});

test('Prometheus scrapes what add-ons listen on, from wherever it lives', () => {
  for (const shared of [undefined, ['monitoring']]) {
    const allows = reach(new Tenant('shop'), [new ExternalDns(), new KubePrometheusStack()], shared);
    const monitoring = shared ? 'p-monitoring' : 'monitoring';
    const prometheus = Endpoint.workload(monitoring, 'StatefulSet', 'prometheus-kube-prometheus-stack-prometheus');
    expect(allows(prometheus, Endpoint.workload('external-dns', 'Deployment', 'external-dns'), 7979)).toBe(true);
    expect(allows(WEB, prometheus, 9090)).toBe(false);
  }
});

test('every namespace that only add-ons live in is closed, and kube-system is not', () => {
  const { manifests } = rendered();
  const closed = manifests.filter((manifest) => manifest.kind === 'NetworkPolicy' && manifest.metadata.name === 'default-deny').map((manifest) => manifest.metadata.namespace);
  expect(closed).toEqual(expect.arrayContaining(['argocd', 'cert-manager', 'external-dns', 'logging', 'observability', 'viridial-monitoring']));
  expect(closed).not.toContain('kube-system');
});

test('the policies are in the tree before the charts', () => {
  const { files } = rendered().repository;
  expect(files['argocd/overlays/production/network-policies/logging.yaml']).toContain('argocd.argoproj.io/sync-wave: "-12"');
});

test('a flow that the cluster cannot express is an error of the add-on that needs it', () => {
  const platform = new Platform({ name: 'p', environments: ['x'], tenants: [new Tenant('a')], addOns: [new ExternalDns({ domainFilters: ['a.com'] })] });
  expect(() => platform.render(ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO }), { clusterName: 'c' })).toThrow(/addOns\.external-dns\.flows\[\d\].*\(FlowNotExpressible\)/);
});
