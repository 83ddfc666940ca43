import { AccessStatement, CanonicalYaml, Expectation, ExpectationKind, Manifests, PodSecurityLevel } from '@viridial/core';
import * as fc from 'fast-check';
import { Role, Tenancy, Tenant } from '../src';
import { reordered, tenancies } from './support/arbitraries';
import { shops, viridial } from './support/examples';
import { EKS, KUBEADM } from './support/grounds';
import { allows } from './support/rbac';

function bytes(tenancy: Tenancy): string {
  const { files, expectations } = tenancy.render(KUBEADM);
  const texts = Object.keys(files).sort().map((path) => `# ${path}\n${CanonicalYaml.stringifyAll(files[path])}`);
  return [...texts, JSON.stringify(expectations.map((expectation) => expectation.toJson()))].join('\n');
}

describe('any tenancy', () => {
  test('gives the same bytes whenever it is rendered, and in whatever order it is written', () => {
    fc.assert(fc.property(tenancies.chain((props) => fc.tuple(fc.constant(props), reordered(props))), ([props, other]) => {
      const text = bytes(new Tenancy(props));
      expect(bytes(new Tenancy(props))).toBe(text);
      expect(bytes(new Tenancy(other))).toBe(text);
    }), { numRuns: 60 });
  });

  test('loses no object and has none twice', () => {
    fc.assert(fc.property(tenancies, (props) => {
      const rendered = new Tenancy(props).render(KUBEADM);
      const inFiles = Object.values(rendered.files).flat();
      expect(Manifests.check(inFiles)).toEqual([]);
      expect(new Set(rendered.manifests.map(Manifests.identity))).toEqual(new Set(inFiles.map(Manifests.identity)));
      expect(rendered.manifests).toHaveLength(inFiles.length);
      expect(rendered.namespaces).toHaveLength(props.tenants.length * props.environments.length + props.sharedNamespaces!.length + 1);
    }), { numRuns: 60 });
  });

  test('has every object in a namespace that it makes, and a default deny in each', () => {
    fc.assert(fc.property(tenancies, (props) => {
      const { namespaces, manifests } = new Tenancy(props).render(KUBEADM);
      for (const { metadata } of manifests) expect(namespaces).toContain(metadata.namespace ?? namespaces[0]);
      const denied = manifests.filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'default-deny').map(({ metadata }) => metadata.namespace);
      expect([...denied].sort()).toEqual(namespaces);
    }), { numRuns: 40 });
  });

  test('keeps every promise of access that it makes', () => {
    fc.assert(fc.property(tenancies, (props) => {
      const { manifests, namespaces, expectations } = new Tenancy(props).render(KUBEADM);
      const broken = expectations.filter(({ access }) => access !== undefined).filter((expectation) => !keeps(manifests, namespaces, expectation));
      expect(broken.map((expectation) => expectation.toJson())).toEqual([]);
    }), { numRuns: 20 });
  });
});

/** Whether the bindings keep a promise of access, everywhere that it is about. */
function keeps(manifests: any[], namespaces: string[], { kind, access }: Expectation): boolean {
  const where = access!.exceptNamespaces === undefined
    ? [access!.namespace]
    : [undefined, ...namespaces.filter((namespace) => !access!.exceptNamespaces!.includes(namespace))];
  return where.every((namespace) => allows(manifests, access!, namespace) === (kind === ExpectationKind.MAY));
}

