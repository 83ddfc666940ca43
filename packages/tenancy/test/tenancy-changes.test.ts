import { ClusterProfile, Cni, Manifests, PodSecurityLevel } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import * as fc from 'fast-check';
import { ChangeKind, Role, Tenancy, TenancyChanges, TenancyChangesProps, TenancyProps, Tenant, TenantLifecycle, TenantProps } from '../src';
import { reordered, tenancies } from './support/arbitraries';
import { EKS, KUBEADM } from './support/grounds';
import { places, refused } from './support/refused';

const TWO = ['staging', 'production'];

function of(shop: TenantProps, more: Partial<TenancyProps> = {}): Tenancy {
  return new Tenancy({ environments: ['staging'], tenants: [new Tenant('shop', shop), new Tenant('lab')], ...more });
}

function changes(before: TenantProps, after: TenantProps, props: TenancyChangesProps = {}): TenancyChanges {
  return Tenancy.changes(of(before), of(after), props);
}

function codes({ refusals }: TenancyChanges): string[] {
  return refusals.map(({ code, namespace, certain }) => `${code} in ${namespace}${certain ? ', certain' : ''}`);
}

describe('objects', () => {
  test('nothing changes when nothing did, however it is written', () => {
    fc.assert(fc.property(tenancies.chain((props) => fc.tuple(fc.constant(props), reordered(props))), ([props, other]) => {
      const same = Tenancy.changes(new Tenancy(props), new Tenancy(other), { profile: KUBEADM });
      expect([same.isEmpty, same.applications, same.refusals, same.connectionsGained, same.rightsLost, same.budgets]).toEqual([true, [], [], [], [], []]);
      expect(same.toText()).toBe('nothing changes\n');
    }), { numRuns: 25 });
  });

  test('what is created, changed and removed is the difference of what is rendered, for any two tenancies', () => {
    fc.assert(fc.property(tenancies, tenancies, (one, other) => {
      const [before, after] = [new Tenancy(one), new Tenancy(other)];
      const found = Tenancy.changes(before, after, { profile: KUBEADM });
      const text = (object: any) => JSON.stringify(object, Object.keys(flat(object)).sort());
      const byName = (tenancy: Tenancy) => new Map(tenancy.render(KUBEADM).manifests.map((object): [string, string] => [Manifests.identity(object), text(object)]));
      const [old, now] = [byName(before), byName(after)];
      const names = (list: { object: string }[]) => list.map(({ object }) => object);
      expect(names(found.created)).toEqual([...now.keys()].filter((name) => !old.has(name)).sort());
      expect(names(found.removed)).toEqual([...old.keys()].filter((name) => !now.has(name)).sort());
      expect(names(found.changed)).toEqual([...now.keys()].filter((name) => old.has(name) && old.get(name) !== now.get(name)).sort());
    }), { numRuns: 25 });
  });

  test('going back does the opposite', () => {
    fc.assert(fc.property(tenancies, tenancies, (one, other) => {
      const [before, after] = [new Tenancy(one), new Tenancy(other)];
      const there = Tenancy.changes(before, after, { profile: KUBEADM });
      const back = Tenancy.changes(after, before, { profile: KUBEADM });
      expect(back.created).toEqual(there.removed);
      expect(back.rightsGained).toEqual(there.rightsLost);
      expect(back.changed.map(({ object }) => object)).toEqual(there.changed.map(({ object }) => object));
    }), { numRuns: 15 });
  });

  test('a field that differs is named with what it was and is', () => {
    const { changed } = changes({ budget: { cpu: '8', memory: '16Gi' }, labels: { team: 'a' } }, { budget: { cpu: '8', memory: '16Gi', pods: 40 }, labels: { team: 'b' } });
    expect(changed).toEqual([
      { object: 'Namespace shop-staging', namespace: 'shop-staging', fields: [{ path: 'metadata.labels.team', before: 'a', after: 'b' }] },
      { object: 'ResourceQuota shop-staging/budget', namespace: 'shop-staging', fields: [{ path: 'spec.hard.pods', before: '30', after: '40' }] },
    ]);
  });

  test('a namespace that is new or gone is told apart from its objects', () => {
    const more = Tenancy.changes(of({}), of({}, { environments: TWO }));
    expect(more.createdNamespaces).toEqual(['lab-production', 'shop-production']);
    const less = Tenancy.changes(of({}, { environments: TWO }), of({}));
    expect(less.removedNamespaces).toEqual(['lab-production', 'shop-production']);
    expect(codes(less)).toEqual(['NamespaceRemoved in lab-production, certain', 'NamespaceRemoved in shop-production, certain']);
  });

  test('a shared namespace is compared as well', () => {
    const settings = { monitoring: { budget: { cpu: '9', memory: '8Gi' } } };
    const { changed, affectedTenants } = Tenancy.changes(of({}, { sharedNamespaces: ['monitoring'] }), of({}, { sharedNamespaces: ['monitoring'], sharedNamespaceSettings: settings }));
    expect(changed.map(({ object }) => object)).toEqual(['LimitRange platform-monitoring/container-limits', 'ResourceQuota platform-monitoring/budget']);
    expect(affectedTenants).toEqual([]);
  });
});

