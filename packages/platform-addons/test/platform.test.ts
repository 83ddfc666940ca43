import { InvalidInputError, PodSecurityLevel } from '@viridial/core';
import { Tenant } from '@viridial/tenancy';
import { AddOnOwner, ArgoCd, CertManager, EbsCsiDriver, GitOps, Jaeger, KubePrometheusStack, Need, Platform, PlatformRenderOptions } from '../src';
import { drivers, eks, kubeadm, OtherAddOn, platform, portable, REPOSITORY, rendered } from './support/example';

const gitOps = GitOps.argoCd({ repository: REPOSITORY });
const small = (addOns: ConstructorParameters<typeof Platform>[0]['addOns'] = [], needs: Need[] = []) => new Platform({
  name: 'viridial', environments: ['staging', 'production'], tenants: [new Tenant('shop')], addOns, needs,
});
const onEks = (given: Platform, options: Partial<PlatformRenderOptions> = {}) => given.render(eks(), { clusterName: 'production', gitOps, ...options });

function codes(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    return InvalidInputError.problemsOf(error).map((problem) => problem.code).sort();
  }
  return [];
}

const namespaces = (manifests: any[]) => manifests.filter((manifest) => manifest.kind === 'Namespace').map((manifest) => manifest.metadata.name);
const levelOf = (manifests: any[], name: string) => manifests.find((manifest) => manifest.kind === 'Namespace' && manifest.metadata.name === name).metadata.labels;

describe('a platform', () => {
  test('shows what it was given, add-ons and needs sorted', () => {
    const given = platform();
    expect(given.addOnNames).toEqual(['argo-cd', 'cert-manager', 'external-dns', 'fluentd', 'jaeger', 'kube-prometheus-stack', 'metrics-server']);
    expect(given.needs).toEqual(['block-storage', 'ingress', 'shared-storage']);
    expect([given.name, given.environments, given.tenants.map((tenant) => tenant.name), given.sharedNamespaces]).toEqual([
      'viridial', ['staging', 'production'], ['viridial'], ['monitoring'],
    ]);
    expect([given.has('jaeger'), given.has('velero')]).toEqual([true, false]);
  });

  test('with more add-ons is another platform', () => {
    const given = small();
    const more = given.with(new Jaeger(), new ArgoCd());
    expect([given.addOnNames, more.addOnNames]).toEqual([[], ['argo-cd', 'jaeger']]);
  });

  test('cannot have one add-on twice', () => {
    expect(() => small([new Jaeger()]).with(new Jaeger())).toThrow("addOns.jaeger: add-on 'jaeger' is on the platform twice (DuplicateAddOn)");
  });

  test('reports its own mistakes and those of its tenancy together', () => {
    const work = () => new Platform({
      name: 'Not a label', environments: [], tenants: [new Tenant('shop'), new Tenant('shop')], addOns: [new Jaeger(), new Jaeger(), new OtherAddOn({ name: 'root' })],
    });
    const found = codes(work);
    expect(found).toEqual(expect.arrayContaining(['DuplicateAddOn', 'ReservedName']));
    expect(found.length).toBeGreaterThanOrEqual(4);
  });

  test.each(['root', 'tenants', 'tenant-shop'])('cannot have an add-on called %s, which is an Application of the tree', (name) => {
    expect(codes(() => small([new OtherAddOn({ name })]))).toEqual(['ReservedName']);
  });
});

