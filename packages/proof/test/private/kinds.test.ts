import { groupOf, judgedKind, JUDGED_KINDS, kindName } from '../../src/private/kinds';

test('groups are read from API versions', () => {
  expect([groupOf('v1'), groupOf('apps/v1'), groupOf('networking.k8s.io/v1')]).toEqual(['', 'apps', 'networking.k8s.io']);
});

test('a kind is known in its own group only', () => {
  expect(judgedKind('NetworkPolicy', 'networking.k8s.io')).toBeDefined();
  expect(judgedKind('NetworkPolicy', 'projectcalico.org')).toBeUndefined();
  expect(judgedKind('Deployment', 'extensions')).toBeUndefined();
  expect(judgedKind('toString', '')).toBeUndefined();
});

test('kinds that embed a pod say where it is', () => {
  const paths = Object.fromEntries(Object.entries(JUDGED_KINDS).flatMap(([kind, { pod }]) => (pod === undefined ? [] : [[kind, pod.join('.')]])));
  expect(paths).toEqual({
    CronJob: 'spec.jobTemplate.spec.template',
    DaemonSet: 'spec.template',
    Deployment: 'spec.template',
    Job: 'spec.template',
    Pod: '',
    PodTemplate: 'template',
    ReplicaSet: 'spec.template',
    ReplicationController: 'spec.template',
    StatefulSet: 'spec.template',
  });
});

test('names of kinds have their group', () => {
  expect([kindName('Pod', ''), kindName('Deployment', 'apps')]).toEqual(['Pod', 'Deployment.apps']);
});
