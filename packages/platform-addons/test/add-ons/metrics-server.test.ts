import { MetricsServer } from '../../src';
import { contextOn, eks } from '../support/example';

const values = (props = {}) => new MetricsServer(props).install(contextOn(eks())).values;

test('certificates of kubelets are checked unless that is switched off by name', () => {
  expect(values().args).toBeUndefined();
  expect(values({ kubeletInsecureTls: true }).args).toEqual(['--kubelet-insecure-tls']);
});

test('two replicas on different nodes survive a drain', () => {
  expect(values().replicas).toBe(2);
  expect(values().podDisruptionBudget).toEqual({ enabled: true, minAvailable: 1 });
  expect(values().topologySpreadConstraints[0].topologyKey).toBe('kubernetes.io/hostname');
});

test('a single replica has no budget that would block a drain', () => {
  expect(values({ replicas: 1 }).podDisruptionBudget).toBeUndefined();
});
