import { Labels, PodSecurityLevel } from '@viridial/core';
import { PodSecurityLabels, TenantRole, TenantRoles } from '@viridial/security-policy';
import { Member } from './members';
import { NamespaceBounds } from './model';
import { hardOf } from './split-budget';
import { rbacSubject } from './subject';

/** Name of the ResourceQuota of every namespace. */
export const QUOTA = 'budget';

/** Name of the ResourceQuota of storage classes. */
const CLASS_QUOTA = 'storage-classes';

/** Name of the ResourceQuota that admits nothing new. */
const CORDON = 'cordon';

/** Name of the LimitRange of every namespace. */
export const LIMIT_RANGE = 'container-limits';

/** What all objects of a namespace share. */
export interface ObjectContext {
  readonly namespace: string;
  /** Labels of every object. */
  readonly labels: { [key: string]: string };
}

/** What only the namespace itself has. */
export interface NamespaceExtras {
  readonly level: PodSecurityLevel;
  /** Minor version of the cluster. */
  readonly version: string;
  readonly labels: { [key: string]: string };
  readonly annotations: { [key: string]: string };
  /** Pod Security labels in place of those of the level. */
  readonly podSecurity?: { [key: string]: string };
}

/** The namespace itself, with the level that it enforces. */
export function namespaceObject({ namespace, labels }: ObjectContext, extras: NamespaceExtras): any {
  const annotations = sorted(extras.annotations);
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: { ...sorted(extras.labels), ...labels, ...(extras.podSecurity ?? PodSecurityLabels.of(extras.level, extras.version)) },
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
  };
}

function sorted(texts: { [key: string]: string }): { [key: string]: string } {
  return Object.fromEntries(Object.keys(texts).sort().map((key) => [key, texts[key]]));
}

/** The quotas and the limit range, which only come together. */
export function boundObjects(context: ObjectContext, { quota, limits }: NamespaceBounds): any[] {
  const perContainer = (bound: 'limit' | 'max' | 'request'): any => ({
    cpu: limits.cpu[bound].toString(),
    ...(limits.ephemeralStorage ? { 'ephemeral-storage': limits.ephemeralStorage[bound].toString() } : {}),
    memory: limits.memory[bound].toString(),
  });
  return [
    quotaObject(context, QUOTA, { hard: { ...quota.hard } }),
    ...quota.scoped.map(({ name, hard, selection }) => quotaObject(context, name, { hard: hardOf(hard), ...selection })),
    {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: metadataOf(context, LIMIT_RANGE),
      spec: {
        limits: [
          { type: 'Container', default: perContainer('limit'), defaultRequest: perContainer('request'), max: perContainer('max') },
          ...(quota.storage.isZero ? [] : [{ type: 'PersistentVolumeClaim', max: { storage: quota.storage.toString() } }]),
        ],
      },
    },
  ];
}

/** The quota of storage classes, where some are closed. */
export function classObjects(context: ObjectContext, hard: { [resource: string]: string }): any[] {
  return Object.keys(hard).length === 0 ? [] : [quotaObject(context, CLASS_QUOTA, { hard })];
}

/** The quota beside the others that admits nothing new. */
export function cordonObjects(context: ObjectContext, hard: { [resource: string]: string } | undefined): any[] {
  return hard === undefined ? [] : [quotaObject(context, CORDON, { hard })];
}

function quotaObject(context: ObjectContext, name: string, spec: any): any {
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata: metadataOf(context, name), spec };
}

/** A binding for each role that somebody has, and the one of the deployer. */
export function bindingObjects(context: ObjectContext, members: Member[], deployerHome: string): any[] {
  const byRole = new Map<TenantRole, any[]>([[TenantRole.DEPLOYER, [{ kind: 'ServiceAccount', name: context.namespace, namespace: deployerHome }]]]);
  for (const { role, subject } of members) {
    const subjects = byRole.get(role) ?? [];
    subjects.push(rbacSubject(subject));
    byRole.set(role, subjects);
  }
  return [...byRole.keys()].sort().map((role) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: metadataOf(context, `tenant-${role}`, { [Labels.ROLE]: role }),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: TenantRoles.clusterRoleName(role) },
    subjects: byRole.get(role),
  }));
}

/** The binding by which administrators keep members and network policies themselves; nothing when there is none of them. */
export function selfServiceObjects(context: ObjectContext, members: Member[]): any[] {
  const subjects = members.filter(({ role }) => role === TenantRole.ADMIN).map(({ subject }) => rbacSubject(subject));
  return subjects.length === 0 ? [] : [{
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: metadataOf(context, 'tenant-self-service', { [Labels.ROLE]: 'self-service' }),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: TenantRoles.selfServiceClusterRoleName() },
    subjects,
  }];
}

/**
 * The service account that delivers into a namespace, named like it. It lives elsewhere: a tenant who may create pods
 * beside it could run them under it.
 */
export function deployerObject({ namespace, labels }: ObjectContext, home: string): any {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: namespace, namespace: home, labels: { ...labels, [Labels.ROLE]: TenantRole.DEPLOYER } },
    automountServiceAccountToken: false,
  };
}

function metadataOf({ namespace, labels }: ObjectContext, name: string, more: { [key: string]: string } = {}): any {
  return { name, namespace, labels: { ...labels, ...more } };
}