describe('rendering', () => {
  test('finds nothing to complain about on the example but what is unwise', () => {
    const codesOfWarnings = new Set(rendered().warnings.map((warning) => warning.code));
    expect([...codesOfWarnings].sort()).toEqual(['ChallengeThroughLoadBalancer', 'CidrCoversPods', 'ImagesFromAnywhere', 'NoClusterTier', 'TracesInMemory']);
  });

  test('puts every add-on behind what it requires', () => {
    const waves = Object.fromEntries(rendered().installations.map((installation) => [installation.name, installation.wave]));
    expect(waves['cert-manager']).toBeGreaterThan(waves['aws-load-balancer-controller']);
    expect(waves['kube-prometheus-stack']).toBeGreaterThan(waves['aws-ebs-csi-driver']);
    expect(rendered().installations.map((installation) => installation.wave)).toEqual(Object.values(waves).sort((a, b) => a - b));
  });

  test('reports unmet needs, missing add-ons, the wrong ground and owners that cannot be, all at once', () => {
    const work = () => small([new EbsCsiDriver(), new OtherAddOn({ name: 'shop', requires: ['database'], conflictsWith: ['aws-ebs-csi-driver'] })], [Need.INGRESS]).render(kubeadm(), {
      clusterName: 'Not a label', owners: { velero: AddOnOwner.TREE, shop: AddOnOwner.TREE },
    });
    expect(codes(work)).toEqual(expect.arrayContaining([
      'ConflictingAddOns', 'MissingAddOn', 'NotOnThisGround', 'TreeWithoutRepository', 'UnknownAddOn', 'UnmetNeed',
    ]));
    expect(work).toThrow("addOns.aws-ebs-csi-driver: add-on 'aws-ebs-csi-driver' does not work on kubeadm (NotOnThisGround); allowed: eks");
    expect(work).toThrow("owners.velero: there is no add-on 'velero' to own (UnknownAddOn); allowed: aws-ebs-csi-driver, shop");
  });

  test('reports what an add-on says about itself below its name', () => {
    expect(() => onEks(small([new CertManager({ email: 'nobody' })]).with(...drivers()))).toThrow("addOns.cert-manager.email: 'nobody' is not a mail address (InvalidEmail)");
  });

  test('names the cluster and the platform in the error', () => {
    expect(() => onEks(small([], [Need.INGRESS]))).toThrow("platform 'viridial' on cluster 'production'");
  });

  test('refuses an environment that the platform does not have', () => {
    expect(codes(() => onEks(small(), { environments: ['qa'] }))).not.toEqual([]);
  });

  test('carries only the environments that are asked for', () => {
    const names = namespaces(onEks(small(), { environments: ['staging'] }).manifests);
    expect(names).toContain('shop-staging');
    expect(names).not.toContain('shop-production');
  });

  test('two add-ons that mean different things by one Secret are an error', () => {
    const other = new KubePrometheusStack();
    class Twin extends OtherAddOn {
      public secretSlots() {
        return other.secretSlots({ platformName: 'x', profile: eks(), clusterName: 'other', addOnNames: [] });
      }
    }
    expect(codes(() => onEks(small([new KubePrometheusStack(), new Twin({ name: 'twin' })]).with(...drivers())))).toContain('DifferentSecretSlots');
  });

  test('an object that two add-ons make is an error', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'same', namespace: 'default' } };
    expect(codes(() => onEks(small([new OtherAddOn({ name: 'one' }, [object]), new OtherAddOn({ name: 'two' }, [object])])))).not.toEqual([]);
  });

  test('does not depend on the order in which anything is given', () => {
    const one = platform(portable()).with(...drivers());
    const other = platform(portable().reverse()).with(...drivers().reverse());
    const [a, b] = [one, other].map((each) => onEks(each));
    expect(b.repository.files).toEqual(a.repository.files);
    const [first, second] = [a, b].map((each) => JSON.stringify([each.manifests, each.installations, each.secretSlots, each.bootstrap, each.owners]));
    expect(second).toBe(first);
  });

  test('gives the same bytes each time', () => {
    expect(JSON.stringify(rendered())).toBe(JSON.stringify(rendered()));
  });
});

describe('owners', () => {
  test('the bootstrap owns the engine and the tree everything else', () => {
    const { owners } = rendered();
    expect(Object.keys(owners).filter((name) => owners[name] !== AddOnOwner.TREE)).toEqual(['argo-cd']);
    expect(owners['argo-cd']).toBe(AddOnOwner.BOOTSTRAP);
  });

  test('without a tree the bootstrap owns everything', () => {
    expect(onEks(small([new Jaeger()]), { gitOps: undefined }).owners).toEqual({ jaeger: AddOnOwner.BOOTSTRAP });
  });

  test('every add-on has exactly one', () => {
    const { owners, installations } = onEks(platform().with(...drivers()), { owners: { 'jaeger': AddOnOwner.BLUEPRINT, 'metrics-server': AddOnOwner.MANAGED } });
    expect(Object.keys(owners).sort()).toEqual(installations.map((installation) => installation.name).sort());
    expect([owners.jaeger, owners['metrics-server']]).toEqual([AddOnOwner.BLUEPRINT, AddOnOwner.MANAGED]);
  });

  test('an engine that nobody put on the platform comes with the repository', () => {
    expect(onEks(small()).owners).toEqual({ 'argo-cd': AddOnOwner.BOOTSTRAP });
    expect(onEks(small([new ArgoCd({ host: 'cd.viridial.com' })])).installations[0].values.global.domain).toBe('cd.viridial.com');
  });

  test('an installer makes a namespace only when nobody else does', () => {
    const { installations } = onEks(platform().with(...drivers()), { owners: { 'aws-ebs-csi-driver': AddOnOwner.BLUEPRINT } });
    expect(installations.filter((installation) => installation.createNamespace).map((installation) => installation.name)).toEqual(['argo-cd']);
  });
});

