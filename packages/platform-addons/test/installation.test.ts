import { PodSecurityLevel } from '@viridial/core';
import { Footprint, Installation, WorkloadKind } from '../src';

const props = { name: 'web', namespace: 'apps', chart: 'web', repository: 'https://charts.example.com', version: '1.2.3' };

test('what is not said is safe', () => {
  const installation = new Installation(props);
  expect([installation.podSecurityLevel, installation.createNamespace, installation.wave]).toEqual([PodSecurityLevel.RESTRICTED, false, 0]);
  expect(installation).toMatchObject({ values: {}, customResourceDefinitions: [], identities: [], generatedFields: [] });
});

test('readiness waits for what keeps running and not for jobs', () => {
  const footprint = new Footprint({
    workloads: [{ kind: WorkloadKind.DEPLOYMENT, name: 'server', containers: [] }, { kind: WorkloadKind.JOB, name: 'hook', containers: [] }],
  });
  expect(new Installation({ ...props, footprint }).readiness).toEqual([{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'apps', name: 'server' }]);
});

test('placing an installation changes its place and nothing else', () => {
  const installation = new Installation({ ...props, appVersion: 'v1', values: { a: 1 }, podSecurityLevel: PodSecurityLevel.BASELINE, customResourceDefinitions: ['b', 'a'] });
  const placed = installation.placed(20, true);
  expect([placed.wave, placed.createNamespace]).toEqual([20, true]);
  expect({ ...placed.toJson(), wave: 0, createNamespace: false }).toEqual(installation.toJson());
  expect(installation.wave).toBe(0);
});

test('the plain form is data only, with definitions sorted', () => {
  const json = new Installation({ ...props, customResourceDefinitions: ['b', 'a'] }).toJson();
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  expect(json.customResourceDefinitions).toEqual(['a', 'b']);
  expect('appVersion' in json).toBe(false);
});
