// What a tenant has in a namespace, and what it could want to have there.
import type { Actor } from './tenancies.mts';

/** A container that passes restricted. */
const CONTAINER = {
  name: 'web',
  imagePullPolicy: 'Always',
  resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '10m', memory: '16Mi' } },
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};

/** A pod as restricted wants it. */
export function podSpec(image: string, container: Record<string, any> = {}): Record<string, any> {
  return {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ ...CONTAINER, image, ...container }],
  };
}

/** A pod. */
export function pod(namespace: string, name: string, spec: Record<string, any>): Record<string, any> {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace }, spec };
}

/** One object of every kind that applications are made of. */
export function belongings({ image, host }: Actor, namespace: string, name: string): Record<string, any>[] {
  const metadata = { name, namespace };
  const template = { metadata: { labels: { app: name } }, spec: podSpec(image) };
  return [
    pod(namespace, name, podSpec(image)),
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { selector: { matchLabels: { app: name } }, template } },
    { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template: { spec: { ...podSpec(image), restartPolicy: 'Never' } } } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { key: 'value' } },
    { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque' },
    service(namespace, name, {}),
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    claim(namespace, name, '1Gi'),
    { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec: { ingressClassName: 'traefik', rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number: 80 } } } }] } }] } },
  ];
}

/** A service. */
export function service(namespace: string, name: string, spec: Record<string, any>): Record<string, any> {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { selector: { app: name }, ports: [{ port: 80 }], ...spec } };
}

/** A claim. */
export function claim(namespace: string, name: string, storage: string): Record<string, any> {
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage } } } };
}

/** What the platform keeps to itself unless it says otherwise: who is a member, and who talks to whom. */
export function selfService(namespace: string, name: string): Record<string, any>[] {
  const metadata = { name, namespace };
  const binding = (role: string) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { ...metadata, name: `${name}-${role.replace(':', '-')}` },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'guests' }],
  });
  const policy = (suffix: string, spec: Record<string, any>) => ({
    apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { ...metadata, name: `${name}-${suffix}` }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ...spec },
  });
  const from = (labels: Record<string, string>) => ({ from: [{ namespaceSelector: { matchLabels: labels } }] });
  return [
    ...['viewer', 'developer', 'admin'].map((role) => binding(`viridial:tenant-${role}`)),
    binding('cluster-admin'),
    policy('one', { ingress: [from({ 'kubernetes.io/metadata.name': 'traefik' })] }),
    policy('all', { ingress: [{}] }),
    policy('world', { egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] }),
    policy('namespaces', { ingress: [{ from: [{ namespaceSelector: {} }] }] }),
    { ...policy('managed', { ingress: [from({ 'kubernetes.io/metadata.name': 'traefik' })] }), metadata: { ...metadata, name: `${name}-managed`, labels: { 'viridial.com/managed': 'true' } } },
  ];
}

/** Pods and services that the multi-tenancy benchmark forbids, by the name of its check. */
export function forbidden({ image, fewRegistries }: Actor, namespace: string): [check: string, object: Record<string, any>][] {
  const strict = podSpec(image).containers[0].securityContext;
  const held = (name: string, own: Record<string, any>) => pod(namespace, name, podSpec(image, { securityContext: { ...strict, ...own } }));
  const spec = (name: string, more: Record<string, any>) => pod(namespace, name, { ...podSpec(image), ...more });
  return [
    ['CPI-3 capabilities', held('cpi-3', { capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } })],
    ['CPI-4 root', spec('cpi-4', { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } })],
    ['CPI-5 privileged', held('cpi-5', { privileged: true, allowPrivilegeEscalation: true })],
    ['CPI-6 privilege escalation', held('cpi-6', { allowPrivilegeEscalation: true })],
    ['HI-1 files of the node', spec('hi-1', { volumes: [{ name: 'root', hostPath: { path: '/' } }] })],
    ['HI-3 network of the node', spec('hi-3', { hostNetwork: true })],
    ['HI-3 ports of the node', pod(namespace, 'hi-3-ports', podSpec(image, { ports: [{ containerPort: 80, hostPort: 80 }] }))],
    ['HI-4 processes of the node', spec('hi-4', { hostPID: true })],
    ['HI-5 memory of the node', spec('hi-5', { hostIPC: true })],
    ['DI-1 image that is not always pulled', pod(namespace, 'di-1', podSpec(image, { imagePullPolicy: 'IfNotPresent' }))],
    ...(fewRegistries ? [['DI-1 image of another registry', pod(namespace, 'di-1-registry', podSpec('evil.example.org/web:1.0'))] as [string, Record<string, any>]] : []),
    ['HI-1 service of type NodePort', service(namespace, 'hi-1-nodeport', { type: 'NodePort' })],
    ['FNS-2 service of type LoadBalancer', service(namespace, 'fns-2', { type: 'LoadBalancer' })],
    ['FNS-1 pod above the maximum', pod(namespace, 'fns-1', podSpec(image, { resources: { limits: { cpu: '1k', memory: '16Mi' } } }))],
  ];
}

/** Kinds of the whole cluster. */
export const CLUSTER_KINDS: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['v1', 'Namespace'], ['v1', 'Node'], ['v1', 'PersistentVolume'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole'], ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
  ['storage.k8s.io/v1', 'StorageClass'], ['scheduling.k8s.io/v1', 'PriorityClass'], ['node.k8s.io/v1', 'RuntimeClass'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'], ['apiregistration.k8s.io/v1', 'APIService'],
  ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy'], ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
  ['certificates.k8s.io/v1', 'CertificateSigningRequest'],
];
