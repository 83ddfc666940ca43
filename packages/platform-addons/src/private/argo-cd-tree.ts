import { CanonicalYaml, Labels, Manifests } from '@viridial/core';
import type { RenderedApplication } from '@viridial/tenancy';
import { AddOnOwner } from '../add-on-owner';
import type { GitOps } from '../git-ops';
import type { Installation } from '../installation';
import {
  annotated, ArgoCdScope, chartApplication, chartRepository, folderApplication, PLATFORM_PROJECT, platformProject, ROOT, TENANT_PREFIX,
  tenantApplication, tenantProject, TENANTS,
} from './argo-cd-objects';

/** Places in the order of the root Application; add-ons follow at 0, 10, 20 and so on, their own objects five later. */
const WAVES = { namespaces: -15, policies: -12, shared: -10, tenants: -5 };

/** What the tree of one cluster is made from. */
export interface TreeInput {
  readonly gitOps: GitOps;
  readonly platformName: string;
  readonly clusterName: string;
  /** Namespace of Argo CD. */
  readonly engineNamespace: string;
  /** All installations, in order. */
  readonly installations: Installation[];
  readonly owners: { readonly [name: string]: AddOnOwner };
  /** Namespaces of add-ons. */
  readonly namespaces: any[];
  /** Network policies of those namespaces. */
  readonly policies: any[];
  /** Objects beside the charts, by add-on. */
  readonly objects: { readonly [name: string]: any[] };
  /** Files of the tenancy, by their path. */
  readonly tenancy: { readonly [path: string]: any[] };
  /** Who delivers into a namespace, as `namespace/name`, by that namespace; those of retired tenants have nobody. */
  readonly deployers: { readonly [namespace: string]: string };
  /** Applications of tenants. */
  readonly applications: RenderedApplication[];
}

/** The tree of one cluster and what has to be applied for Argo CD to find it. */
export interface Tree {
  readonly files: { [path: string]: string };
  readonly folders: string[];
  readonly bootstrap: any[];
}

function kustomization(resources: string[], patches: string[] = []): string {
  return CanonicalYaml.stringify({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    // the order of the list, which is the order of installation, instead of one by kind
    sortOptions: { order: 'fifo' },
    resources,
    ...(patches.length ? { patches: patches.map((path) => ({ path })) } : {}),
  });
}

/** Files of a tenancy below `tenants/<tenant>/`, by tenant, and the rest. */
function byTenant(files: { readonly [path: string]: any[] }): { tenants: Map<string, Map<string, any[]>>; rest: Map<string, any[]> } {
  const tenants = new Map<string, Map<string, any[]>>();
  const rest = new Map<string, any[]>();
  for (const path of Object.keys(files).sort()) {
    const [, tenant, file] = /^tenants\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (!tenant) {
      rest.set(path, files[path]);
      continue;
    }
    if (!tenants.has(tenant)) tenants.set(tenant, new Map());
    tenants.get(tenant)!.set(file, files[path]);
  }
  return { tenants, rest };
}

/** A namespace holds data: it outlives its line in the tree and the program, unless its tenant said that the data may go. */
function kept({ kind, metadata }: any): string[] {
  return kind === 'Namespace' && metadata.annotations?.['viridial.com/delete-data'] !== 'true' ? ['Prune=false'] : [];
}

function namespacesOf(files: Map<string, any[]>): string[] {
  const found = [...files.values()].flat().filter((manifest) => manifest.kind === 'Namespace').map((manifest) => manifest.metadata.name as string);
  return [...new Set(found)].sort();
}

/** One folder a tenant with its own Application, so that no kustomization grows with the number of tenants: kustomize is quadratic. */
function tenantFiles(input: TreeInput, scope: ArgoCdScope, overlay: string): { files: { [path: string]: string }; count: number } {
  const { tenants } = byTenant(input.tenancy);
  const files: { [path: string]: string } = {};
  const applicationsOf = new Map<string, RenderedApplication[]>([...tenants.keys()].map((tenant) => [tenant, []]));
  for (const application of input.applications) applicationsOf.get(application.tenant)?.push(application);
  for (const [tenant, own] of tenants) {
    for (const [file, manifests] of own) files[`${overlay}/tenants/${tenant}/${file}`] = CanonicalYaml.stringifyAll(manifests.map((manifest) => annotated(manifest, 0, kept(manifest))));
    files[`${overlay}/tenants/${tenant}/kustomization.yaml`] = kustomization([...own.keys()]);
    const namespaces = namespacesOf(own);
    const applications = applicationsOf.get(tenant)!;
    files[`${overlay}/applications/${tenant}.yaml`] = CanonicalYaml.stringifyAll([
      tenantProject(scope, {
        tenant,
        deployers: Object.fromEntries(namespaces.filter((name) => name in input.deployers).map((name) => [name, input.deployers[name]])),
        repositories: input.gitOps.repositoriesOf(tenant, applications.map(({ repository }) => repository)),
      }),
      // the guard rails of a tenant belong to the platform's project: in the tenant's own they could be deployed away
      folderApplication(scope, {
        name: `${TENANT_PREFIX}${tenant}`,
        path: `${overlay}/tenants/${tenant}`,
        destination: namespaces[0] ?? scope.namespace,
        wave: 10,
        labels: { [Labels.TENANT]: tenant },
      }),
      ...applications.map((application) => tenantApplication(scope, application)),
    ]);
  }
  return { files, count: tenants.size };
}

