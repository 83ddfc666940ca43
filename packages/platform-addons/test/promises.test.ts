import { ClusterProfile, Cni } from '@viridial/core';
import { Proof } from '@viridial/proof';
import { Role, Tenancy, Tenant, TenantProps } from '@viridial/tenancy';
import * as fc from 'fast-check';

const base = {
  version: '1.36', nodeCidrs: ['192.168.10.0/24'], apiServerCidrs: ['192.168.10.11/32'], ingress: { className: 'traefik', namespace: 'traefik' },
};

const GROUNDS: { [name: string]: ClusterProfile } = {
  'EKS': ClusterProfile.eks({
    version: '1.35', nodeCidrs: ['10.0.10.0/24', '10.0.20.0/24'], apiServerCidrs: ['10.0.10.0/24'], ingress: { className: 'alb', sourceCidrs: ['10.0.1.0/24'] },
  }),
  'kubeadm with Calico and node-local DNS': ClusterProfile.kubeadm({ ...base, cni: Cni.CALICO, nodeLocalDns: '169.254.20.10' }),
  'kubeadm with Cilium': ClusterProfile.kubeadm({ ...base, cni: Cni.CILIUM }),
  'k3s with ingress on the host network': ClusterProfile.k3s({ ...base, ingress: { className: 'traefik', hostNetwork: true } }),
};

const NAMES = ['shop', 'payments', 'search', 'mail'];
const role = fc.constantFrom('viewer' as const, 'developer' as const, 'admin' as const);

/** A tenancy in which every pair that talks has agreed to. */
const tenancies = fc.record({
  environments: fc.shuffledSubarray(['dev', 'staging', 'production'], { minLength: 1 }),
  tenants: fc.shuffledSubarray(NAMES, { minLength: 1 }),
  peers: fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES)), { maxLength: 4 }),
  roles: fc.array(role, { minLength: 4, maxLength: 4 }),
  internet: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  shared: fc.boolean(),
}).map(({ environments, tenants, peers, roles, internet, shared }) => {
  const agreed = peers.filter(([from, to]) => from !== to && tenants.includes(from) && tenants.includes(to));
  const props = (name: string): TenantProps => {
    const at = NAMES.indexOf(name);
    return {
      budget: { cpu: '12', memory: '24Gi' },
      members: [Role[roles[at]](`group:${name}`)],
      talksTo: [...new Set(agreed.filter(([from]) => from === name).map(([, to]) => to))],
      acceptsFrom: [...new Set(agreed.filter(([, to]) => to === name).map(([from]) => from))],
      ...(internet[at] ? { internet: { ports: [{ port: 443 }] } } : {}),
      ingressHosts: [`${name}.example.com`],
    };
  };
  return new Tenancy({
    name: 'platform', environments, tenants: tenants.map((name) => new Tenant(name, props(name))), ...(shared ? { sharedNamespaces: ['monitoring'] } : {}),
  });
});

test.each(Object.keys(GROUNDS))('whatever tenancy is rendered for %s keeps what it promises, and nothing in it is wrong in itself', (ground) => {
  const profile = GROUNDS[ground];
  fc.assert(fc.property(tenancies, (tenancy) => {
    const { manifests, expectations } = tenancy.render(profile);
    expect(Proof.of(manifests, { profile, expectations }).report().findings).toEqual([]);
  }), { numRuns: 25 });
});

type Mutant = { readonly name: string; readonly manifests: any[] };

/** Every way to weaken a rendered tenancy by one step of a kind. */
function mutants(manifests: any[]): Mutant[] {
  const change = (index: number, name: string, mutate: (object: any) => void): Mutant => {
    const copy = structuredClone(manifests);
    mutate(copy[index]);
    return { name: `${name} of ${manifests[index].kind} ${manifests[index].metadata.namespace ?? ''}/${manifests[index].metadata.name}`, manifests: copy };
  };
  return manifests.flatMap((object, index): Mutant[] => {
    switch (object.kind) {
      case 'Namespace': return [
        change(index, 'enforcement', (copy) => delete copy.metadata.labels['pod-security.kubernetes.io/enforce']),
        change(index, 'pinned version', (copy) => { copy.metadata.labels['pod-security.kubernetes.io/enforce-version'] = 'latest'; }),
        change(index, 'level', (copy) => { copy.metadata.labels['pod-security.kubernetes.io/enforce'] = 'privileged'; }),
      ];
      case 'ResourceQuota': case 'LimitRange':
        return [{ name: `removal of ${object.kind} ${object.metadata.namespace}`, manifests: manifests.filter((_, i) => i !== index) }];
      case 'ClusterRole': return [
        change(index, 'verbs', (copy) => { copy.rules[0].verbs = ['*']; }),
        change(index, 'impersonation', (copy) => copy.rules.push({ apiGroups: [''], resources: ['serviceaccounts'], verbs: ['impersonate'] })),
      ];
      case 'RoleBinding': return [
        change(index, 'subjects', (copy) => copy.subjects.push({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'system:authenticated' })),
      ];
      case 'NetworkPolicy': return object.metadata.name !== 'allow-ingress' ? [] : [
        change(index, 'sources', (copy) => { for (const rule of copy.spec.ingress) delete rule.from; }),
      ];
      default: return [];
    }
  });
}

test('every weakening of labels, bounds, roles, bindings and ingress is found, and the finding names an object', () => {
  const profile = GROUNDS.EKS;
  const tenancy = new Tenancy({
    environments: ['staging', 'production'],
    tenants: [
      new Tenant('shop', { budget: { cpu: '8', memory: '16Gi' }, members: [Role.developer('group:shop'), Role.viewer('group:audit'), Role.admin('group:lead')], talksTo: ['payments'], ingressHosts: ['shop.example.com'] }),
      new Tenant('payments', { budget: { cpu: '4', memory: '8Gi' }, acceptsFrom: ['shop'] }),
    ],
  });
  const { manifests, expectations } = tenancy.render(profile);
  const all = mutants(manifests);
  const missed = all.filter((mutant) => Proof.of(mutant.manifests, { profile, expectations }).report().findings.every(({ object }) => !object));
  expect(all.length).toBeGreaterThan(30);
  expect(missed.map(({ name }) => name)).toEqual([]);
});