describe('promises', () => {
  function of(kind: ExpectationKind, tenancy: Tenancy = viridial(), ground = EKS): Expectation[] {
    return tenancy.render(ground).expectations.filter((expectation) => expectation.kind === kind);
  }

  test('every namespace is held to its level, in the version of the cluster', () => {
    expect(of(ExpectationKind.POD_SECURITY).map(({ podSecurityStatement: said }) => [said!.namespace, said!.level, said!.version])).toEqual([
      ['viridial-production', 'restricted', 'v1.35'], ['viridial-staging', 'restricted', 'v1.35'], ['viridial-monitoring', 'restricted', 'v1.35'], ['viridial-deployers', 'restricted', 'v1.35'],
    ]);
  });

  test('every namespace with bounds is bounded, and one without promises nothing', () => {
    expect(of(ExpectationKind.BOUNDED).map(({ boundedStatement }) => boundedStatement!.namespace)).toHaveLength(4);
    const open = new Tenancy({ environments: ['staging'], tenants: [new Tenant('shop', { bounded: false })] });
    expect(of(ExpectationKind.BOUNDED, open, KUBEADM).map(({ boundedStatement }) => boundedStatement!.namespace)).toEqual(['platform-deployers']);
  });

  test('every tenant reaches DNS', () => {
    const dns = of(ExpectationKind.REACHABLE).filter(({ flow }) => flow!.destination.podLabels?.['k8s-app'] === 'kube-dns');
    expect(dns.map(({ flow }) => flow!.source.namespace)).toEqual(['viridial-production', 'viridial-staging', 'viridial-monitoring']);
    expect(dns[0].flow!.ports).toEqual([{ port: 53, protocol: 'TCP' }, { port: 53, protocol: 'UDP' }]);
  });

  test('nobody reaches a namespace but itself, its peers, its ingress and the monitoring', () => {
    const isolated = of(ExpectationKind.UNREACHABLE, shops(), KUBEADM).filter(({ flow }) => flow!.source.exceptNamespaces !== undefined);
    expect(isolated.map(({ flow }) => [flow!.destination.namespace, flow!.source.exceptNamespaces])).toEqual([
      ['payments-production', ['payments-production', 'shop-production']], ['payments-staging', ['payments-staging', 'shop-staging']],
      ['shop-production', ['shop-production']], ['shop-staging', ['shop-staging']], ['platform-deployers', ['platform-deployers']],
    ]);
  });

  test('peers reach each other, and only in the direction that both named', () => {
    const flows = of(ExpectationKind.REACHABLE, shops(), KUBEADM).map(({ flow }) => `${flow!.source.namespace} to ${flow!.destination.namespace}`);
    expect(flows).toContain('shop-staging to payments-staging');
    expect(flows).not.toContain('payments-staging to shop-staging');
  });

  test('a member may what its role is for, in its namespaces, and nothing elsewhere', () => {
    const shop = (kind: ExpectationKind): AccessStatement[] => of(kind, shops(), KUBEADM).map(({ access }) => access!).filter(({ groups }) => groups?.[0] === 'shop');
    const may = shop(ExpectationKind.MAY).map(({ verb, resource, subresource, namespace }) => [verb, resource, subresource, namespace]);
    expect(may).toEqual(expect.arrayContaining(['shop-production', 'shop-staging'].flatMap((namespace) => [
      ['list', 'pods', undefined, namespace], ['create', 'deployments', undefined, namespace], ['create', 'pods', 'exec', namespace], ['delete', 'pods', undefined, namespace],
    ])));
    expect(new Set(may.map(([, , , namespace]) => namespace))).toEqual(new Set(['shop-production', 'shop-staging']));
    expect(shop(ExpectationKind.MAY_NOT)).toContainEqual(expect.objectContaining({ verb: 'get', resource: 'secrets', exceptNamespaces: ['shop-production', 'shop-staging'] }));
    expect(shop(ExpectationKind.MAY_NOT)).toContainEqual(expect.objectContaining({ verb: 'impersonate', resource: 'serviceaccounts', exceptNamespaces: [] }));
  });

  test('somebody with two roles is promised the stronger one, and not its opposite', () => {
    const members = [Role.viewer('group:shop'), Role.admin('group:shop', { environments: ['staging'] })];
    const { manifests, namespaces, expectations } = new Tenancy({ environments: ['staging', 'production'], tenants: [new Tenant('shop', { members })] }).render(KUBEADM);
    for (const expectation of expectations.filter(({ access }) => access !== undefined)) {
      expect([expectation.toJson(), keeps(manifests, namespaces, expectation)]).toEqual([expectation.toJson(), true]);
    }
    expect(expectations.filter(({ access }) => access?.namespace === 'shop-staging' && access.resource === 'secrets').map(({ kind }) => kind)).toContain('may');
  });

  test('a deployer may deliver into its own namespace and get no shell there', () => {
    const deployer = (kind: ExpectationKind): string[] => of(kind, shops(), KUBEADM).map(({ access }) => access!)
      .filter(({ serviceAccount, namespace }) => serviceAccount === 'platform-deployers/shop-staging' && namespace !== undefined)
      .map(({ verb, resource, subresource, namespace }) => `${verb} ${resource}${subresource ? `/${subresource}` : ''} in ${namespace}`);
    expect(deployer(ExpectationKind.MAY)).toEqual(expect.arrayContaining(['create deployments in shop-staging', 'patch secrets in shop-staging', 'update ingresses in shop-staging']));
    expect(deployer(ExpectationKind.MAY_NOT)).toEqual(['create pods/exec in shop-staging', 'create pods in shop-staging']);
  });

  test('a binding too many breaks one of them', () => {
    const { manifests, namespaces, expectations } = shops().render(KUBEADM);
    const [binding] = manifests.filter(({ kind, metadata }) => kind === 'RoleBinding' && metadata.name === 'tenant-developer');
    const foreign = { ...binding, metadata: { ...binding.metadata, namespace: 'payments-production' } };
    const promised = expectations.filter(({ access }) => access !== undefined);
    const broken = (objects: any[]): number => promised.filter((expectation) => !keeps(objects, namespaces, expectation)).length;
    expect(broken(manifests)).toBe(0);
    expect(broken([...manifests, foreign])).toBeGreaterThan(0);
  });

  test('are as many for each tenant however many there are', () => {
    const count = (tenants: number): number => new Tenancy({
      environments: ['staging'],
      tenants: Array.from({ length: tenants }, (_, index) => new Tenant(`t${index}`, { members: [Role.developer(`group:t${index}`)] })),
    }).render(KUBEADM).expectations.length;
    expect(count(40) - count(20)).toBe(count(60) - count(40));
  });

  test('of a lower level say the lower level', () => {
    const low = new Tenancy({ environments: ['staging'], tenants: [new Tenant('shop', { podSecurity: PodSecurityLevel.BASELINE })] });
    expect(of(ExpectationKind.POD_SECURITY, low, KUBEADM)[0].podSecurityStatement!.level).toBe('baseline');
  });
});
