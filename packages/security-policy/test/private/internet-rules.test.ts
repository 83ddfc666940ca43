import { ClusterProfile, Cni } from '@viridial/core';
import { Flow, NetworkPolicies } from '../../src';
import { lets } from '../support/one-side';
import { eks, GROUNDS, profile } from '../support/profiles';
import { refused } from '../support/refused';

function render(flows: Flow[], ground: ClusterProfile = profile(Cni.CALICO)): any[] {
  return NetworkPolicies.render({ namespace: 'shop-staging', flows, profile: ground });
}

function calls(policies: any[], address: string, port = 443): boolean {
  return lets(policies, { into: false, other: { address }, port, protocol: 'TCP' });
}

test.each(GROUNDS)('on %s the internet is open and the metadata service, the cluster and private networks are not', (_, ground) => {
  const policies = render([Flow.internet()], ground);
  expect(calls(policies, '198.51.100.7')).toBe(true);
  for (const closed of ['169.254.169.254', '10.1.2.3', '172.16.0.1', '192.168.1.1', '100.64.0.1']) expect([closed, calls(policies, closed)]).toEqual([closed, false]);
  for (const cidr of [...ground.nodeCidrs, ...ground.podCidrs, ...ground.serviceCidrs]) expect(calls(policies, cidr.split('/')[0])).toBe(false);
  expect(lets(policies, { into: true, other: { address: '198.51.100.7' }, port: 443, protocol: 'TCP' })).toBe(false);
});

test('the same exceptions are written for every cluster with private addresses', () => {
  const blocks = GROUNDS.map(([, ground]) => JSON.stringify(render([Flow.internet()], ground)[1].spec));
  expect(new Set(blocks).size).toBe(1);
  expect(render([Flow.internet()])[1].spec.egress).toEqual([{
    to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] } }],
  }]);
});

test('private networks are open when asked, the cluster and the metadata service still not', () => {
  const policies = render([Flow.internet({ privateNetworks: true })]);
  expect(calls(policies, '172.31.0.1')).toBe(true);
  expect(calls(policies, '10.1.2.3')).toBe(true);
  for (const closed of ['169.254.169.254', '192.168.10.20', '10.244.3.4', '10.96.0.1']) expect([closed, calls(policies, closed)]).toEqual([closed, false]);
});

test('public addresses of nodes stay closed too', () => {
  expect(calls(render([Flow.internet()], profile(Cni.CALICO, { nodeCidrs: ['198.51.100.0/29'] })), '198.51.100.3')).toBe(false);
});

test('exceptions and ports of the caller are kept', () => {
  const policies = render([Flow.internet({ except: ['203.0.113.0/24'], ports: [{ port: 443 }] })]);
  expect(calls(policies, '203.0.113.9')).toBe(false);
  expect(calls(policies, '198.51.100.7')).toBe(true);
  expect(calls(policies, '198.51.100.7', 80)).toBe(false);
});

test('a cluster of both IP versions gets a block for each, with the metadata address of EC2 closed in the second', () => {
  const dual = profile(Cni.CALICO, { podCidrs: ['10.244.0.0/16', '2001:db8:1::/48'], serviceCidrs: ['10.96.0.0/12', '2001:db8:2::/112'] });
  const policies = render([Flow.internet({ privateNetworks: true })], dual);
  expect(calls(policies, '2001:db8:3::1')).toBe(true);
  for (const closed of ['fd00:ec2::254', 'fe80::1', '2001:db8:1::7', '2001:db8:2::1']) expect([closed, calls(policies, closed)]).toEqual([closed, false]);
  expect(calls(render([Flow.internet()], dual), 'fd12::1')).toBe(false);
});

test('an IPv4 cluster gets no IPv6 block, which the VPC CNI could not read', () => {
  expect(JSON.stringify(render([Flow.internet()], eks()))).not.toContain('::');
});

test('an exception that is no block, or that is everything, is refused', () => {
  const problems = refused(() => render([Flow.internet({ except: ['203.0.113.0/33', '0.0.0.0/0'] })]));
  expect(problems.map((problem) => problem.path)).toEqual(['flows[0].except[0]', 'flows[0].except[1]']);
  expect(problems[1]).toMatchObject({ code: 'NothingLeft', message: '0.0.0.0/0 takes everything out of the flow' });
});
