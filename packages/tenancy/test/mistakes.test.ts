import { ClusterProfile, Cni, PodSecurityLevel } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import { Role, Tenancy, TenancyProps, Tenant, TenantProps } from '../src';
import { KUBEADM } from './support/grounds';
import { places, refused } from './support/refused';

const TWO = { environments: ['staging', 'production'] };

function mistakes(props: Partial<TenancyProps>): string[] {
  return refused(() => new Tenancy({ ...TWO, tenants: [new Tenant('shop')], ...props })).map(String);
}

function mistakesOf(props: TenantProps): string[] {
  return mistakes({ tenants: [new Tenant('shop', props), new Tenant('payments', { acceptsFrom: props.talksTo?.includes('payments') ? ['shop'] : [] })] });
}

describe('names', () => {
  test('a tenant named twice is told where it was named first', () => {
    expect(mistakes({ tenants: [new Tenant('shop'), new Tenant('payments'), new Tenant('shop')] })).toEqual([
      'tenants[2]: tenant shop is named by tenants[0] already (DuplicateName); cure: name it once',
    ]);
  });

  test('an environment or a shared namespace named twice is one mistake each', () => {
    expect(places(refused(() => new Tenancy({
      environments: ['staging', 'staging'], sharedNamespaces: ['monitoring', 'logging', 'monitoring'], tenants: [new Tenant('shop')],
    })))).toEqual(['DuplicateName at environments[1]', 'DuplicateName at sharedNamespaces[2]']);
  });

  test('two tenants whose names make one namespace are told which', () => {
    expect(mistakes({
      environments: ['c', 'b-c'], tenants: [new Tenant('a-b', { environments: ['c'] }), new Tenant('a', { environments: ['b-c'] })],
    })).toEqual([
      'tenants.a-b: namespace a-b-c would belong to tenant a in environment b-c and to tenant a-b in environment c (DuplicateNamespace); cure: rename one of them',
    ]);
  });

  test('a shared namespace or the deployers can collide with a tenant too', () => {
    expect(places(refused(() => new Tenancy({
      name: 'viridial', environments: ['monitoring', 'deployers'], sharedNamespaces: ['monitoring'], tenants: [new Tenant('viridial')],
    })))).toEqual(['DuplicateNamespace at name', 'DuplicateNamespace at tenants.viridial']);
  });

  test('the collision is reported alike in whatever order the tenants come', () => {
    const tenants = [new Tenant('a-b', { environments: ['c'] }), new Tenant('a', { environments: ['b-c'] })];
    expect(mistakes({ environments: ['c', 'b-c'], tenants })).toEqual(mistakes({ environments: ['b-c', 'c'], tenants: [...tenants].reverse() }));
  });

  test('names that are not DNS labels are shown with what they could be', () => {
    expect(mistakes({ name: 'My Platform', tenants: [new Tenant('Shop_1')], sharedNamespaces: ['-x'] })).toEqual([
      expect.stringMatching(/^name: tenancy name 'My Platform' is not a DNS label .*write 'my-platform'/),
      expect.stringMatching(/^sharedNamespaces\[0\]: shared namespace name '-x' is not a DNS label/),
      expect.stringMatching(/^tenants\[0\]: tenant name 'Shop_1' is not a DNS label .*write 'shop-1'/),
    ]);
  });

  test('names that are valid alone can make a namespace that is too long', () => {
    const long = 'a'.repeat(60);
    expect(mistakes({ environments: ['qa', 'staging'], tenants: [new Tenant(long)] })).toEqual([
      expect.stringContaining(`namespace ${long}-staging of tenant ${long} in environment staging has 68 characters (NamespaceTooLong); allowed: at most 63 characters`),
    ]);
    expect(new Tenancy({ environments: ['qa'], tenants: [new Tenant(long)] }).render(KUBEADM).namespaces[0]).toHaveLength(63);
  });

  test('namespaces of Kubernetes are taken', () => {
    expect(places(refused(() => new Tenancy({ name: 'kube', environments: ['system'], sharedNamespaces: ['public'], tenants: [new Tenant('kube')] })))).toEqual([
      'ReservedNamespace at name', 'ReservedNamespace at sharedNamespaces[0]', 'ReservedNamespace at tenants.kube',
    ]);
  });

  test('an empty list of environments or tenants makes nothing and is refused', () => {
    expect(places(refused(() => new Tenancy({ environments: [], tenants: [] })))).toEqual(['EmptyList at environments', 'EmptyList at tenants']);
    expect(places(refused(() => new Tenancy({ ...TWO, tenants: [new Tenant('shop', { environments: [] })] })))).toEqual(['EmptyList at tenants.shop.environments']);
  });
});

