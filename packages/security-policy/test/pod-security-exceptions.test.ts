import { ClusterProfile, Cni, ExpectationKind, PodSecurityLevel, Problems } from '@viridial/core';
import * as fc from 'fast-check';
import { ExceptedKind, PodSecurityControl, PodSecurityException, PodSecurityExceptions, PodSecurityExceptionsProps, PodSecurityLabels } from '../src';
import { refusals } from './support/admission';
import { codes, refused } from './support/refused';
import { breaking, canBreak, keepingPod } from '../src/private/pod-security/breaches';
import { controlOf } from '../src/private/pod-security/controls';

const profile = ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO });
const exception = (more: Partial<PodSecurityException> = {}): PodSecurityException => ({
  kind: ExceptedKind.DEPLOYMENT, name: 'web', control: PodSecurityControl.RUN_AS_NON_ROOT, reason: 'the image of the vendor runs as root', expires: '2026-12-31', ...more,
});
const props = (exceptions: PodSecurityException[], more: Partial<PodSecurityExceptionsProps> = {}): PodSecurityExceptionsProps => ({
  namespace: 'legacy', profile, level: PodSecurityLevel.RESTRICTED, exceptions, today: '2026-11-26', ...more,
});
const namespaces = [{ metadata: { name: 'legacy', labels: { 'kubernetes.io/metadata.name': 'legacy' } } }];
const why = (given: PodSecurityExceptionsProps, object: any, who: any = {}): string[] =>
  refusals(PodSecurityExceptions.policies(given), namespaces, { operation: 'CREATE' as any, object, reason: '', ...who }).map(({ message }) => /\((\w+)\)/.exec(message)![1]);

test('the level is lowered as far as the control needs, and what was wanted is still warned of', () => {
  const labels = PodSecurityExceptions.labels(props([exception()]));
  expect(labels).toEqual({ ...PodSecurityLabels.of(PodSecurityLevel.RESTRICTED, '1.36'), 'pod-security.kubernetes.io/enforce': 'baseline' });
  expect(PodSecurityExceptions.labels(props([exception({ control: PodSecurityControl.HOST_PATH_VOLUMES }), exception()]))['pod-security.kubernetes.io/enforce']).toBe('privileged');
  expect(PodSecurityExceptions.labels(props([exception({ control: PodSecurityControl.HOST_PORTS })], { level: PodSecurityLevel.BASELINE }))['pod-security.kubernetes.io/enforce']).toBe('privileged');
});

test('without an exception there is no policy and nothing lowered', () => {
  expect(PodSecurityExceptions.policies(props([]))).toEqual([]);
  expect(PodSecurityExceptions.expectations(props([]))).toEqual([]);
  expect(PodSecurityExceptions.labels(props([]))).toEqual(PodSecurityLabels.of(PodSecurityLevel.RESTRICTED, '1.36'));
});

test('the policy holds one namespace, by the name that nobody can change, and says who may what until when', () => {
  const [policy, binding] = PodSecurityExceptions.policies(props([exception()]));
  expect(binding.spec).toEqual({
    policyName: 'viridial-pod-security-legacy', validationActions: ['Deny'], matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'legacy' } } },
  });
  expect(policy.metadata.annotations['viridial.com/reason']).toBe('Deployment web may break runAsNonRoot until 2026-12-31: the image of the vendor runs as root');
  expect(policy.spec.failurePolicy).toBe('Fail');
});

test.each(Object.values(PodSecurityControl).map((control): [PodSecurityControl] => [control]))('what an exception from %s promises is kept', (control) => {
  const given = props([exception({ control })]);
  const objects = PodSecurityExceptions.policies(given);
  const wrong = PodSecurityExceptions.expectations(given).filter(({ kind, admission }) => (refusals(objects, namespaces, admission!).length > 0) !== (kind === ExpectationKind.REFUSED));
  expect(wrong.map(({ kind, reason }) => `${kind} ${reason}`)).toEqual([]);
});

test.each(Object.values(PodSecurityControl).filter(canBreak))('%s is refused by its own name, and by those that cannot be kept with it', (control) => {
  const given = props([exception({ control: PodSecurityControl.SYSCTLS, name: 'other' })]);
  const implied = control === PodSecurityControl.RUN_AS_USER ? [] : controlOf(control)!.implies ?? [];
  const found = why(given, breaking(keepingPod('legacy', 'app', 'a/b:1'), control));
  expect(found).toContain(control);
  expect(found.filter((id) => id !== control && !implied.includes(id as PodSecurityControl) && !controlOf(id)!.implies?.includes(control))).toEqual([]);
});

const rootPod = (name: string): any => breaking(keepingPod('legacy', name, 'a/b:1'), PodSecurityControl.RUN_AS_NON_ROOT);
const owned = (name: string, owner: any): any => {
  const pod = rootPod(name);
  return { ...pod, metadata: { ...pod.metadata, ownerReferences: [{ controller: true, ...owner }] } };
};
const REPLICA_SETS = { user: 'system:serviceaccount:kube-system:replicaset-controller' };