function flat(value: any, into: { [key: string]: true } = {}): { [key: string]: true } {
  if (typeof value !== 'object' || value === null) return into;
  for (const key of Object.keys(value)) {
    into[key] = true;
    flat(value[key], into);
  }
  return into;
}

describe('what runs', () => {
  const budget = (memory: string, pods?: number) => ({ budget: { cpu: '8', memory, pods } });

  test('is refused for certain where more is used than the quota allows', () => {
    const found = changes(budget('16Gi'), budget('8Gi'), { usage: { 'shop-staging': { 'limits.memory': '10Gi', 'requests.memory': '2Gi' } } });
    expect(found.refusals[0]).toMatchObject({ code: 'QuotaBelowUse', namespace: 'shop-staging', certain: true, why: 'limits.memory is bounded to 8Gi and 10Gi are used: what runs stays, and nothing of it can be replaced' });
    expect(codes(found).filter((text) => text.startsWith('Quota'))).toEqual(['QuotaBelowUse in shop-staging, certain']);
  });

  test('may be refused where a quota is lowered and nobody said what is used', () => {
    expect(codes(changes(budget('16Gi', 40), budget('16Gi', 30)))).toEqual(['QuotaLowered in shop-staging']);
    expect(codes(changes(budget('16Gi', 40), budget('16Gi', 30), { usage: { 'shop-staging': { pods: '30' } } }))).toEqual([]);
    expect(codes(changes(budget('16Gi', 30), budget('16Gi', 40)))).toEqual([]);
  });

  test('is held to a stricter level, and never refused for a lower one', () => {
    const baseline = { podSecurity: PodSecurityLevel.BASELINE };
    expect(codes(changes(baseline, {}))).toEqual(['PodSecurityTightened in shop-staging']);
    expect(codes(changes({}, baseline))).toEqual([]);
  });

  test('is bounded more narrowly, container by container', () => {
    const limits = (maxCpu: string, defaultMemory: string) => ({ ...budget('16Gi'), containerLimits: { maxCpu, defaultMemory } });
    const { refusals } = changes(limits('4', '2Gi'), limits('2', '1Gi'));
    expect(refusals.map(({ code, why }) => [code, why])).toEqual([
      ['LimitRangeNarrowed', 'containers may have at most 2 of CPU instead of 4: a pod with more is refused when it is made anew'],
      ['LimitRangeNarrowed', 'containers that name no limit of memory get 1Gi instead of 2Gi when they are made anew'],
    ]);
    expect(changes(limits('2', '1Gi'), limits('4', '2Gi')).refusals).toEqual([]);
  });

  test('is cut off where a flow is gone', () => {
    const { refusals } = changes({ internet: {}, ingressHosts: ['a.example.com'] }, {});
    expect(refusals.map(({ code, namespace, why }) => [code, namespace, why])).toEqual([
      ['FlowRemoved', 'shop-staging', 'shop-staging no longer reaches the internet on every port'],
      ['FlowRemoved', 'shop-staging', 'the ingress controller no longer reaches shop-staging on every TCP port'],
    ]);
  });

  test('is no longer replaced when its tenant is cordoned, and said once when it is retired', () => {
    expect(codes(changes({ internet: {} }, { internet: {}, lifecycle: TenantLifecycle.CORDONED }))).toEqual(['TenantCordoned in shop-staging, certain']);
    expect(codes(changes({ internet: {} }, { internet: {}, lifecycle: TenantLifecycle.RETIRED }))).toEqual(['TenantRetired in shop-staging, certain']);
  });

  test('loses an exception that it needs', () => {
    const podSecurityExceptions = [{ workload: 'Deployment/old', control: 'runAsNonRoot' as never, reason: 'old', expires: '2026-12-31' }];
    const date = '2026-11-26';
    expect(codes(Tenancy.changes(of({ podSecurityExceptions }, { date }), of({}, { date })))).toEqual(['ExceptionRemoved in shop-staging']);
  });

  test('is refused by a bound that is new', () => {
    const found = changes({ bounded: false }, {}, { usage: { 'shop-staging': { pods: '31' } } });
    expect(found.refusals[0]).toMatchObject({ code: 'QuotaBelowUse', why: 'pods is bounded to 30 and 31 are used: what runs stays, and nothing of it can be replaced' });
    expect(found.refusals.map(({ why }) => why)).toContain('limits.cpu is bounded to 1 and was not bounded');
  });
});

