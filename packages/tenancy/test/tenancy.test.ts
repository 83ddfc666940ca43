import { Manifests, PodSecurityLevel } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import { Role, Tenancy, Tenant, TenancyRenderOptions } from '../src';
import { shops, viridial } from './support/examples';
import { EKS, KUBEADM } from './support/grounds';
import { objectOf, objectsOf, policyNames } from './support/objects';
import { places, refused } from './support/refused';
import { ownWarnings } from './support/warnings';

describe('the platform of the examples', () => {
  const rendered = viridial().render(EKS);

  test('has a namespace for each environment of the tenant, the shared one, and one for the deployers', () => {
    expect(rendered.namespaces).toEqual(['viridial-deployers', 'viridial-monitoring', 'viridial-production', 'viridial-staging']);
    expect(objectsOf(rendered.manifests, 'Namespace').map(({ metadata }) => metadata.name)).toEqual(rendered.namespaces);
  });

  test.each(rendered.namespaces)('%s has a quota, a limit range, a default deny, and a level pinned to the version of the cluster', (namespace) => {
    const { labels } = objectOf(rendered.manifests, 'Namespace', namespace).metadata;
    expect(labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/enforce-version': 'v1.35', 'viridial.com/platform': 'viridial',
    });
    expect(objectOf(rendered.manifests, 'ResourceQuota', 'budget', namespace).spec.hard).toMatchObject({ 'limits.cpu': expect.any(String), 'pods': expect.any(String) });
    expect(objectOf(rendered.manifests, 'LimitRange', 'container-limits', namespace).spec.limits[0].type).toBe('Container');
    expect(objectOf(rendered.manifests, 'NetworkPolicy', 'default-deny', namespace).spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  test('opens a tenant to DNS, itself, the load balancer of its hosts and the monitoring, and to nothing else', () => {
    const expected = ['allow-dns', 'allow-ingress-controller', 'allow-metrics-from-viridial-monitoring', 'allow-same-namespace', 'default-deny'];
    expect(policyNames(rendered.manifests, 'viridial-production')).toEqual(expected);
    expect(policyNames(rendered.manifests, 'viridial-staging')).toEqual(expected);
  });

  test('opens the monitoring to DNS, itself, and the namespaces it scrapes', () => {
    expect(policyNames(rendered.manifests, 'viridial-monitoring')).toEqual(['allow-dns', 'allow-metrics-of-viridial', 'allow-same-namespace', 'default-deny']);
    expect(policyNames(rendered.manifests, 'viridial-deployers')).toEqual(['default-deny']);
  });

  test('tells which namespaces serve which hosts', () => {
    expect(rendered.ingressHosts).toEqual({ 'viridial-production': ['*.viridial.com'], 'viridial-staging': ['*.viridial.com'] });
  });

  test('has nothing to warn of', () => {
    expect(ownWarnings(rendered)).toEqual([]);
  });
});

describe('files', () => {
  const rendered = shops().render(KUBEADM);

  test('there is one for each namespace, by tenant, and one each for the policies and the roles that all share', () => {
    expect(Object.keys(rendered.files).sort()).toEqual([
      'cluster/admission.yaml', 'cluster/roles.yaml', 'shared/platform-deployers.yaml', 'tenants/payments/payments-production.yaml', 'tenants/payments/payments-staging.yaml',
      'tenants/shop/shop-production.yaml', 'tenants/shop/shop-staging.yaml',
    ]);
  });

  test('each object is in one file, and the manifests are the objects of all files in the order a cluster takes them', () => {
    const inFiles = Object.values(rendered.files).flat();
    expect(Manifests.check(inFiles)).toEqual([]);
    expect(rendered.manifests).toEqual(Manifests.order(inFiles));
    expect(rendered.manifests).toHaveLength(inFiles.length);
  });

  test('a GitOps writer finds the files and namespaces of a tenant, and who delivers there', () => {
    expect(rendered.tenantFiles.shop).toEqual(['tenants/shop/shop-production.yaml', 'tenants/shop/shop-staging.yaml']);
    expect(rendered.tenantNamespaces.shop).toEqual(['shop-production', 'shop-staging']);
    expect(rendered.deployers['shop-staging']).toBe('platform-deployers/shop-staging');
    expect(rendered.sharedNamespaces).toEqual([]);
    expect(viridial().render(EKS).sharedNamespaces).toEqual(['viridial-monitoring']);
  });

  test('changing a list that was returned changes nothing for the next caller', () => {
    rendered.manifests.pop();
    rendered.expectations.pop();
    expect(rendered.manifests).toHaveLength(Object.values(rendered.files).flat().length);
  });
});

describe('a cluster that carries some environments', () => {
  test('gets their namespaces and no others', () => {
    const rendered = shops().render(KUBEADM, { environments: ['production'] });
    expect(rendered.namespaces).toEqual(['payments-production', 'platform-deployers', 'shop-production']);
    expect(JSON.stringify(rendered.manifests)).not.toContain('staging');
  });

  test('gets the share of the budget that these environments have, not all of it', () => {
    const hard = (environments?: string[]): any => objectOf(shops().render(KUBEADM, { environments }).manifests, 'ResourceQuota', 'budget', 'shop-production').spec.hard;
    expect(hard(['production'])).toEqual(hard());
    expect(hard(['production'])['limits.cpu']).toBe('4');
  });

  test('cannot carry an environment that there is not, or none at all', () => {
    expect(refused(() => shops().render(KUBEADM, { environments: ['production', 'qa'] })).map(String)).toEqual([
      'environments[1]: there is no environment qa (UnknownEnvironment); allowed: staging, production; cure: correct the name, or add the environment',
    ]);
    expect(places(refused(() => shops().render(KUBEADM, { environments: [] })))).toEqual(['EmptyList at environments']);
  });

  test('shows a tenant that is in none of them with no file and no namespace', () => {
    const tenancy = new Tenancy({ environments: ['staging', 'production'], tenants: [new Tenant('shop'), new Tenant('lab', { environments: ['staging'] })] });
    const rendered = tenancy.render(KUBEADM, { environments: ['production'] });
    expect(rendered.tenantFiles).toEqual({ shop: ['tenants/shop/shop-production.yaml'] });
  });
});

describe('flows between tenants', () => {
  const rendered = shops().render(KUBEADM);

  test('are opened on both sides, within one environment', () => {
    expect(policyNames(rendered.manifests, 'shop-staging')).toContain('allow-to-payments-staging');
    expect(policyNames(rendered.manifests, 'payments-staging')).toContain('allow-from-shop-staging');
    expect(JSON.stringify(objectsOf(rendered.manifests, 'NetworkPolicy').filter(({ metadata }) => metadata.namespace.endsWith('staging')))).not.toContain('production');
  });

  test('keep to the ports of the one who is called, on both sides', () => {
    const { manifests } = new Tenancy({
      environments: ['staging'],
      tenants: [new Tenant('shop', { talksTo: ['payments'] }), new Tenant('payments', { acceptsFrom: ['shop'], peerPorts: [8443] })],
    }).render(KUBEADM);
    const ports = [{ protocol: 'TCP', port: 8443 }];
    expect(objectOf(manifests, 'NetworkPolicy', 'allow-to-payments-staging', 'shop-staging').spec.egress[0].ports).toEqual(ports);
    expect(objectOf(manifests, 'NetworkPolicy', 'allow-from-shop-staging', 'payments-staging').spec.ingress[0].ports).toEqual(ports);
  });

  test('leave out the environments that only one of them is in', () => {
    const { manifests } = new Tenancy({
      environments: ['staging', 'production'],
      tenants: [new Tenant('shop', { talksTo: ['payments'] }), new Tenant('payments', { acceptsFrom: ['shop'], environments: ['production'] })],
    }).render(KUBEADM);
    expect(policyNames(manifests, 'shop-staging')).toEqual(['allow-dns', 'allow-same-namespace', 'default-deny']);
    expect(policyNames(manifests, 'shop-production')).toContain('allow-to-payments-production');
  });
});

describe('what a tenant opens by name', () => {
  function policies(tenant: Tenant): string[] {
    return policyNames(new Tenancy({ environments: ['staging'], tenants: [tenant] }).render(KUBEADM).manifests, 'shop-staging');
  }

  test('nothing beyond DNS and its own pods without being asked', () => {
    expect(policies(new Tenant('shop'))).toEqual(['allow-dns', 'allow-same-namespace', 'default-deny']);
  });

  test('the internet, further flows, and the ports of its ingress', () => {
    const flows = [Flow.cidrOut({ cidr: '203.0.113.0/24', ports: [{ port: 5432 }] })];
    expect(policies(new Tenant('shop', { internet: {}, flows, ingressHosts: ['shop.example.com'] }))).toEqual([
      'allow-dns', 'allow-ingress-controller', 'allow-internet', 'allow-same-namespace', 'allow-to-cidr-203.0.113.0-24', 'default-deny',
    ]);
  });

  test('a lower Pod Security level, with a warning', () => {
    const rendered = new Tenancy({ environments: ['staging'], tenants: [new Tenant('shop', { podSecurity: PodSecurityLevel.BASELINE })] }).render(KUBEADM);
    expect(objectOf(rendered.manifests, 'Namespace', 'shop-staging').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('baseline');
    expect(ownWarnings(rendered).map(({ code, path }) => [code, path])).toEqual([['PodSecurityLowered', 'tenants.shop.podSecurity']]);
  });

  test('labels of its own, which never replace those that policies trust', () => {
    const { manifests } = new Tenancy({ environments: ['staging'], tenants: [new Tenant('shop', { labels: { 'example.com/cost-centre': '4711' } })] }).render(KUBEADM);
    expect(objectOf(manifests, 'Namespace', 'shop-staging').metadata.labels).toMatchObject({
      'example.com/cost-centre': '4711', 'viridial.com/tenant': 'shop', 'viridial.com/environment': 'staging', 'viridial.com/managed': 'true',
    });
  });
});

describe('what the namespaces of a tenant say of it', () => {
  const { manifests } = new Tenancy({
    environments: ['staging'],
    tenants: [new Tenant('shop', {
      costTags: { centre: '4711' },
      contacts: { owner: 'shop@example.com' },
      allowedRegistries: ['ghcr.io/shop', 'docker.io/library'],
      ingressHosts: ['shop.example.com', '*.shop.example.com'],
      budget: { cpu: '8', memory: '16Gi', loadBalancers: 1, nodePorts: 1 },
    })],
  }).render(KUBEADM);
  const { labels, annotations } = objectOf(manifests, 'Namespace', 'shop-staging').metadata;

  test('costs are booked by labels that nobody else can give', () => {
    expect(labels['cost.viridial.com/centre']).toBe('4711');
    expect(places(refused(() => new Tenancy({ environments: ['staging'], tenants: [new Tenant('shop', { labels: { 'cost.viridial.com/centre': '1' } })] })))).toEqual([
      'ReservedLabel at tenants.shop.labels.cost.viridial.com/centre',
    ]);
  });

  test('contacts, hosts, registries and load balancers are annotations, where people and policies can read them', () => {
    expect(annotations).toEqual({
      'contact.viridial.com/owner': 'shop@example.com',
      'viridial.com/ingress-hosts': '*.shop.example.com,shop.example.com',
      'viridial.com/load-balancers': 'allowed',
      'viridial.com/registries': 'docker.io/library,ghcr.io/shop',
    });
  });

  test('a tenant that says nothing has no annotation, but where admission has to know that its images come from everywhere', () => {
    const of = (options: TenancyRenderOptions) => objectOf(shops().render(KUBEADM, options).manifests, 'Namespace', 'shop-staging').metadata;
    expect(of({}).annotations).toEqual({ 'viridial.com/registries': '*' });
    expect(of({ admission: false })).not.toHaveProperty('annotations');
    expect(of({ admissionSettings: { registries: ['ghcr.io'] } })).not.toHaveProperty('annotations');
  });
});

describe('groups of the identity provider', () => {
  test.each([[undefined, 'oidc:shop'], ['sso/', 'sso/shop'], ['', 'shop']])('have the prefix that the API server puts before them: %j makes %s', (oidcGroupsPrefix, name) => {
    const { manifests } = new Tenancy({ environments: ['staging'], oidcGroupsPrefix, tenants: [new Tenant('shop', { members: [Role.viewer('oidc:shop')] })] }).render(KUBEADM);
    expect(objectOf(manifests, 'RoleBinding', 'tenant-viewer', 'shop-staging').subjects).toEqual([{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name }]);
  });
});

describe('members', () => {
  const members = [
    Role.developer('group:shop'), Role.developer('user:bob@example.com'), Role.developer('group:shop'),
    Role.admin('user:alice@example.com', { environments: ['staging'] }), Role.viewer('serviceaccount:ci/reader'),
  ];
  const { manifests } = new Tenancy({ environments: ['staging', 'production'], tenants: [new Tenant('shop', { members })] }).render(KUBEADM);
  const subjects = (namespace: string, role: string): any => objectOf(manifests, 'RoleBinding', `tenant-${role}`, namespace).subjects;

  test('are bound to the roles of the policy, namespace by namespace, each once', () => {
    expect(subjects('shop-staging', 'developer')).toEqual([
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'shop' },
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'bob@example.com' },
    ]);
    expect(subjects('shop-staging', 'viewer')).toEqual([{ kind: 'ServiceAccount', name: 'reader', namespace: 'ci' }]);
    expect(objectOf(manifests, 'RoleBinding', 'tenant-developer', 'shop-staging').roleRef).toEqual({
      apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'viridial:tenant-developer',
    });
  });

  test('have a role only in the environments it is for', () => {
    expect(subjects('shop-staging', 'admin')).toHaveLength(1);
    expect(objectsOf(manifests, 'RoleBinding').filter(({ metadata }) => metadata.namespace === 'shop-production').map(({ metadata }) => metadata.name))
      .toEqual(['tenant-deployer', 'tenant-developer', 'tenant-viewer']);
  });

  test('every role that is bound is there', () => {
    const roles = new Set(objectsOf(manifests, 'ClusterRole').map(({ metadata }) => metadata.name));
    for (const { roleRef } of objectsOf(manifests, 'RoleBinding')) expect(roles).toContain(roleRef.name);
  });

  test('nobody is bound for the whole cluster', () => {
    expect(objectsOf(manifests, 'ClusterRoleBinding')).toEqual([]);
  });
});

describe('deployers', () => {
  const { manifests } = shops().render(KUBEADM);

  test('are one for each namespace, bound there alone, and live where no tenant can write', () => {
    expect(objectOf(manifests, 'ServiceAccount', 'shop-staging', 'platform-deployers').automountServiceAccountToken).toBe(false);
    const bound = objectsOf(manifests, 'RoleBinding').filter(({ subjects }) => subjects.some((subject: any) => subject.name === 'shop-staging'));
    expect(bound.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)).toEqual(['shop-staging/tenant-deployer']);
    expect(objectsOf(manifests, 'RoleBinding').filter(({ metadata }) => metadata.namespace === 'platform-deployers')).toEqual([]);
  });

  test('live where no pod can run under them and no secret can hold their token', () => {
    expect(objectOf(manifests, 'ResourceQuota', 'budget', 'platform-deployers').spec.hard).toMatchObject({ pods: '0', secrets: '0', services: '0' });
  });
});
