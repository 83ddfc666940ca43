import { Tenant } from '@viridial/tenancy';
import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { AddOnOwner, CertManager, GitOps, Platform, RenderedPlatform, RepositoryAccess } from '../../src';
import { drivers, eks, kubeadm, OtherAddOn, platform, REPOSITORY, rendered } from '../support/example';

const OVERLAY = 'argocd/overlays/production';
const BUILT_IN = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
const WAVE = 'argocd.argoproj.io/sync-wave';
const OPTIONS = 'argocd.argoproj.io/sync-options';

const documents = (text: string): any[] => parseAllDocuments(text).map((document) => document.toJS());
const yaml = (files: { [path: string]: string }) => Object.entries(files).filter(([path]) => path.endsWith('.yaml'));
const objects = (files: { [path: string]: string }) => yaml(files).flatMap(([, text]) => documents(text));
const ofKind = (files: { [path: string]: string }, kind: string) => objects(files).filter((object) => object.kind === kind);
const named = (files: { [path: string]: string }, kind: string, name: string) => ofKind(files, kind).find((object) => object.metadata.name === name);
const wave = (object: any) => Number(object.metadata.annotations[WAVE]);

/** What Argo CD applies of a folder, in the order of waves; equal waves in the order of the list. */
function applied(files: { [path: string]: string }): any[] {
  const list: string[] = documents(files[`${OVERLAY}/kustomization.yaml`])[0].resources;
  const base = documents(files['argocd/base/project.yaml']);
  const own = list.filter((path) => path !== '../../base').flatMap((path) => documents(files[`${OVERLAY}/${path}`]));
  return [...base, ...own].sort((a, b) => wave(a) - wave(b));
}