describe('environments', () => {
  test('an unknown one is refused wherever it is named', () => {
    expect(places(refused(() => new Tenancy({
      ...TWO,
      tenants: [
        new Tenant('shop', { environments: ['staging', 'qa'] }),
        new Tenant('lab', { environments: ['staging'], members: [Role.admin('group:lab', { environments: ['production'] })] }),
        new Tenant('payments', { budget: { cpu: '4', memory: '8Gi', shares: { staging: 1, production: 1, qa: 1 } } }),
      ],
    })))).toEqual([
      'UnknownEnvironment at tenants.lab.members[0].environments[0]',
      'UnknownEnvironment at tenants.payments.budget.shares.qa',
      'UnknownEnvironment at tenants.shop.environments[1]',
    ]);
  });
});

describe('flows between tenants', () => {
  test('one side alone is refused, whichever it is, and told what to add', () => {
    expect(mistakes({ tenants: [new Tenant('shop', { talksTo: ['payments'] }), new Tenant('payments', { acceptsFrom: ['lab'] }), new Tenant('lab')] })).toEqual([
      'tenants.payments.acceptsFrom[0]: lab does not talk to payments (OneSidedPeer); cure: add payments to talksTo of lab',
      'tenants.shop.talksTo[0]: payments does not accept from shop (OneSidedPeer); cure: add shop to acceptsFrom of payments',
    ]);
  });

  test('a tenant that there is not, or oneself, is no peer', () => {
    expect(places(refused(() => new Tenancy({ ...TWO, tenants: [new Tenant('shop', { talksTo: ['shop', 'payment'] })] })))).toEqual([
      'PeerIsSelf at tenants.shop.talksTo[0]', 'UnknownTenant at tenants.shop.talksTo[1]',
    ]);
  });

  test('tenants that never meet cannot talk', () => {
    expect(mistakes({
      tenants: [new Tenant('shop', { talksTo: ['payments'], environments: ['staging'] }), new Tenant('payments', { acceptsFrom: ['shop'], environments: ['production'] })],
    })).toEqual([expect.stringContaining('shop and payments are in no environment together (PeerWithoutCommonEnvironment)')]);
  });

  test('a flow of a tenant may not stand in for the consent of another', () => {
    const flows = [Flow.namespaceOut({ namespace: 'payments-staging' }), Flow.metricsIn({ fromNamespace: 'payments-staging' }), Flow.namespaceOut({ namespace: 'tools' })];
    expect(mistakesOf({ flows })).toEqual([
      expect.stringContaining('tenants.shop.flows[0]: flow namespace-out names payments-staging, which belongs to another tenant (FlowNeedsConsent)'),
      expect.stringContaining('tenants.shop.flows[1]'),
    ]);
  });

  test('ports that narrow nothing are refused, because they look like protection', () => {
    expect(places(refused(() => new Tenancy({ ...TWO, tenants: [new Tenant('shop', { ingressPorts: [8080], peerPorts: [8443] })] })))).toEqual([
      'NothingToNarrow at tenants.shop.ingressPorts', 'NothingToNarrow at tenants.shop.peerPorts',
    ]);
  });
});