/** Objects of the root Application beside the Applications: namespaces and the shared part of the tenancy. */
function sharedFiles(input: TreeInput): Map<string, any[]> {
  const { rest } = byTenant(input.tenancy);
  const files = new Map<string, any[]>();
  if (input.namespaces.length) files.set('namespaces.yaml', input.namespaces.map((manifest) => annotated(manifest, WAVES.namespaces, kept(manifest))));
  for (const policy of input.policies) {
    const path = `network-policies/${policy.metadata.namespace}.yaml`;
    files.set(path, [...files.get(path) ?? [], annotated(policy, WAVES.policies)]);
  }
  for (const [path, manifests] of rest) files.set(path, manifests.map((manifest) => annotated(manifest, WAVES.shared, kept(manifest))));
  return files;
}

function addOnFiles(input: TreeInput, scope: ArgoCdScope): Map<string, any[]> {
  const files = new Map<string, any[]>();
  for (const installation of input.installations) {
    if (input.owners[installation.name] === AddOnOwner.TREE) files.set(`add-ons/${installation.name}.yaml`, [chartApplication(scope, installation)]);
    const objects = input.objects[installation.name] ?? [];
    if (objects.length === 0) continue;
    const after = installation.wave + 5;
    const ordered = Manifests.order(objects).map((manifest) => annotated(manifest, after, ['SkipDryRunOnMissingResource=true']));
    files.set(`add-ons/${installation.name}-objects.yaml`, ordered);
  }
  return files;
}

/** Repositories that the platform's own Applications come from, sorted. */
function sources(input: TreeInput): string[] {
  const charts = input.installations
    .filter((installation) => input.owners[installation.name] === AddOnOwner.TREE)
    .map((installation) => chartRepository(installation.repository));
  return [...new Set([input.gitOps.repository, ...charts])].sort();
}

/** The tree of one cluster: `base` is the same for all clusters, `overlays/<cluster>` is everything that is not. */
export function argoCdTree(input: TreeInput): Tree {
  const { gitOps } = input;
  const scope: ArgoCdScope = {
    namespace: input.engineNamespace, platformName: input.platformName, repository: gitOps.repository, revision: gitOps.revision,
  };
  const base = `${gitOps.path}/base`;
  const overlay = `${gitOps.path}/overlays/${input.clusterName}`;
  const project = platformProject(scope.namespace);
  const root = folderApplication(scope, { name: ROOT, path: overlay, destination: scope.namespace, wave: 0 });
  const tenants = tenantFiles(input, scope, overlay);
  const shared = sharedFiles(input);
  const addOns = addOnFiles(input, scope);
  const tenantsApplication = folderApplication(scope, {
    name: TENANTS, path: `${overlay}/applications`, destination: scope.namespace, wave: WAVES.tenants, plain: true,
  });
  const own = new Map<string, any[]>(shared);
  if (tenants.count > 0) own.set('tenants.yaml', [tenantsApplication]);
  for (const [path, manifests] of addOns) own.set(path, manifests);
  const patch = 'project-sources.yaml';
  const files: { [path: string]: string } = {
    [`${base}/kustomization.yaml`]: kustomization(['project.yaml']),
    [`${base}/project.yaml`]: CanonicalYaml.stringify(project),
    [`${overlay}/kustomization.yaml`]: kustomization(['../../base', ...own.keys()], [patch]),
    [`${overlay}/${patch}`]: CanonicalYaml.stringify({
      apiVersion: project.apiVersion,
      kind: project.kind,
      metadata: { name: PLATFORM_PROJECT, namespace: scope.namespace },
      spec: { sourceRepos: sources(input) },
    }),
    // for people who bootstrap by hand. It is no part of what it installs: its own health would be one of the things it waits for
    [`${overlay}/root.yaml`]: CanonicalYaml.stringify(root),
    ...tenants.files,
  };
  for (const [path, manifests] of own) files[`${overlay}/${path}`] = CanonicalYaml.stringifyAll(manifests);
  return {
    files,
    folders: [base, overlay],
    bootstrap: [{ ...project, spec: { ...project.spec, sourceRepos: sources(input) } }, root],
  };
}