describe('the tree of the example', () => {
  const { files } = rendered().repository;

  test('lists every file of a kustomization that exists, and no file that does not', () => {
    const [overlay] = documents(files[`${OVERLAY}/kustomization.yaml`]);
    for (const path of [...overlay.resources.slice(1), ...overlay.patches.map((patch: any) => patch.path)]) expect(files).toHaveProperty([`${OVERLAY}/${path}`]);
    const listed = new Set([...overlay.resources, ...overlay.patches.map((patch: any) => patch.path)].map((path) => `${OVERLAY}/${path}`));
    const unlisted = yaml(files).map(([path]) => path).filter((path) => path.startsWith(`${OVERLAY}/`) && !listed.has(path));
    expect(unlisted.filter((path) => !/\/(tenants|applications)\//.test(path)).sort()).toEqual([`${OVERLAY}/kustomization.yaml`, `${OVERLAY}/root.yaml`]);
  });

  test('has one Application for each add-on that the tree owns, with the chart, repository and version of its installation', () => {
    const { installations, owners } = rendered();
    for (const installation of installations) {
      const application = named(files, 'Application', installation.name);
      if (owners[installation.name] !== AddOnOwner.TREE) {
        expect(application).toBeUndefined();
        continue;
      }
      expect(application.spec.source).toEqual({
        repoURL: installation.repository,
        chart: installation.chart,
        targetRevision: installation.version,
        helm: { releaseName: installation.name, valuesObject: JSON.parse(JSON.stringify(installation.values)) },
      });
      expect(application.spec.destination).toEqual({ server: 'https://kubernetes.default.svc', namespace: installation.namespace });
      expect(wave(application)).toBe(installation.wave);
    }
  });

  test('sends every Application into a namespace that exists', () => {
    const existing = new Set([...BUILT_IN, ...ofKind(files, 'Namespace').map((namespace) => namespace.metadata.name)]);
    for (const application of ofKind(files, 'Application')) {
      expect(existing).toContain(application.spec.destination.namespace);
      expect(existing).toContain(application.metadata.namespace);
    }
  });

  test('has every Application synchronise by itself, prune, heal and apply on the server', () => {
    for (const application of ofKind(files, 'Application')) {
      expect(application.spec.syncPolicy.automated).toEqual({ prune: true, selfHeal: true });
      expect(application.spec.syncPolicy.syncOptions).toEqual(expect.arrayContaining(['ServerSideApply=true', 'SkipDryRunOnMissingResource=true']));
      expect(application.spec.syncPolicy.retry.limit).toBeGreaterThan(0);
    }
  });

  test('has no Application in a project that does not exist or does not allow it', () => {
    const projects = new Map(ofKind(files, 'AppProject').map((project) => [project.metadata.name, project]));
    const sources = documents(files[`${OVERLAY}/project-sources.yaml`])[0].spec.sourceRepos;
    for (const application of ofKind(files, 'Application')) {
      expect(projects.has(application.spec.project)).toBe(true);
      expect(application.spec.project).toBe('platform');
      expect(sources).toContain(application.spec.source.repoURL);
    }
  });

  test('names no source by a wildcard', () => {
    for (const project of ofKind(files, 'AppProject')) expect((project.spec.sourceRepos ?? []).filter((source: string) => source.includes('*'))).toEqual([]);
  });

  test('points Applications of folders at folders that exist', () => {
    for (const { spec } of ofKind(files, 'Application').filter((application) => application.spec.source.path)) {
      expect(Object.keys(files).some((path) => path.startsWith(`${spec.source.path}/`))).toBe(true);
      expect(spec.source.directory !== undefined || `${spec.source.path}/kustomization.yaml` in files).toBe(true);
    }
  });

  test('applies no custom resource before its definition', () => {
    const { installations, owners } = rendered();
    const known = new Set(installations.filter((installation) => owners[installation.name] !== AddOnOwner.TREE)
      .flatMap((installation) => installation.customResourceDefinitions.map((definition) => definition.split('.').slice(1).join('.'))));
    let last = Number.NEGATIVE_INFINITY;
    let pending: string[] = [];
    for (const object of applied(files)) {
      if (wave(object) > last) pending.forEach((group) => known.add(group));
      last = wave(object);
      const group = object.apiVersion.split('/')[0];
      if (group.includes('.') && !group.endsWith('.k8s.io')) expect([...known]).toContain(group);
      const installed = installations.find((installation) => object.kind === 'Application' && installation.name === object.metadata.name);
      pending = [...pending, ...(installed?.customResourceDefinitions ?? []).map((definition) => definition.split('.').slice(1).join('.'))];
    }
  });

  test('has the server try out a custom resource only when its turn has come', () => {
    for (const issuer of ofKind(files, 'ClusterIssuer')) expect(issuer.metadata.annotations[OPTIONS]).toContain('SkipDryRunOnMissingResource=true');
  });

  test('applies namespaces first of all but the project, then guard rails, then add-ons', () => {
    const order = applied(files);
    const first = (predicate: (object: any) => boolean) => order.findIndex(predicate);
    expect(order[0]).toMatchObject({ kind: 'AppProject', metadata: { name: 'platform' } });
    expect(order[1].kind).toBe('Namespace');
    expect(first((object) => object.metadata.name === 'tenants')).toBeLessThan(first((object) => object.spec?.source?.chart));
    expect(first((object) => object.kind === 'ClusterRole')).toBeLessThan(first((object) => object.metadata.name === 'tenants'));
  });

  test('never prunes a namespace, because a namespace holds data', () => {
    for (const namespace of ofKind(files, 'Namespace')) expect(namespace.metadata.annotations[OPTIONS]).toContain('Prune=false');
  });

  test('deletes what a chart brought with its Application, and nothing with the Application of a tenant', () => {
    for (const application of ofKind(files, 'Application')) {
      expect(application.metadata.finalizers !== undefined).toBe(application.spec.source.chart !== undefined);
    }
  });

  test('leaves out what a chart makes anew at each rendering', () => {
    const application = named(files, 'Application', 'aws-load-balancer-controller');
    expect(application.spec.ignoreDifferences.map((each: any) => each.kind)).toEqual(['Secret', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']);
    expect(application.spec.syncPolicy.syncOptions).toContain('RespectIgnoreDifferences=true');
    expect(named(files, 'Application', 'jaeger').spec.ignoreDifferences).toBeUndefined();
  });

  test('has the root Application as a file that is no part of what it installs', () => {
    const [root] = documents(files[`${OVERLAY}/root.yaml`]);
    expect(root.spec.source).toEqual({ repoURL: REPOSITORY, path: OVERLAY, targetRevision: 'HEAD' });
    expect(applied(files).map((object) => object.metadata.name)).not.toContain('root');
    expect(root).toEqual(rendered().bootstrap.find((manifest) => manifest.kind === 'Application'));
  });

  test('bootstraps the project as base and overlay make it together', () => {
    const [base] = documents(files['argocd/base/project.yaml']);
    const [patch] = documents(files[`${OVERLAY}/project-sources.yaml`]);
    const project = rendered().bootstrap.find((manifest) => manifest.kind === 'AppProject');
    expect(project).toEqual({ ...base, spec: { ...base.spec, ...patch.spec } });
    expect(base.spec.sourceRepos).toEqual([]);
  });

  test('holds no Secret and no key', () => {
    expect(ofKind(files, 'Secret')).toEqual([]);
    expect(Object.values(files).join('')).not.toMatch(/PRIVATE KEY|stringData/);
  });

  test('holds every plain object of the platform once', () => {
    const { manifests } = rendered();
    const identity = (object: any) => `${object.apiVersion} ${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    const inTree = objects(files).filter((object) => object.apiVersion !== 'kustomize.config.k8s.io/v1beta1' && !object.apiVersion.startsWith('argoproj.io/')).map(identity);
    expect(inTree.sort()).toEqual(manifests.map(identity).sort());
  });

  test('changes no plain object but for the annotations of Argo CD', () => {
    const bare = (object: any) => {
      const { annotations = {}, ...metadata } = object.metadata;
      const others = Object.fromEntries(Object.entries(annotations).filter(([key]) => !key.startsWith('argocd.argoproj.io/')));
      return { ...object, metadata: { ...metadata, ...(Object.keys(others).length ? { annotations: others } : {}) } };
    };
    const roles = objects(files).filter((object) => ['ClusterRole', 'NetworkPolicy', 'ResourceQuota', 'ClusterIssuer', 'StorageClass'].includes(object.kind)).map(bare);
    for (const object of roles) expect(rendered().manifests.map(bare)).toContainEqual(object);
    expect(roles.length).toBeGreaterThan(10);
  });
});

describe('tenants', () => {
  const { files } = rendered().repository;
  const project = named(files, 'AppProject', 'tenant-viridial');

  test('have one folder and one Application each, over their own files', () => {
    expect(named(files, 'Application', 'tenant-viridial').spec.source.path).toBe(`${OVERLAY}/tenants/viridial`);
    const [kustomization] = documents(files[`${OVERLAY}/tenants/viridial/kustomization.yaml`]);
    expect(kustomization.resources).toEqual(['viridial-production.yaml', 'viridial-staging.yaml']);
  });

  test('have a project that reaches their namespaces and no other', () => {
    expect(project.spec.destinations.map((destination: any) => destination.namespace)).toEqual(['viridial-production', 'viridial-staging']);
    expect(project.spec.sourceRepos).toEqual([REPOSITORY]);
  });

  test('cannot deploy what bounds them, nor anything of the whole cluster', () => {
    expect(project.spec.clusterResourceWhitelist).toEqual([]);
    const kinds = project.spec.namespaceResourceWhitelist.map((allowed: any) => allowed.kind);
    for (const kind of ['ResourceQuota', 'LimitRange', 'NetworkPolicy', 'Role', 'RoleBinding', 'Namespace', 'Application', '*']) expect(kinds).not.toContain(kind);
  });

  test('have guard rails that belong to the platform, not to the project they may use', () => {
    expect(named(files, 'Application', 'tenant-viridial').spec.project).toBe('platform');
  });

  test('are no part of any kustomization but their own, however many there are', () => {
    const many = new Platform({
      name: 'many', environments: ['production'], tenants: Array.from({ length: 50 }, (_, index) => new Tenant(`t${index}`, { budget: { cpu: '1', memory: '2Gi' } })),
    }).render(eks(), { clusterName: 'production', gitOps: GitOps.argoCd({ repository: REPOSITORY }) });
    const one = new Platform({ name: 'many', environments: ['production'], tenants: [new Tenant('t0', { budget: { cpu: '1', memory: '2Gi' } })] })
      .render(eks(), { clusterName: 'production', gitOps: GitOps.argoCd({ repository: REPOSITORY }) });
    const resources = (result: RenderedPlatform) => documents(result.repository.files[`${OVERLAY}/kustomization.yaml`])[0].resources;
    expect(resources(many)).toEqual(resources(one));
    expect(Object.keys(many.repository.files).filter((path) => path.endsWith('/tenants/t7/kustomization.yaml'))).toHaveLength(1);
    expect(ofKind(many.repository.files, 'AppProject').filter((each) => each.metadata.name.startsWith('tenant-'))).toHaveLength(50);
  });

  test('that the cluster carries no environment of have nothing in its tree', () => {
    const result = new Platform({
      name: 'p', environments: ['staging', 'production'], tenants: [new Tenant('a', { environments: ['staging'] }), new Tenant('b')],
    }).render(eks(), { clusterName: 'production', environments: ['production'], gitOps: GitOps.argoCd({ repository: REPOSITORY }) });
    expect(Object.keys(result.repository.files).filter((path) => path.includes('/a/') || path.endsWith('/a.yaml'))).toEqual([]);
  });
});

test('a cluster that carries no tenant has no Application for them', () => {
  const result = new Platform({ name: 'p', environments: ['staging', 'production'], tenants: [new Tenant('a', { environments: ['staging'] })] })
    .render(eks(), { clusterName: 'production', environments: ['production'], gitOps: GitOps.argoCd({ repository: REPOSITORY }) });
  expect(named(result.repository.files, 'Application', 'tenants')).toBeUndefined();
});

test('path, revision and repositories of tenants end up where they belong', () => {
  const gitOps = GitOps.argoCd({
    repository: 'git@github.com:viridial/platform', path: 'clusters/argo', revision: 'main', access: RepositoryAccess.SSH_KEY, tenantRepositories: { viridial: ['https://github.com/viridial/shop'] },
  });
  const { files } = platform().with(...drivers()).render(eks(), { clusterName: 'blue', gitOps }).repository;
  expect(Object.keys(files).every((path) => path.startsWith('clusters/argo/base/') || path.startsWith('clusters/argo/overlays/blue/'))).toBe(true);
  expect(named(files, 'Application', 'tenant-viridial').spec.source).toEqual({
    repoURL: 'git@github.com:viridial/platform', path: 'clusters/argo/overlays/blue/tenants/viridial', targetRevision: 'main',
  });
  expect(named(files, 'AppProject', 'tenant-viridial').spec.sourceRepos).toEqual(['https://github.com/viridial/shop']);
});

test('the base of two clusters on different ground is the same, so that they can share a repository', () => {
  const gitOps = GitOps.argoCd({ repository: REPOSITORY });
  const one = rendered().repository.files;
  const other = new Platform({ name: 'other', environments: ['x'], tenants: [new Tenant('a')], addOns: [new CertManager({ email: 'a@b.com' }), new OtherAddOn({ name: 'traefik', meets: ['ingress' as never] })] })
    .render(kubeadm(), { clusterName: 'vps', gitOps }).repository.files;
  const base = (files: { [path: string]: string }) => Object.entries(files).filter(([path]) => path.startsWith('argocd/base/'));
  expect(base(other)).toEqual(base(one));
});

test('an engine that the tree owns manages itself', () => {
  const { files } = platform().with(...drivers()).render(eks(), {
    clusterName: 'production', gitOps: GitOps.argoCd({ repository: REPOSITORY }), owners: { 'argo-cd': AddOnOwner.TREE },
  }).repository;
  expect(named(files, 'Application', 'argo-cd').spec.source.chart).toBe('argo-cd');
});

test('add-ons of somebody else are in the tree like our own, in the wave that their requirements give', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 }), (names) => {
    const addOns = names.map((name, index) => new OtherAddOn({ name, requires: index > 0 ? [names[index - 1]] : [] }));
    const { files } = new Platform({ name: 'p', environments: ['x'], tenants: [new Tenant('a')], addOns }).render(eks(), { clusterName: 'production', gitOps: GitOps.argoCd({ repository: REPOSITORY }) }).repository;
    names.forEach((name, index) => expect(wave(named(files, 'Application', name))).toBe(index * 10));
  }), { numRuns: 20 });
});

test('a chart in a registry is named without a scheme, as Argo CD wants it', () => {
  class Registry extends OtherAddOn {
    public install() {
      const installation = super.install();
      return new (installation.constructor as any)({ ...installation, repository: 'oci://ghcr.io/charts' });
    }
  }
  const { files } = new Platform({ name: 'p', environments: ['x'], tenants: [new Tenant('a')], addOns: [new Registry({ name: 'r' })] })
    .render(eks(), { clusterName: 'production', gitOps: GitOps.argoCd({ repository: REPOSITORY }) }).repository;
  expect(named(files, 'Application', 'r').spec.source.repoURL).toBe('ghcr.io/charts');
  expect(documents(files[`${OVERLAY}/project-sources.yaml`])[0].spec.sourceRepos).toContain('ghcr.io/charts');
});
