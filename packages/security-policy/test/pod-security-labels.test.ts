import { KubernetesName, PodSecurityLevel } from '@viridial/core';
import { PodSecurityLabels } from '../src';

test('a level is enforced, warned of and audited, each pinned to the minor version', () => {
  expect(PodSecurityLabels.of(PodSecurityLevel.RESTRICTED, '1.36')).toEqual({
    'pod-security.kubernetes.io/audit': 'restricted',
    'pod-security.kubernetes.io/audit-version': 'v1.36',
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/enforce-version': 'v1.36',
    'pod-security.kubernetes.io/warn': 'restricted',
    'pod-security.kubernetes.io/warn-version': 'v1.36',
  });
});

test('a patch number and a vendor suffix are left out, because the labels take minor versions', () => {
  expect(PodSecurityLabels.of(PodSecurityLevel.BASELINE, '1.35.2')['pod-security.kubernetes.io/enforce-version']).toBe('v1.35');
  expect(PodSecurityLabels.of(PodSecurityLevel.BASELINE, 'v1.35.2+k3s1')['pod-security.kubernetes.io/enforce-version']).toBe('v1.35');
});

test.each(Object.values(PodSecurityLevel))('the labels of level %s are labels', (level) => {
  for (const [key, value] of Object.entries(PodSecurityLabels.of(level, '1.34'))) {
    expect([key, KubernetesName.isLabelKey(key), KubernetesName.isLabelValue(value)]).toEqual([key, true, true]);
  }
});

test('latest is refused, because it changes meaning with the control plane', () => {
  expect(() => PodSecurityLabels.of(PodSecurityLevel.RESTRICTED, 'latest')).toThrow(/latest/);
});
