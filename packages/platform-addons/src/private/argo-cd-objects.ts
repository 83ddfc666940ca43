import { Labels } from '@viridial/core';
import type { RenderedApplication } from '@viridial/tenancy';
import type { GeneratedField } from '../generated-field';
import type { Installation } from '../installation';

const API_VERSION = 'argoproj.io/v1alpha1';
/** The API server of the cluster that Argo CD runs in. */
const IN_CLUSTER = 'https://kubernetes.default.svc';
/** Project of everything that the platform owns. */
export const PLATFORM_PROJECT = 'platform';
/** Prefix of the Applications and projects of tenants. */
export const TENANT_PREFIX = 'tenant-';
/** Application that all others hang on. */
export const ROOT = 'root';
/** Application that the tenants' Applications hang on. */
export const TENANTS = 'tenants';

/** What all objects of one cluster's tree share. */
export interface ArgoCdScope {
  /** Namespace of Argo CD. */
  readonly namespace: string;
  /** Name of the platform. */
  readonly platformName: string;
  /** Address of the Git repository. */
  readonly repository: string;
  /** Branch, tag or commit. */
  readonly revision: string;
}

/** An Application whose source is a folder of the tree. */
export interface FolderApplication {
  readonly name: string;
  readonly path: string;
  readonly destination: string;
  readonly wave: number;
  /** Whether the folder is plain files, without a kustomization. @default false */
  readonly plain?: boolean;
  /** Labels beside the usual ones. @default - none */
  readonly labels?: { [key: string]: string };
}

/**
 * Annotations of an object in the tree. A wave is a place in the order of one synchronisation; an object whose kind the
 * server may not know yet is not tried out before its wave.
 */
export function annotated(manifest: any, wave: number, options: string[] = []): any {
  return {
    ...manifest,
    metadata: {
      ...manifest.metadata,
      annotations: {
        ...manifest.metadata.annotations,
        'argocd.argoproj.io/sync-wave': String(wave),
        ...(options.length ? { 'argocd.argoproj.io/sync-options': options.join(',') } : {}),
      },
    },
  };
}

function metadata(scope: ArgoCdScope, name: string, wave: number, labels: { [key: string]: string } = {}): any {
  return {
    name,
    namespace: scope.namespace,
    labels: { [Labels.MANAGED_BY]: Labels.MANAGED_BY_VALUE, [Labels.PLATFORM]: scope.platformName, ...labels },
    annotations: { 'argocd.argoproj.io/sync-wave': String(wave) },
  };
}

/** Prunes, heals, and tries again: a webhook or a node that is not there yet is the usual reason of a first failure. */
function syncPolicy(): any {
  return {
    automated: { prune: true, selfHeal: true },
    syncOptions: ['ServerSideApply=true', 'SkipDryRunOnMissingResource=true'],
    retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '5m' } },
  };
}

/** An Application over a folder of the tree. Nothing is deleted with it: removing a tenant from a program must not remove its data. */
export function folderApplication(scope: ArgoCdScope, application: FolderApplication): any {
  return {
    apiVersion: API_VERSION,
    kind: 'Application',
    metadata: metadata(scope, application.name, application.wave, application.labels),
    spec: {
      project: PLATFORM_PROJECT,
      source: {
        repoURL: scope.repository,
        path: application.path,
        targetRevision: scope.revision,
        ...(application.plain ? { directory: { recurse: false } } : {}),
      },
      destination: { server: IN_CLUSTER, namespace: application.destination },
      syncPolicy: syncPolicy(),
    },
  };
}

/** An Application of a tenant, in its own project. Nothing is deleted with it: what it brought may hold data. */
export function tenantApplication(scope: ArgoCdScope, application: RenderedApplication): any {
  const { id, tenant, environment, namespace, repository, path, chart, revision, values, name } = application;
  const helm = { releaseName: name, ...(values ? { valuesObject: values } : {}) };
  const source = path === undefined
    ? { repoURL: chartRepository(repository), chart, targetRevision: revision, helm }
    : { repoURL: repository, path, targetRevision: revision };
  const policy = syncPolicy();
  policy.syncOptions.push('FailOnSharedResource=true');
  return {
    apiVersion: API_VERSION,
    kind: 'Application',
    metadata: metadata(scope, id, 20, { [Labels.TENANT]: tenant, [Labels.ENVIRONMENT]: environment }),
    spec: { project: `${TENANT_PREFIX}${tenant}`, source, destination: { server: IN_CLUSTER, namespace }, syncPolicy: policy },
  };
}

