import { AdmissionOperation, AdmissionStatement } from '@viridial/core';
import { AdmissionNamespace } from '../../admission-facts';
import { AdmissionContext } from '../admission/definition';

/** What one policy promises of one namespace: requests that it refuses, and neighbours that are admitted. The first of each is the plainest. */
export interface AdmissionPromise {
  readonly refused: AdmissionStatement[];
  readonly admitted: AdmissionStatement[];
}

/** What promises are computed from: the props, never the policies. */
export interface PromiseInput {
  readonly context: AdmissionContext;
  readonly namespace: AdmissionNamespace;
  /** Ids of the policies that are rendered: a request is admitted when all of them admit it. */
  readonly rendered: ReadonlySet<string>;
  readonly mutate: boolean;
}

/** Somebody writes a new object. */
export function creates(object: any, reason: string, who: Partial<AdmissionStatement> = {}): AdmissionStatement {
  return { operation: AdmissionOperation.CREATE, object, reason, ...who };
}

/** Somebody changes an object. */
export function updates(oldObject: any, object: any, reason: string, who: Partial<AdmissionStatement> = {}): AdmissionStatement {
  return { operation: AdmissionOperation.UPDATE, oldObject, object, reason, ...who };
}

/** Somebody deletes an object. */
export function deletes(oldObject: any, reason: string, who: Partial<AdmissionStatement> = {}): AdmissionStatement {
  return { operation: AdmissionOperation.DELETE, oldObject, reason, ...who };
}

/** Everybody who counts as the platform, one of each kind. */
export function platforms({ context: { platform } }: PromiseInput): Partial<AdmissionStatement>[] {
  return [
    { user: 'administrator', groups: ['system:authenticated', 'system:masters'] },
    ...platform.groups.slice(0, 1).map((group) => ({ user: 'platform-engineer', groups: ['system:authenticated', group] })),
    ...platform.users.slice(0, 1).map((user) => ({ user })),
  ];
}

/** A controller of the control plane. */
export const CONTROLLER: Partial<AdmissionStatement> = {
  user: 'system:serviceaccount:kube-system:generic-garbage-collector',
  groups: ['system:authenticated', 'system:serviceaccounts', 'system:serviceaccounts:kube-system'],
};

/** An object with some fields of its specification, or of its metadata, changed. */
export function withSpec(object: any, changes: any): any {
  return { ...object, spec: { ...object.spec, ...changes } };
}

/** An object with more labels. */
export function withLabels(object: any, labels: { [key: string]: string }): any {
  return { ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, ...labels } } };
}