describe('members', () => {
  test.each([
    ['shop', 'InvalidMember'], ['group:', 'InvalidMember'], ['team:shop', 'InvalidMember'], ['user:al ice', 'InvalidMember'],
    ['serviceaccount:ci', 'InvalidMember'], ['serviceaccount:ci/a/b', 'InvalidMember'], ['serviceaccount:CI/reader', 'InvalidDnsLabel'],
    ['group:system:authenticated', 'ReservedMember'], ['group:system:masters', 'ReservedMember'], ['user:system:anonymous', 'ReservedMember'],
    ['group:system:serviceaccounts:shop-staging', 'ReservedMember'], ['oidc:', 'InvalidMember'],
  ])('%s is refused as %s', (member, code) => {
    expect(places(refused(() => new Tenancy({ ...TWO, tenants: [new Tenant('shop', { members: [Role.viewer(member)] })] })))).toEqual([
      `${code} at tenants.shop.members[0]`,
    ]);
  });

  test('a group of the identity provider cannot be one of the cluster, where nothing stands before it', () => {
    const tenants = [new Tenant('shop', { members: [Role.viewer('oidc:system:masters')] })];
    expect(places(refused(() => new Tenancy({ ...TWO, oidcGroupsPrefix: '', tenants })))).toEqual(['ReservedMember at tenants.shop.members[0]']);
    expect(new Tenancy({ ...TWO, tenants }).warnings).toEqual([]);
  });

  test('a service account in a namespace of the tenant would lend its rights to every pod there', () => {
    expect(mistakesOf({ members: [Role.developer('serviceaccount:shop-staging/runner')] })).toEqual([
      expect.stringContaining('every pod of shop-staging could run as service account runner and act as developer (MemberEscalates)'),
    ]);
    expect(new Tenancy({ ...TWO, tenants: [new Tenant('shop', { members: [Role.viewer('serviceaccount:shop-staging/web')] })] }).warnings).toEqual([]);
  });

  test('a service account of another tenant would let that tenant in', () => {
    expect(mistakesOf({ members: [Role.viewer('serviceaccount:payments-staging/web')] })).toEqual([expect.stringContaining('(MemberOfAnotherTenant)')]);
  });
});

describe('ingress hosts', () => {
  test('belong to one tenant', () => {
    expect(mistakes({ tenants: [new Tenant('a', { ingressHosts: ['www.example.com'] }), new Tenant('b', { ingressHosts: ['www.example.com'] })] })).toEqual([
      expect.stringContaining('tenants.b.ingressHosts[0]: host www.example.com cannot be served: tenant a has the same host (IngressHostTaken)'),
    ]);
  });

  test('are taken by a wildcard of another tenant, whoever comes first', () => {
    const tenants = [new Tenant('a', { ingressHosts: ['www.example.com'] }), new Tenant('b', { ingressHosts: ['*.example.com'] })];
    const expected = [expect.stringContaining('tenants.a.ingressHosts[0]: host www.example.com cannot be served: tenant b has *.example.com')];
    expect(mistakes({ tenants })).toEqual(expected);
    expect(mistakes({ tenants: [...tenants].reverse() })).toEqual(expected);
  });

  test('may lie below a wildcard of the same tenant, or two labels below that of another', () => {
    const tenancy = new Tenancy({
      ...TWO,
      tenants: [
        new Tenant('a', { ingressHosts: ['*.example.com', 'www.example.com'] }), new Tenant('b', { ingressHosts: ['shop.eu.example.com'] }),
      ],
    });
    expect(tenancy.tenants).toHaveLength(2);
  });

  test('have to be host names', () => {
    expect(places(refused(() => new Tenancy({ ...TWO, tenants: [new Tenant('a', { ingressHosts: ['https://example.com', '*.*.example.com'] })] })))).toEqual([
      'InvalidDnsSubdomain at tenants.a.ingressHosts[0]', 'InvalidDnsSubdomain at tenants.a.ingressHosts[1]',
    ]);
  });
});

describe('registries, cost tags and contacts', () => {
  test('a registry is a host with a path, and nothing that only looks like one', () => {
    expect(mistakesOf({ allowedRegistries: ['https://ghcr.io', 'nginx', 'ghcr.io/shop:1', 'ghcr.io/*', 'GHCR.io'] }).map((text) => text.replace(/ is not a registry .*$/, ''))).toEqual([
      "tenants.shop.allowedRegistries[0]: 'https://ghcr.io'", "tenants.shop.allowedRegistries[1]: 'nginx'", "tenants.shop.allowedRegistries[2]: 'ghcr.io/shop:1'",
      "tenants.shop.allowedRegistries[3]: 'ghcr.io/*'", "tenants.shop.allowedRegistries[4]: 'GHCR.io'",
    ]);
    expect(mistakesOf({ allowedRegistries: [] })).toEqual([expect.stringContaining('allowedRegistries is empty, so no image could be run (EmptyList)')]);
    expect(new Tenancy({ ...TWO, tenants: [new Tenant('shop', { allowedRegistries: ['docker.io/library/nginx', 'registry.example.com:5000/shop'] })] }).warnings).toEqual([]);
  });

  test('a cost tag is a label, and a contact names somebody', () => {
    expect(places(refused(() => new Tenancy({ ...TWO, tenants: [new Tenant('shop', { costTags: { 'cost centre': 'a b' }, contacts: { owner: ' ' } })] })))).toEqual([
      'EmptyContact at tenants.shop.contacts.owner', 'InvalidLabelKey at tenants.shop.costTags.cost centre', 'InvalidLabelValue at tenants.shop.costTags.cost centre',
    ]);
  });
});

