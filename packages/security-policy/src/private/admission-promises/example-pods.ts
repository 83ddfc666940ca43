import { PromiseInput } from './promise';
import { registryPrefix } from '../admission/image-names';

/** Name of every example. */
export const EXAMPLE = 'admission-example';

/** A digest that no image has. */
export const DIGEST = `sha256:${'0'.repeat(64)}`;

const LABELS = { example: 'admission' };

/** The prefixes of images that are allowed in the namespace. */
export function prefixesOf({ context, namespace }: PromiseInput): string[] {
  return [...new Set((namespace.facts?.registries ?? context.registries).map(registryPrefix))].sort();
}

/** The name of an image, without tag, that is allowed in the namespace; nothing when none is. */
export function repositoryOf(input: PromiseInput): string | undefined {
  if (!input.rendered.has('allowed-registries') || input.namespace.facts?.anyRegistry) return 'registry.invalid/app';
  const prefix = prefixesOf(input)[0];
  return prefix === undefined ? undefined : prefix.endsWith('/') ? `${prefix}app` : prefix;
}

/** A pod that every policy admits, as far as its image is allowed. */
export function examplePod(input: PromiseInput, changes: any = {}, container: any = {}): any {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: EXAMPLE, namespace: input.namespace.name, labels: { ...LABELS } },
    spec: {
      automountServiceAccountToken: false,
      ...(input.context.userNamespaces ? { hostUsers: false } : {}),
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [exampleContainer(`${repositoryOf(input) ?? 'registry.invalid/app'}:1.0`, container)],
      ...changes,
    },
  };
}

/** A container that every policy admits. */
export function exampleContainer(image: string, changes: any = {}): any {
  return {
    name: 'main',
    image,
    imagePullPolicy: 'Always',
    resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '10m', memory: '16Mi' } },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    ...changes,
  };
}

/** The workloads of every kind that would make the pod. */
export function workloadsOf(pod: any): any[] {
  return [deploymentOf(pod), ...['DaemonSet', 'ReplicaSet', 'StatefulSet'].map((kind) => appOf(kind, pod)), jobOf(pod), cronJobOf(pod), controllerOf(pod), podTemplateOf(pod)];
}

/** A Deployment that would make the pod. */
export function deploymentOf(pod: any): any {
  return appOf('Deployment', pod);
}

/** A StatefulSet that would make the pod. */
export function statefulSetOf(pod: any, changes: any = {}): any {
  const set = appOf('StatefulSet', pod);
  return { ...set, spec: { ...set.spec, ...changes } };
}

function appOf(kind: string, pod: any): any {
  const serviceName = kind === 'StatefulSet' ? { serviceName: EXAMPLE } : {};
  return { apiVersion: 'apps/v1', kind, metadata: { ...pod.metadata }, spec: { ...serviceName, selector: { matchLabels: { ...LABELS } }, template: templateOf(pod) } };
}

function jobOf(pod: any): any {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { ...pod.metadata }, spec: { template: templateOf(pod, { restartPolicy: 'Never' }) } };
}

function cronJobOf(pod: any): any {
  const { spec } = jobOf(pod);
  return { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { ...pod.metadata }, spec: { schedule: '0 0 * * *', jobTemplate: { spec } } };
}

function controllerOf(pod: any): any {
  return { apiVersion: 'v1', kind: 'ReplicationController', metadata: { ...pod.metadata }, spec: { selector: { ...LABELS }, template: templateOf(pod) } };
}

function podTemplateOf(pod: any): any {
  return { apiVersion: 'v1', kind: 'PodTemplate', metadata: { ...pod.metadata }, template: templateOf(pod) };
}

function templateOf({ metadata, spec }: any, changes: any = {}): any {
  return { metadata: { labels: { ...metadata.labels } }, spec: { ...spec, ...changes } };
}
