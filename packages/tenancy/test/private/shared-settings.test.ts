import { PodSecurityLevel } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import { mergeSettings } from '../../src/private/shared-settings';

test('a later layer wins, and what it does not say stays', () => {
  const merged = mergeSettings(['monitoring'], [
    { monitoring: { podSecurity: PodSecurityLevel.BASELINE, budget: { cpu: '1', memory: '1Gi' } } },
    { monitoring: { podSecurity: PodSecurityLevel.PRIVILEGED, budget: undefined } },
  ]);
  expect(merged.monitoring).toMatchObject({ podSecurity: 'privileged', budget: { cpu: '1', memory: '1Gi' } });
});

test('flows and labels of all layers are kept', () => {
  const [dns, internet] = [Flow.dns(), Flow.internet()];
  const merged = mergeSettings(['monitoring'], [{ monitoring: { flows: [dns], labels: { a: '1', b: '1' } } }, { monitoring: { flows: [internet], labels: { b: '2' } } }]);
  expect(merged.monitoring).toEqual({ flows: [dns, internet], labels: { a: '1', b: '2' } });
});

test('a namespace of which no layer speaks has settings of its own, and others have none', () => {
  expect(mergeSettings(['monitoring'], [{ logging: { bounded: false } }])).toEqual({ monitoring: { flows: [], labels: {} } });
});
