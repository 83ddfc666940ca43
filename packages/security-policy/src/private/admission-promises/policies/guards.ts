import { Labels } from '@viridial/core';
import { AdmissionAnnotations } from '../../../admission-annotations';
import { exampleNamespace } from '../example-namespace';
import { EXAMPLE } from '../example-pods';
import { AdmissionPromise, CONTROLLER, creates, deletes, platforms, PromiseInput, updates, withLabels } from '../promise';

const MANAGED = { [Labels.MANAGED]: 'true' };

export function managedObjects(input: PromiseInput): AdmissionPromise {
  const metadata = { name: EXAMPLE, namespace: input.namespace.name };
  const settings = (data: string): any => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { key: data } });
  const plain = settings('one');
  const managed = withLabels(plain, MANAGED);
  const exposed = withLabels({ apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 80 }] } }, { ...MANAGED, team: 'one' });
  const surroundings = [
    { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard: { pods: '10' } } },
    { apiVersion: 'v1', kind: 'LimitRange', metadata, spec: { limits: [{ type: 'Container', max: { cpu: '1' } }] } },
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' }, subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'somebody' }] },
  ];
  return {
    refused: [
      updates(managed, withLabels(settings('two'), MANAGED), 'what the platform manages is changed'),
      deletes(managed, 'what the platform manages is deleted'),
      updates(managed, plain, 'the label is taken off'),
      updates(plain, managed, 'the label is put on'),
      updates(exposed, withLabels(exposed, { team: 'other' }), 'a label of what the platform manages is changed by a write of its status', { subresource: 'status' }),
      creates(managed, 'the label is put on something new'),
      ...surroundings.map((object) => deletes(withLabels(object, MANAGED), `the ${object.kind} of the platform is deleted`)),
    ],
    admitted: [
      updates(plain, settings('two'), 'what the platform does not manage is changed'),
      deletes(plain, 'what the platform does not manage is deleted'),
      updates(exposed, exposed, 'a controller of a tenant reports the state of what the platform manages', { subresource: 'status' }),
      creates(plain, 'something new'),
      deletes(managed, 'the garbage collector deletes', CONTROLLER),
      ...platforms(input).flatMap((who) => [
        updates(managed, withLabels(settings('two'), MANAGED), 'the platform changes what it manages', who),
        creates(managed, 'the platform makes something', who),
      ]),
    ],
  };
}

export function trustedNamespaceLabels(input: PromiseInput): AdmissionPromise {
  const held = exampleNamespace(input.namespace);
  const fresh = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: `${EXAMPLE}-of-somebody` } };
  const annotated = (object: any, key: string): any => ({ ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, [key]: 'mine.invalid' } } });
  return {
    refused: [
      creates(withLabels(fresh, { [Labels.TENANT]: 'somebody' }), 'a namespace of a tenant that the platform did not make'),
      creates(withLabels(fresh, { 'pod-security.kubernetes.io/enforce': 'privileged' }), 'a namespace that chooses its Pod Security level'),
      creates(annotated(fresh, AdmissionAnnotations.REGISTRIES), 'a namespace that chooses its registries'),
      updates(held, withLabels(held, { [Labels.TENANT]: 'somebody-else' }), 'a namespace goes to another tenant'),
      updates(held, withLabels(held, { 'pod-security.kubernetes.io/enforce': 'privileged' }), 'a namespace changes its Pod Security level'),
      updates(held, annotated(held, AdmissionAnnotations.INGRESS_HOSTS), 'a namespace takes a host'),
      updates(held, { ...held, metadata: { ...held.metadata, labels: {} } }, 'a namespace leaves the policies'),
      updates(held, { ...held, metadata: { ...held.metadata, labels: {} } }, 'a namespace leaves the policies by a write of its status', { subresource: 'status' }),
    ],
    admitted: [
      creates(withLabels(fresh, { team: 'somebody' }), 'a namespace with a label that nobody trusts'),
      ...platforms(input).map((who) => updates(held, withLabels(held, { [Labels.ENVIRONMENT]: 'other' }), 'the platform labels a namespace', who)),
    ],
  };
}