describe('namespaces', () => {
  test('those of add-ons are made with the level that the catalogue names, pinned to the version of the cluster', () => {
    const { manifests } = onEks(platform().with(...drivers()));
    expect(levelOf(manifests, 'logging')).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'privileged', 'pod-security.kubernetes.io/enforce-version': 'v1.35', 'viridial.com/platform': 'viridial',
    });
    expect(levelOf(manifests, 'cert-manager')['pod-security.kubernetes.io/enforce']).toBe('restricted');
  });

  test('those that Kubernetes has from the start are never made', () => {
    expect(namespaces(rendered().manifests).filter((name) => name.startsWith('kube-') || name === 'default')).toEqual([]);
  });

  test('monitoring goes into the shared namespace of that name, from where tenants may be scraped', () => {
    const { installations, manifests } = rendered();
    expect(installations.find((installation) => installation.name === 'kube-prometheus-stack')!.namespace).toBe('viridial-monitoring');
    expect(namespaces(manifests)).not.toContain('monitoring');
    expect(levelOf(manifests, 'viridial-monitoring')['pod-security.kubernetes.io/enforce']).toBe(PodSecurityLevel.PRIVILEGED);
  });

  test('a shared namespace has room for what its add-ons bring', () => {
    const quota = rendered().manifests.find((manifest) => manifest.kind === 'ResourceQuota' && manifest.metadata.namespace === 'viridial-monitoring');
    expect(Number(quota.spec.hard.pods)).toBeGreaterThan(100);
    expect(quota.spec.hard['requests.storage']).toBe('110Gi');
  });

  test('a shared namespace that hosts nothing stays as strict as the tenancy makes it', () => {
    const { manifests } = onEks(platform([]).with(...drivers()));
    expect(levelOf(manifests, 'viridial-monitoring')['pod-security.kubernetes.io/enforce']).toBe('restricted');
  });

  test('an add-on in a namespace that is too strict for it is an error', () => {
    expect(() => onEks(small([new KubePrometheusStack({ namespace: 'shop-staging' })]).with(...drivers())))
      .toThrow("addOns.kube-prometheus-stack.namespace: namespace 'shop-staging' refuses pods below the Pod Security level restricted, and 'kube-prometheus-stack' needs privileged (NamespaceTooStrict)");
  });

  test('a namespace that two add-ons share is as strict as the less strict of them allows', () => {
    const { manifests } = onEks(small([new Jaeger({ namespace: 'watch' }), new KubePrometheusStack({ namespace: 'watch' })]).with(...drivers()));
    expect(levelOf(manifests, 'watch')['pod-security.kubernetes.io/enforce']).toBe('privileged');
  });

  test('each is promised its level', () => {
    const promised = rendered().expectations.map((expectation) => expectation.podSecurityStatement?.namespace);
    expect(promised).toEqual(expect.arrayContaining(['argocd', 'cert-manager', 'external-dns', 'logging', 'observability']));
  });
});

test('secrets are slots, each once and sorted, and nowhere a value', () => {
  const result = platform().with(...drivers()).render(eks(), { clusterName: 'production', gitOps: GitOps.argoCd({ repository: 'git@github.com:viridial/platform' }) });
  expect(result.secretSlots.map((slot) => slot.id)).toEqual(['argocd/platform-repository', 'viridial-monitoring/grafana-admin']);
  expect(result.manifests.filter((manifest) => manifest.kind === 'Secret')).toEqual([]);
});

test('the bootstrap has the namespace of the engine, its project and the root, in this order', () => {
  expect(rendered().bootstrap.map((manifest) => `${manifest.kind} ${manifest.metadata.name}`)).toEqual(['Namespace argocd', 'AppProject platform', 'Application root']);
});

test('the bootstrap has the namespaces of everything that is installed before the tree', () => {
  const { bootstrap } = onEks(platform().with(...drivers()), { owners: { 'external-dns': AddOnOwner.BLUEPRINT, 'jaeger': AddOnOwner.MANAGED } });
  expect(namespaces(bootstrap)).toEqual(['argocd', 'external-dns']);
});

test('without a repository there is no tree and no root', () => {
  const { repository, bootstrap } = onEks(small([new Jaeger()]), { gitOps: undefined });
  expect(repository.files).toEqual({});
  expect(bootstrap.map((manifest) => manifest.kind)).toEqual(['Namespace']);
});

test('repositories of a tenant that does not exist are an error', () => {
  expect(codes(() => onEks(small(), { gitOps: GitOps.argoCd({ repository: REPOSITORY, tenantRepositories: { shopp: [REPOSITORY] } }) }))).toEqual(['UnknownTenant']);
});

describe('the proof', () => {
  const result = rendered();
  const report = result.proof();

  test('finds every promise of the example kept', () => {
    expect(report.counts.brokenExpectations).toBe(0);
    expect(report.counts.expectations).toBeGreaterThan(50);
  });

  test('judges the footprints of the charts with the plain objects', () => {
    expect(report.counts.judged['DaemonSet.apps']).toBeGreaterThanOrEqual(4);
    expect(report.counts.judged['ClusterRole.rbac.authorization.k8s.io']).toBeGreaterThan(10);
  });

  test('finds nothing that is not accepted, by rule and object, with the reason', () => {
    expect(report.findings).toEqual([]);
    expect(report.ok).toBe(true);
    expect(report.accepted.length).toBeGreaterThan(0);
    for (const each of result.accepted) expect(each.reason.length).toBeGreaterThan(30);
  });

  test('accepts no Pod Security violation and no open flow', () => {
    expect([...new Set(result.accepted.map((each) => each.ruleId))].sort()).toEqual(['EscalationPath', 'NamespaceWithoutNetworkPolicy', 'WildcardRole']);
  });

  test('accepts kube-system without policies, and no other namespace', () => {
    const open = result.accepted.filter((each) => each.ruleId === 'NamespaceWithoutNetworkPolicy').map((each) => each.object);
    expect(open).toEqual(['Namespace kube-system']);
  });
});
