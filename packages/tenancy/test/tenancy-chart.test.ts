import { ClusterProfile, Cni, Manifests } from '@viridial/core';
import { App, JsonPatch, Testing, Yaml } from 'cdk8s';
import { Role, Tenancy, TenancyChart, Tenant } from '../src';
import { shops } from './support/examples';
import { KUBEADM } from './support/grounds';
import { objectOf } from './support/objects';
import { refused } from './support/refused';

test('the program of the documentation synthesizes every object once', () => {
  const tenancy = new Tenancy({
    environments: ['staging', 'production'],
    tenants: [
      new Tenant('shop', { budget: { cpu: '8', memory: '16Gi' }, members: [Role.developer('group:shop')], talksTo: ['payments'] }),
      new Tenant('payments', { budget: { cpu: '4', memory: '8Gi' }, acceptsFrom: ['shop'] }),
    ],
  });
  const app = Testing.app();
  const chart = new TenancyChart(app, 'tenancy', { tenancy, profile: ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO }) });
  const synthesized = Testing.synth(chart);
  expect(Manifests.check(synthesized)).toEqual([]);
  expect(new Set(synthesized.map(Manifests.identity))).toEqual(new Set(chart.rendered.manifests.map(Manifests.identity)));
  expect(synthesized).toHaveLength(chart.rendered.manifests.length);
});

test('the objects are those that are rendered without cdk8s, in an order that a cluster takes', () => {
  const chart = new TenancyChart(Testing.app(), 'tenancy', { tenancy: shops(), profile: KUBEADM });
  const synthesized = Testing.synth(chart);
  expect(synthesized).toEqual(shops().render(KUBEADM).manifests);
});

test('there is one chart for all tenants, because cdk8s is quadratic in charts', () => {
  const app = new App();
  new TenancyChart(app, 'tenancy', { tenancy: shops(), profile: KUBEADM });
  expect(app.charts).toHaveLength(1);
});

test('a cluster that carries one environment gets a chart of that one', () => {
  const chart = new TenancyChart(Testing.app(), 'tenancy', { tenancy: shops(), profile: KUBEADM, environments: ['staging'] });
  expect(chart.rendered.namespaces).toEqual(['payments-staging', 'platform-deployers', 'shop-staging']);
});

test('an object can be found by what it is called, and patched', () => {
  const chart = new TenancyChart(Testing.app(), 'tenancy', { tenancy: shops(), profile: KUBEADM });
  chart.apiObject('ResourceQuota', 'budget', 'shop-staging').addJsonPatch(JsonPatch.replace('/spec/hard/pods', '12'));
  chart.apiObject('ClusterRole', 'viridial:tenant-viewer').addJsonPatch(JsonPatch.add('/metadata/annotations', { a: 'b' }));
  const synthesized = Testing.synth(chart);
  expect(objectOf(synthesized, 'ResourceQuota', 'budget', 'shop-staging').spec.hard.pods).toBe('12');
  expect(objectOf(synthesized, 'ResourceQuota', 'budget', 'shop-production').spec.hard.pods).toBe('30');
  expect(objectOf(synthesized, 'ClusterRole', 'viridial:tenant-viewer').metadata.annotations).toEqual({ a: 'b' });
});

test('an object that is not there is an error that names it', () => {
  const chart = new TenancyChart(Testing.app(), 'tenancy', { tenancy: shops(), profile: KUBEADM });
  expect(refused(() => chart.apiObject('ResourceQuota', 'budget', 'shop')).map(({ message }) => message)).toEqual(['the chart has no ResourceQuota shop/budget']);
});

test('quantities and other texts that look like numbers stay texts in YAML', () => {
  const chart = new TenancyChart(Testing.app(), 'tenancy', { tenancy: shops(), profile: KUBEADM });
  const quota = objectOf(Testing.synth(chart), 'ResourceQuota', 'budget', 'shop-staging');
  expect(Yaml.stringify(quota)).toContain('limits.cpu: "4"');
});