describe('who talks to whom', () => {
  const peers = (peerPorts?: number[]): Tenancy => new Tenancy({
    environments: ['staging'], tenants: [new Tenant('shop', { talksTo: ['payments'] }), new Tenant('payments', { acceptsFrom: ['shop'], peerPorts })],
  });
  const alone = new Tenancy({ environments: ['staging'], tenants: [new Tenant('shop'), new Tenant('payments')] });

  test('a flow between tenants is one connection, though both name it', () => {
    const found = Tenancy.changes(alone, peers([8443]));
    expect(found.connectionsGained).toEqual([{ source: 'shop-staging', destination: 'payments-staging', ports: 'TCP 8443' }]);
    expect(found.affectedTenants).toEqual(['payments', 'shop']);
  });

  test('other ports are another connection, and concern both tenants though one of them changed', () => {
    const found = Tenancy.changes(peers([8443]), peers());
    expect([found.connectionsGained.map(({ ports }) => ports), found.connectionsLost.map(({ ports }) => ports)]).toEqual([['every port'], ['TCP 8443']]);
    expect(found.affectedTenants).toEqual(['payments', 'shop']);
  });

  test('every kind of flow has words', () => {
    const flows = [
      Flow.kubeApiServer(), Flow.webhookIn({ ports: [{ port: 9443 }] }), Flow.cidrOut({ cidr: '203.0.113.0/24', ports: [{ port: 5432 }] }), Flow.cidrIn({ cidr: '198.51.100.0/24' }),
      Flow.namespaceOut({ namespace: 'tools', peerPodLabels: { app: 'db' } }), Flow.namespaceIn({ namespace: 'tools' }), Flow.metricsIn({ fromNamespace: 'tools' }), Flow.metadataDeny(),
      Flow.internet({ privateNetworks: true }),
    ];
    expect(changes({}, { flows }).connectionsGained.map(({ source, destination, ports }) => `${source} to ${destination} on ${ports}`)).toEqual([
      '198.51.100.0/24 to shop-staging on every port',
      'shop-staging to 203.0.113.0/24 on TCP 5432',
      'shop-staging to the API server on every port',
      'shop-staging to the internet and private networks on every port',
      'shop-staging to tools (pods app=db) on every port',
      'the API server to shop-staging on TCP 9443',
      'tools to shop-staging on every TCP port',
      'tools to shop-staging on every port',
    ]);
  });

  test('a namespace that is new brings no news of DNS and its own pods', () => {
    expect(Tenancy.changes(of({}), of({}, { environments: TWO })).connectionsGained).toEqual([]);
  });
});

