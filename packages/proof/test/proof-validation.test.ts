import { ApiObject, App, Chart } from 'cdk8s';
import { ProofValidation } from '../src';
import { clusterRole, rule } from './fixtures/access';
import { namespace, sealedNamespace } from './fixtures/cluster';

/** A chart with objects. */
function chartOf(...manifests: any[]): { app: App; chart: Chart } {
  const app = new App();
  const chart = new Chart(app, 'own');
  manifests.forEach((manifest, index) => new ApiObject(chart, `${index}`, manifest));
  return { app, chart };
}

test('says in one line each what is wrong and what to do', () => {
  expect(new ProofValidation({ manifests: () => [namespace('shop')] }).validate()).toEqual([
    expect.stringMatching(/^PodSecurityNotEnforced in Namespace shop at metadata\.labels\['pod-security\.kubernetes\.io\/enforce'\]: namespace shop does not say .*; to do: label it /),
  ]);
});

test('warnings fail it only when that is asked for', () => {
  const source = { manifests: () => [clusterRole('ops', [rule(['*'], ['pods'])])] };
  expect(new ProofValidation(source).validate()).toEqual([]);
  expect(new ProofValidation(source, { strict: true }).validate()).toHaveLength(1);
});

test('stops the synthesis of a chart of cdk8s, which asks for its manifests only then', () => {
  const { app, chart } = chartOf(namespace('shop'));
  chart.node.addValidation(new ProofValidation({ manifests: () => chart.toJson() }));
  expect(() => app.synthYaml()).toThrow('PodSecurityNotEnforced in Namespace shop');
});

test('lets a chart pass that keeps what it promises', () => {
  const { app, chart } = chartOf(sealedNamespace('shop'));
  chart.node.addValidation(new ProofValidation({ manifests: () => chart.toJson() }));
  expect(app.synthYaml()).toContain('name: shop');
});