test('pods of the excepted Deployment are those that the controller makes for its ReplicaSet', () => {
  const pod = owned('web-5d4f-x', { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-5d4f' });
  expect(why(props([exception()]), pod, REPLICA_SETS)).toEqual([]);
  expect(why(props([exception()]), pod, { user: 'system:kube-controller-manager' })).toEqual([]);
  expect(why(props([exception()]), pod)).toEqual(['runAsNonRoot']);
  expect(why(props([exception()]), pod, { user: 'system:serviceaccount:legacy:replicaset-controller' })).toEqual(['runAsNonRoot']);
});

test('a Deployment whose name begins like the excepted one is not excepted', () => {
  expect(why(props([exception()]), owned('web-api-5d4f-x', { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-api-5d4f' }), REPLICA_SETS)).toEqual(['runAsNonRoot']);
  expect(why(props([exception()]), owned('a', { apiVersion: 'evil.invalid/v1', kind: 'ReplicaSet', name: 'web-5d4f' }), REPLICA_SETS)).toEqual(['runAsNonRoot']);
  expect(why(props([exception()]), owned('a', { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-5d4f', controller: false }), REPLICA_SETS)).toEqual(['runAsNonRoot']);
});

test.each([
  [ExceptedKind.STATEFUL_SET, 'statefulset-controller', { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web' }],
  [ExceptedKind.DAEMON_SET, 'daemon-set-controller', { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'web' }],
  [ExceptedKind.REPLICA_SET, 'replicaset-controller', { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' }],
  [ExceptedKind.JOB, 'job-controller', { apiVersion: 'batch/v1', kind: 'Job', name: 'web' }],
  [ExceptedKind.CRON_JOB, 'job-controller', { apiVersion: 'batch/v1', kind: 'Job', name: 'web-29928424' }],
  [ExceptedKind.REPLICATION_CONTROLLER, 'replication-controller', { apiVersion: 'v1', kind: 'ReplicationController', name: 'web' }],
])('pods of an excepted %s are its own', (kind, account, owner) => {
  const given = props([exception({ kind })]);
  const who = { user: `system:serviceaccount:kube-system:${account}` };
  expect(why(given, owned('web-0', owner), who)).toEqual([]);
  expect(why(given, owned('web-0', { ...owner, name: `not-${owner.name}` }), who)).toEqual(['runAsNonRoot']);
  expect(why(given, owned('web-0', owner))).toEqual(['runAsNonRoot']);
});

test('a debug container is not excepted, and is judged without its pod', () => {
  const pod = breaking(rootPod('web'), PodSecurityControl.HOST_NAMESPACES);
  const given = props([exception({ kind: ExceptedKind.POD }), exception({ kind: ExceptedKind.POD, control: PodSecurityControl.HOST_NAMESPACES })]);
  const debugged = (securityContext: any): string[] => why(given, { ...pod, spec: { ...pod.spec, ephemeralContainers: [{ name: 'debug', image: 'a/b:1', securityContext }] } }, {
    operation: 'UPDATE', oldObject: pod, subresource: 'ephemeralcontainers',
  });
  const hardened = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true };
  expect(debugged(hardened)).toEqual([]);
  expect(debugged({ ...hardened, runAsNonRoot: false })).toEqual(['runAsNonRoot']);
  expect(debugged({ ...hardened, privileged: true })).toEqual(['privileged']);
});

test('an exception holds on its last day and is an error on the next, with the cure', () => {
  expect(PodSecurityExceptions.policies(props([exception()], { today: '2026-12-31' }))).toHaveLength(2);
  const [problem] = refused(() => PodSecurityExceptions.policies(props([exception()], { today: '2027-01-01' })));
  expect([problem.code, problem.path]).toEqual(['ExceptionExpired', 'exceptions[0].expires']);
  expect(problem.cure).toMatch(/^make web keep runAsNonRoot/);
});

test('dates are days of the calendar', () => {
  for (const expires of ['2026-02-29', '2026-13-01', '2026-1-1', 'tomorrow', '2100-02-29', '']) {
    expect([expires, codes(refused(() => PodSecurityExceptions.policies(props([exception({ expires })]))))]).toEqual([expires, ['InvalidDate']]);
  }
  expect(PodSecurityExceptions.policies(props([exception({ expires: '2028-02-29' })]))).toHaveLength(2);
  expect(codes(refused(() => PodSecurityExceptions.labels(props([], { today: '26.11.2026' }))))).toEqual(['InvalidDate']);
});

test('an exception that makes no sense is an error', () => {
  expect(codes(refused(() => PodSecurityExceptions.policies(props([exception()], { level: PodSecurityLevel.BASELINE }))))).toEqual(['ExceptionNotNeeded']);
  expect(codes(refused(() => PodSecurityExceptions.policies(props([exception({ control: 'runAsRoot' as any })]))))).toEqual(['UnknownControl']);
  expect(codes(refused(() => PodSecurityExceptions.policies(props([exception({ reason: ' ' })]))))).toEqual(['ExceptionWithoutReason']);
  const old = ClusterProfile.kubeadm({ version: '1.29', cni: Cni.CALICO });
  expect(codes(refused(() => PodSecurityExceptions.policies(props([exception({ control: PodSecurityControl.PROC_MOUNT_RESTRICTED })], { profile: old }))))).toEqual(['ExceptionNotNeeded', 'FeatureMissing']);
});

test('problems can be collected below a path', () => {
  const problems = new Problems();
  PodSecurityExceptions.collect(problems, 'namespaces.legacy', props([exception({ reason: '' })]));
  expect(problems.errors.map(({ path }) => path)).toEqual(['namespaces.legacy.exceptions[0].reason']);
});

test('the order of exceptions does not show', () => {
  const list = [exception(), exception({ name: 'db' }), exception({ control: PodSecurityControl.HOST_PORTS }), exception({ kind: ExceptedKind.JOB })];
  const bytes = JSON.stringify(PodSecurityExceptions.policies(props(list)));
  fc.assert(fc.property(fc.shuffledSubarray(list, { minLength: list.length }), (shuffled) => JSON.stringify(PodSecurityExceptions.policies(props(shuffled))) === bytes), { numRuns: 10 });
});