describe('labels', () => {
  test('that policies trust are not given by people', () => {
    const labels = { 'viridial.com/tenant': 'payments', 'pod-security.kubernetes.io/enforce': 'privileged', 'kubernetes.io/metadata.name': 'x', 'team': 'shop' };
    expect(places(refused(() => new Tenancy({ ...TWO, tenants: [new Tenant('shop', { labels })] })))).toEqual([
      'ReservedLabel at tenants.shop.labels.kubernetes.io/metadata.name',
      'ReservedLabel at tenants.shop.labels.pod-security.kubernetes.io/enforce',
      'ReservedLabel at tenants.shop.labels.viridial.com/tenant',
    ]);
  });

  test('have to be labels', () => {
    expect(places(refused(() => new Tenancy({ ...TWO, tenants: [new Tenant('shop', { labels: { 'cost centre': 'a b' } })] })))).toEqual([
      'InvalidLabelKey at tenants.shop.labels.cost centre', 'InvalidLabelValue at tenants.shop.labels.cost centre',
    ]);
  });
});

describe('shared namespaces', () => {
  test('settings and scrapers have to name one that there is', () => {
    expect(places(refused(() => new Tenancy({
      ...TWO, tenants: [new Tenant('shop')], sharedNamespaces: ['monitoring'], metricsFrom: ['metrics'], sharedNamespaceSettings: { logging: {} },
    })))).toEqual(['UnknownSharedNamespace at metricsFrom[0]', 'UnknownSharedNamespace at sharedNamespaceSettings.logging']);
  });

  test('their settings are checked before anything is rendered', () => {
    expect(places(refused(() => new Tenancy({
      ...TWO, tenants: [new Tenant('shop')], sharedNamespaces: ['monitoring'], sharedNamespaceSettings: { monitoring: { budget: { cpu: '-1', memory: 'much' } } },
    })))).toEqual(['NegativeBudget at sharedNamespaceSettings.monitoring.budget.cpu', 'InvalidQuantity at sharedNamespaceSettings.monitoring.budget.memory']);
  });
});

describe('what a cluster cannot express', () => {
  const bare = ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO });

  test('is reported with the property that asks for it, once for all environments', () => {
    const tenancy = new Tenancy({ ...TWO, tenants: [new Tenant('shop', { ingressHosts: ['shop.example.com'] }), new Tenant('lab', { flows: [Flow.kubeApiServer()] })] });
    expect(refused(() => tenancy.render(bare)).map(String)).toEqual([
      expect.stringMatching(/^tenants\.lab\.flows\[0\]: flow kube-api-server cannot be written for kubeadm: it names no apiServerCidrs \(FlowNotExpressible\)/),
      expect.stringMatching(/^tenants\.shop\.ingressHosts: flow ingress-in cannot be written for kubeadm: it has no ingress \(FlowNotExpressible\)/),
    ]);
  });

  test('ports that do not exist are reported where they are written', () => {
    const tenancy = new Tenancy({
      ...TWO,
      tenants: [
        new Tenant('shop', { ingressHosts: ['shop.example.com'], ingressPorts: [80, 99999], talksTo: ['payments'], internet: { ports: [{ port: 0 }] } }),
        new Tenant('payments', { acceptsFrom: ['shop'], peerPorts: [] }),
      ],
    });
    expect(places(refused(() => tenancy.render(KUBEADM)))).toEqual([
      'EmptyPorts at tenants.payments.peerPorts', 'InvalidPort at tenants.shop.ingressPorts[1]', 'InvalidPort at tenants.shop.internet.ports[0]',
    ]);
  });
});

test('everything that is wrong is told at once', () => {
  const problems = refused(() => new Tenancy({
    name: 'Bad Name',
    environments: ['staging'],
    tenants: [
      new Tenant('shop', { budget: { cpu: '50m', memory: '1Gi' }, talksTo: ['nobody'], members: [Role.admin('alice')], podSecurity: PodSecurityLevel.BASELINE }),
      new Tenant('shop'),
    ],
  }));
  expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['InvalidDnsLabel', 'BudgetTooSmall', 'UnknownTenant', 'InvalidMember', 'DuplicateName']));
});