function ignored(field: GeneratedField): any {
  return {
    group: field.group ?? '',
    kind: field.kind,
    ...(field.name ? { name: field.name } : {}),
    ...(field.jsonPointers ? { jsonPointers: field.jsonPointers } : {}),
    ...(field.jqPathExpressions ? { jqPathExpressions: field.jqPathExpressions } : {}),
  };
}

/** Address of a chart repository as Argo CD writes it: a registry is named without a scheme. */
export function chartRepository(repository: string): string {
  return repository.replace(/^oci:\/\//, '');
}

/** An Application over a chart. What the chart brought goes with it, but for definitions and volumes, which charts keep. */
export function chartApplication(scope: ArgoCdScope, installation: Installation): any {
  const policy = syncPolicy();
  const generated = installation.generatedFields;
  if (generated.length > 0) policy.syncOptions.push('RespectIgnoreDifferences=true');
  return {
    apiVersion: API_VERSION,
    kind: 'Application',
    metadata: { ...metadata(scope, installation.name, installation.wave), finalizers: ['resources-finalizer.argocd.argoproj.io'] },
    spec: {
      project: PLATFORM_PROJECT,
      source: {
        repoURL: chartRepository(installation.repository),
        chart: installation.chart,
        targetRevision: installation.version,
        helm: { releaseName: installation.name, valuesObject: installation.values },
      },
      destination: { server: IN_CLUSTER, namespace: installation.namespace },
      syncPolicy: policy,
      ...(generated.length > 0 ? { ignoreDifferences: generated.map(ignored) } : {}),
    },
  };
}

/** The project of the platform's own Applications, without its sources: those differ by cluster. */
export function platformProject(namespace: string): any {
  return {
    apiVersion: API_VERSION,
    kind: 'AppProject',
    metadata: {
      name: PLATFORM_PROJECT,
      namespace,
      labels: { [Labels.MANAGED_BY]: Labels.MANAGED_BY_VALUE },
      annotations: { 'argocd.argoproj.io/sync-wave': '-20' },
    },
    spec: {
      description: 'add-ons, namespaces and guard rails; whoever can write here owns the cluster',
      sourceRepos: [],
      destinations: [{ server: IN_CLUSTER, namespace: '*' }],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  };
}

/**
 * What the Applications of a tenant may consist of. Everything that bounds the tenant is missing: quotas, limits, network
 * policies, roles, and every object of the whole cluster.
 */
const TENANT_KINDS: { [group: string]: string[] } = {
  '': ['ConfigMap', 'PersistentVolumeClaim', 'Secret', 'Service', 'ServiceAccount'],
  'apps': ['Deployment', 'StatefulSet'],
  'autoscaling': ['HorizontalPodAutoscaler'],
  'batch': ['CronJob', 'Job'],
  'cert-manager.io': ['Certificate'],
  'monitoring.coreos.com': ['PodMonitor', 'PrometheusRule', 'ServiceMonitor'],
  'networking.k8s.io': ['Ingress'],
  'policy': ['PodDisruptionBudget'],
};

/** What the project of a tenant allows. */
export interface TenantProject {
  readonly tenant: string;
  /** Namespaces that may be delivered into, each with the service account that may deliver there, as `namespace/name`. */
  readonly deployers: { readonly [namespace: string]: string };
  readonly repositories: string[];
}

/**
 * The project of a tenant's own Applications: its namespaces, its repositories, and nothing that bounds it. Where Argo CD
 * impersonates (`application.sync.impersonation.enabled`), it delivers with the rights of the deployer of each namespace
 * (https://argo-cd.readthedocs.io/en/stable/operator-manual/app-sync-using-impersonation/).
 */
export function tenantProject(scope: ArgoCdScope, { tenant, deployers, repositories }: TenantProject): any {
  const namespaces = Object.keys(deployers).sort();
  return {
    apiVersion: API_VERSION,
    kind: 'AppProject',
    metadata: metadata(scope, `${TENANT_PREFIX}${tenant}`, 0, { [Labels.TENANT]: tenant }),
    spec: {
      description: `Applications of tenant ${tenant}`,
      sourceRepos: repositories.map(chartRepository).sort(),
      destinations: namespaces.map((namespace) => ({ server: IN_CLUSTER, namespace })),
      destinationServiceAccounts: namespaces.map((namespace) => (
        { server: IN_CLUSTER, namespace, defaultServiceAccount: deployers[namespace].replace('/', ':') })),
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: Object.entries(TENANT_KINDS).flatMap(([group, kinds]) => kinds.map((kind) => ({ group, kind }))),
    },
  };
}