describe('rights and budgets', () => {
  test('who gets or loses which role is told environment by environment', () => {
    const found = Tenancy.changes(
      of({ members: [Role.developer('group:shop'), Role.viewer('user:a@example.com')] }, { environments: TWO }),
      of({ members: [Role.developer('group:shop', { environments: ['staging'] }), Role.viewer('user:a@example.com'), Role.admin('serviceaccount:ci/bot', { environments: ['staging'] })] }, { environments: TWO }),
    );
    expect(found.rightsGained).toEqual([{ subject: 'ServiceAccount ci/bot', role: 'admin', tenant: 'shop', environment: 'staging' }]);
    expect(found.rightsLost).toEqual([{ subject: 'Group shop', role: 'developer', tenant: 'shop', environment: 'production' }]);
  });

  test('another prefix of the identity provider is another group, for everybody', () => {
    const tenancy = (oidcGroupsPrefix: string) => of({ members: [Role.viewer('oidc:shop')] }, { oidcGroupsPrefix });
    const found = Tenancy.changes(tenancy('a:'), tenancy('b:'));
    expect([found.rightsGained[0].subject, found.rightsLost[0].subject, found.affectedTenants]).toEqual(['Group b:shop', 'Group a:shop', ['lab', 'shop']]);
  });

  test('budgets differ by tenant and by environment', () => {
    const budget = (cpu: string, production: number) => ({ budget: { cpu, memory: '16Gi', shares: { staging: 1, production } } });
    const found = Tenancy.changes(of(budget('8', 1), { environments: TWO }), of(budget('8', 3), { environments: TWO }));
    expect(found.budgets.filter(({ resource }) => resource === 'limits.cpu')).toEqual([
      { tenant: 'shop', environment: 'production', resource: 'limits.cpu', before: '4', after: '6', difference: '2' },
      { tenant: 'shop', environment: 'staging', resource: 'limits.cpu', before: '4', after: '2', difference: '-2' },
    ]);
    const more = Tenancy.changes(of(budget('8', 1), { environments: TWO }), of(budget('12', 1), { environments: TWO }));
    expect(more.budgets[0]).toEqual({ tenant: 'shop', resource: 'limits.cpu', before: '8', after: '12', difference: '4' });
  });

  test('a tenant that is new or gone has a budget on one side', () => {
    const found = Tenancy.changes(of({}), of({}, { tenants: [new Tenant('shop')] }));
    expect(found.budgets.find(({ resource, environment }) => resource === 'pods' && environment === undefined)).toEqual({ tenant: 'lab', resource: 'pods', before: '30', difference: '-30' });
  });
});

describe('a cluster', () => {
  test('that carries one environment has only its changes', () => {
    const before = of({}, { environments: TWO });
    const after = of({ internet: {} }, { environments: TWO });
    expect(Tenancy.changes(before, after, { environments: ['production'] }).created.map(({ object }) => object)).toEqual(['NetworkPolicy.networking.k8s.io shop-production/allow-internet']);
  });

  test('that does not carry a tenant has nothing to prove of it', () => {
    const tenancy = (cpu: string) => of({}, { environments: TWO, tenants: [new Tenant('shop', { environments: ['staging'], budget: { cpu, memory: '4Gi' } })] });
    const found = Tenancy.changes(tenancy('4'), tenancy('2'), { environments: ['production'] });
    expect([found.isEmpty, found.affectedTenants]).toEqual([true, []]);
  });

  test('that carries an environment which is new has all of it', () => {
    expect(Tenancy.changes(of({}), of({}, { environments: TWO }), { environments: ['production'] }).createdNamespaces).toEqual(['lab-production', 'shop-production']);
  });

  test('of another version changes the levels of all', () => {
    const old = ClusterProfile.kubeadm({ version: '1.35', cni: Cni.CALICO });
    const found = Tenancy.changes(of({}), of({}), { profile: ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO }), previousProfile: old });
    expect(found.affectedTenants).toEqual(['lab', 'shop']);
    expect(found.changed.map(({ object }) => object)).toEqual(['Namespace lab-staging', 'Namespace platform-deployers', 'Namespace shop-staging']);
  });

  test('that cannot express a flow refuses it, and so are environments and amounts that are none', () => {
    const bare = ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO });
    expect(places(refused(() => changes({}, { ingressHosts: ['a.example.com'] }, { profile: bare })))).toEqual(['FlowNotExpressible at tenants.shop.ingressHosts']);
    expect(places(refused(() => changes({}, {}, { profile: EKS, environments: ['qa'], usage: { 'shop-staging': { pods: 'many' } }, sharedNamespaceSettings: { logging: {} } })))).toEqual([
      'UnknownEnvironment at environments[0]', 'UnknownSharedNamespace at sharedNamespaceSettings.logging', 'InvalidQuantity at usage.shop-staging.pods',
    ]);
  });
});

