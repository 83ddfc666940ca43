import { ClusterProfile, Cni, Distribution } from '@viridial/core';
import { KubePrometheusStack } from '../../src';
import { groundProblems, oldestMinor } from '../../src/private/ground-checks';
import { OtherAddOn } from '../support/example';

const on = (version: string) => ClusterProfile.kubeadm({ version, cni: Cni.CALICO });

test.each([['>=1.25.0-0', '1.25'], ['>= 1.21-0', '1.21'], ['>=v1.30', '1.30'], ['~1.30', undefined], ['', undefined]])('the oldest Kubernetes of %j is %s', (range, oldest) => {
  expect(oldestMinor(range)).toBe(oldest);
});

test('a chart on a Kubernetes that it does not install on is an error with the range', () => {
  expect(groundProblems(new KubePrometheusStack(), on('1.24')).map(String)).toEqual([
    'addOns.kube-prometheus-stack: chart kube-prometheus-stack does not install on Kubernetes 1.24 (KubernetesTooOld); allowed: >=1.25.0-0; '
    + 'cure: upgrade the cluster, or drop the add-on',
  ]);
  expect(groundProblems(new KubePrometheusStack(), on('1.25'))).toEqual([]);
});

test('an add-on on a ground that it does not know is an error, and one without grounds works everywhere', () => {
  expect(groundProblems(new OtherAddOn({ name: 'x', distributions: [Distribution.TALOS] }), on('1.36')).map((problem) => problem.code)).toEqual(['NotOnThisGround']);
  expect(groundProblems(new OtherAddOn({ name: 'x' }), on('1.36'))).toEqual([]);
});
