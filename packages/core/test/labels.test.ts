import { KubernetesName, Labels } from '../src';

const keys = Object.entries(Labels as unknown as Record<string, string>).filter(([name]) => name !== 'MANAGED_BY_VALUE');

test.each(keys)('%s is a label key', (_, key) => {
  expect(KubernetesName.isLabelKey(key)).toBe(true);
});

test('our own keys are below viridial.com, and no key has two names', () => {
  const own = keys.filter(([, key]) => !key.includes('kubernetes.io/')).map(([, key]) => key);
  expect(own.every((key) => key.startsWith('viridial.com/'))).toBe(true);
  expect(new Set(keys.map(([, key]) => key)).size).toBe(keys.length);
});

test('who manages an object is told by the common label', () => {
  expect([Labels.MANAGED_BY, Labels.MANAGED_BY_VALUE]).toEqual(['app.kubernetes.io/managed-by', 'viridial']);
  expect(KubernetesName.isLabelValue(Labels.MANAGED_BY_VALUE)).toBe(true);
});
