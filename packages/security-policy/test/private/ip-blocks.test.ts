import { ClusterProfile, Cni, Problems } from '@viridial/core';
import { Flow, NetworkPolicies } from '../../src';
import { lets } from '../support/one-side';
import { eks, profile } from '../support/profiles';
import { codes, refused } from '../support/refused';

function collect(flows: Flow[], ground: ClusterProfile = profile(Cni.CALICO)): { policies: any[]; problems: Problems } {
  const problems = new Problems();
  return { policies: NetworkPolicies.collect(problems, 'flows', { namespace: 'shop-staging', flows, profile: ground }), problems };
}

function problemsOf(flows: Flow[], ground?: ClusterProfile): string[] {
  return codes(collect(flows, ground).problems.all);
}

test('an address outside the cluster is opened as it is', () => {
  const { policies, problems } = collect([Flow.cidrOut({ cidr: '203.0.113.0/24', ports: [{ port: 5432 }] })]);
  expect(problems.all).toEqual([]);
  expect(policies[1]).toMatchObject({
    metadata: { name: 'allow-to-cidr-203.0.113.0-24' },
    spec: { policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ protocol: 'TCP', port: 5432 }] }] },
  });
});

test('an IPv6 block makes a valid object name', () => {
  const dual = profile(Cni.CALICO, { podCidrs: ['10.244.0.0/16', 'fd01::/48'] });
  expect(collect([Flow.cidrIn({ cidr: '2001:db8::/32' })], dual).policies[1].metadata.name).toBe('allow-from-cidr-2001-db8---32');
});

test('the whole internet as a block is refused for egress, with the flow that means it', () => {
  const [problem] = refused(() => NetworkPolicies.render({ namespace: 'shop-staging', flows: [Flow.cidrOut({ cidr: '0.0.0.0/0' })], profile: profile(Cni.CALICO) }));
  expect(problem).toMatchObject({ code: 'InternetAsCidr', cure: expect.stringContaining('Flow.internet()') });
});

test('the whole internet may call, but not as a pod of the cluster or a link-local address', () => {
  const { policies, problems } = collect([Flow.cidrIn({ cidr: '0.0.0.0/0', ports: [{ port: 8443 }] })]);
  expect(problems.all).toEqual([]);
  const calls = (address: string): boolean => lets(policies, { into: true, other: { address }, port: 8443, protocol: 'TCP' });
  expect([calls('198.51.100.7'), calls('10.244.1.1'), calls('169.254.1.1')]).toEqual([true, false, false]);
});

test('a block of an IP version that no pod speaks is refused', () => {
  expect(problemsOf([Flow.cidrOut({ cidr: '2001:db8::/32' })])).toEqual(['FlowNotExpressible']);
});

describe('the metadata service', () => {
  test('is refused when a block holds it and nobody said so', () => {
    expect(problemsOf([Flow.cidrOut({ cidr: '169.254.169.254/32' })])).toEqual(['MetadataExposed']);
    expect(problemsOf([Flow.cidrOut({ cidr: '169.254.0.0/16' })])).toEqual(['MetadataExposed']);
  });

  test('is taken out of a wider block', () => {
    const { policies, problems } = collect([Flow.cidrOut({ cidr: '169.0.0.0/8' })]);
    expect(problems.all).toEqual([]);
    expect(policies[1].spec.egress[0].to).toEqual([{ ipBlock: { cidr: '169.0.0.0/8', except: ['169.254.0.0/16'] } }]);
  });

  test('is opened by the property that is named after it', () => {
    expect(problemsOf([Flow.cidrOut({ cidr: '169.254.169.254/32', instanceMetadata: true })])).toEqual([]);
  });

  test('does not keep its neighbours closed: the EKS pod identity agent has a link-local address too', () => {
    expect(problemsOf([Flow.cidrOut({ cidr: '169.254.170.23/32', ports: [{ port: 80 }] })], eks())).toEqual([]);
  });

  test('stays closed in a namespace that denies it, whoever asks', () => {
    const opened = Flow.cidrOut({ cidr: '169.254.169.254/32', instanceMetadata: true });
    expect(problemsOf([opened, Flow.metadataDeny()])).toEqual(['MetadataReopened']);
    expect(problemsOf([Flow.internet(), Flow.dns(), Flow.metadataDeny()])).toEqual([]);
  });

  test('denying it adds no object, because policies cannot take away', () => {
    expect(collect([Flow.metadataDeny()]).policies).toHaveLength(1);
  });
});

describe('addresses of pods', () => {
  test('are refused as a block where pods have a range of their own', () => {
    const [problem] = collect([Flow.cidrIn({ cidr: '10.244.3.0/24' })]).problems.all;
    expect(problem).toMatchObject({ severity: 'error', code: 'CidrCoversPods', cure: expect.stringContaining('Flow.namespaceIn()') });
    expect(problemsOf([Flow.cidrIn({ cidr: '10.244.0.0/16' })], profile(Cni.CILIUM))).toEqual(['CidrCoversPods']);
  });

  test('are taken out of a wider block where pods have a range of their own', () => {
    const { policies } = collect([Flow.cidrOut({ cidr: '10.0.0.0/8' })]);
    expect(policies[1].spec.egress[0].to).toEqual([{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.244.0.0/16'] } }]);
  });

  test('are warned of where they share subnets with databases, which can be meant', () => {
    const { policies, problems } = collect([Flow.cidrOut({ cidr: '10.0.10.0/24' })], eks());
    expect(problems.all.map((problem) => [problem.severity, problem.code])).toEqual([['warning', 'CidrCoversPods']]);
    expect(policies[1].spec.egress[0].to).toEqual([{ ipBlock: { cidr: '10.0.10.0/24' } }]);
  });

  test('never come in with the whole internet, even where they share subnets', () => {
    const { policies, problems } = collect([Flow.cidrIn({ cidr: '0.0.0.0/0' })], eks());
    expect(problems.all).toEqual([]);
    expect(lets(policies, { into: true, other: { address: '10.0.10.7' }, port: 80, protocol: 'TCP' })).toBe(false);
  });
});