describe('applications', () => {
  const web = { name: 'web', repository: 'https://github.com/shop/web', path: 'deploy' };

  test('are told when they are delivered newly, otherwise or no longer, though no object of the tenancy differs', () => {
    const found = changes({ applications: [web, { ...web, name: 'old' }] }, { applications: [{ ...web, revision: 'v2' }, { ...web, name: 'new' }] });
    expect([found.isEmpty, found.created, found.changed, found.removed]).toEqual([false, [], [], []]);
    expect(found.applications).toEqual([
      { application: 'shop-staging.new', kind: ChangeKind.CREATED, fields: [] }, { application: 'shop-staging.old', kind: ChangeKind.REMOVED, fields: [] },
      { application: 'shop-staging.web', kind: ChangeKind.CHANGED, fields: [{ path: 'revision', before: 'HEAD', after: 'v2' }] },
    ]);
    expect(found.toText()).toContain('applications:\n  shop-staging.new is created\n  shop-staging.old is removed\n  shop-staging.web is changed: revision: "HEAD" becomes "v2"');
    expect(found.toMarkdown()).toContain('### Applications\n\n- shop-staging.new is created');
  });

  test('end with their tenant', () => {
    const found = changes({ applications: [web] }, { applications: [web], lifecycle: TenantLifecycle.RETIRED });
    expect(found.applications.map(({ kind }) => kind)).toEqual([ChangeKind.REMOVED]);
  });
});

describe('for people', () => {
  const found = changes({ members: [Role.developer('group:shop')], budget: { cpu: '8', memory: '16Gi' } }, {
    members: [Role.admin('group:shop|<b>x</b>')], internet: {}, budget: { cpu: '4', memory: '16Gi' },
  });

  test('the text says first what can go wrong', () => {
    const lines = found.toText().split('\n');
    expect(lines[0]).toBe('2 objects created, 2 changed, 1 removed; 1 tenant to prove again; 2 times something that runs can be refused (0 certain)');
    expect(lines.filter((line) => line.endsWith(':') && !line.startsWith(' '))).toEqual(['what runs now and would be refused, stopped or cut off:', 'may newly talk:', 'rights:', 'budgets:', 'objects:']);
    expect(lines).toContain('  + shop-staging to the internet on every port');
    expect(lines).toContain('  shop in staging: limits.cpu 8 becomes 4 (-4)');
  });

  test('the Markdown has a table of what can go wrong, and no markup of names', () => {
    const text = found.toMarkdown();
    expect(text).toContain('## Tenancy\n\n2 objects created');
    expect(text).toContain('| possible | `shop-staging` | limits.cpu is bounded to 4 instead of 8 (`QuotaLowered`) |');
    expect(text).toContain('- gained: Group shop\\|\\<b\\>x\\</b\\> is admin of shop in staging');
    expect(text).not.toContain('<b>x');
    expect(Tenancy.changes(of({}), of({})).toMarkdown()).toBe('## Tenancy\n\nNothing changes.\n');
  });

  test('a long list is folded', () => {
    const environments = ['a', 'b', 'c', 'd'];
    expect(Tenancy.changes(of({}), of({}, { environments: ['staging', ...environments] })).toMarkdown()).toContain('<details><summary>Objects (');
  });

  test('the plain object has everything, and the same bytes each time', () => {
    const json = found.toJson();
    expect(Object.keys(json).sort()).toEqual([
      'affectedTenants', 'applications', 'budgets', 'changed', 'connectionsGained', 'connectionsLost', 'created', 'createdNamespaces', 'refusals', 'removed', 'removedNamespaces', 'rightsGained', 'rightsLost',
    ]);
    expect(JSON.stringify(json)).toBe(JSON.stringify(found.toJson()));
  });
});

describe('the change of one tenant of many', () => {
  const many = (cpu: string): Tenancy => new Tenancy({
    environments: ['staging'], tenants: Array.from({ length: 300 }, (_, index) => new Tenant(`t${index}`, { budget: { cpu: index === 7 ? cpu : '8', memory: '16Gi' } })),
  });

  test('renders and compares that one alone, though all were written anew', () => {
    const found = Tenancy.changes(many('8'), many('9'));
    expect([found.affectedTenants, found.changed.map(({ object }) => object)]).toEqual([['t7'], ['LimitRange t7-staging/container-limits', 'ResourceQuota t7-staging/budget']]);
  });
});
