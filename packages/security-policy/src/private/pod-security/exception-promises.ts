import { AdmissionOperation, AdmissionStatement, Expectation } from '@viridial/core';
import { breaking, canBreak, keepingPod } from './breaches';
import { ExceptionModel } from './exception-model';
import { ExceptedKind } from '../../pod-security-control';
import { PodSecurityException } from '../../pod-security-exception';

/** What the exceptions of a namespace promise, computed from the exceptions and never from the policy. */
export function exceptionPromises(model: ExceptionModel, namespace: string, image: string): Expectation[] {
  const { exceptions, controls } = model;
  if (exceptions.length === 0) return [];
  const taken = new Set(exceptions.map(({ name }) => name));
  let other = 'somebody-else';
  while (taken.has(other)) other = `${other}-x`;
  const breakable = controls.map(({ id }) => id).filter(canBreak);
  return [
    ...breakable.flatMap((control) => [ExceptedKind.POD, ExceptedKind.DEPLOYMENT].map((kind) =>
      Expectation.refused(creates(workload(kind, breaking(keepingPod(namespace, other, image), control)), `${kind} ${other} is not excepted from ${control}`)))),
    Expectation.admitted(creates(keepingPod(namespace, other, image), `${other} keeps everything`)),
    ...exceptions.flatMap((exception) => ofException(exception, model, namespace, image)),
  ];
}

function ofException(exception: PodSecurityException, model: ExceptionModel, namespace: string, image: string): Expectation[] {
  const { controls, exceptedFrom, exceptions } = model;
  const { kind, name, control } = exception;
  const breakable = controls.map(({ id }) => id).filter(canBreak);
  const pod = keepingPod(namespace, name, image);
  const mine = new Set(controls.filter((each) => exceptedFrom(each).some((one) => one.kind === kind && one.name === name)).map(({ id }) => id));
  const kept = breakable.filter((each) => !mine.has(each));
  const derived = `${name}-x`;
  const isTaken = exceptions.some((one) => one.name === derived);
  return [
    ...(canBreak(control)
      ? [Expectation.admitted(creates(workload(kind, breaking(pod, control)), `${kind} ${name} is excepted from ${control}: ${exception.reason}`))]
      : []),
    ...(canBreak(control) && !isTaken
      ? [Expectation.refused(creates(workload(kind, breaking(keepingPod(namespace, derived, image), control)), `${kind} ${derived} only begins like ${name}`))]
      : []),
    ...kept.slice(0, 1).map((each) => Expectation.refused(creates(workload(kind, breaking(pod, each)), `${kind} ${name} is not excepted from ${each}`))),
  ];
}

function creates(object: any, reason: string): AdmissionStatement {
  return { operation: AdmissionOperation.CREATE, object, reason };
}

/** A workload that would make the pod, by the name of the pod. */
function workload(kind: ExceptedKind, pod: any): any {
  if (kind === ExceptedKind.POD) return pod;
  const metadata = { name: pod.metadata.name, namespace: pod.metadata.namespace };
  const template = { metadata: { labels: pod.metadata.labels }, spec: pod.spec };
  const once = { metadata: template.metadata, spec: { ...pod.spec, restartPolicy: 'Never' } };
  switch (kind) {
    case ExceptedKind.JOB: return { apiVersion: 'batch/v1', kind, metadata, spec: { template: once } };
    case ExceptedKind.CRON_JOB: return { apiVersion: 'batch/v1', kind, metadata, spec: { schedule: '0 0 * * *', jobTemplate: { spec: { template: once } } } };
    case ExceptedKind.REPLICATION_CONTROLLER: return { apiVersion: 'v1', kind, metadata, spec: { selector: pod.metadata.labels, template } };
    case ExceptedKind.STATEFUL_SET: return { apiVersion: 'apps/v1', kind, metadata, spec: { serviceName: metadata.name, selector: { matchLabels: pod.metadata.labels }, template } };
    default: return { apiVersion: 'apps/v1', kind, metadata, spec: { selector: { matchLabels: pod.metadata.labels }, template } };
  }
}
