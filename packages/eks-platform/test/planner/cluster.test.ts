import { Cidr, Problems } from '@viridial/core';
import * as fc from 'fast-check';
import { Access, AccessOptions } from '../../src/access';
import { EksPlatformProps } from '../../src/eks-platform-props';
import { planCluster } from '../../src/planner/cluster';
import { props } from '../fixtures/platform';

const administrators = ['Administrator'];

function plan(changes: Partial<EksPlatformProps> = {}) {
  const problems = new Problems();
  const cluster = planCluster(problems, 'production', props({ access: Access.of({ administrators }), ...changes }));
  return { cluster, lines: problems.all.map((problem) => problem.toString()), codes: problems.all.map((problem) => problem.code) };
}

const access = (options: AccessOptions) => ({ access: Access.of({ administrators, ...options }) });

test('a cluster is closed, encrypted, logged and protected when nothing is said', () => {
  expect(plan()).toEqual({
    lines: [],
    codes: [],
    cluster: {
      name: 'dpj-prod-cluster',
      version: '1.35',
      support: 'STANDARD',
      endpointPrivate: true,
      endpointPublic: false,
      publicCidrs: [],
      authenticationMode: 'API',
      administrators: ['Administrator'],
      viewers: [],
      logTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
      logRetentionDays: 90,
      secretsEncrypted: true,
      deletionProtection: true,
      zonalShift: true,
      nodeRepair: true,
      updateMaxUnavailablePercentage: 33,
      metadataHopLimit: 1,
    },
  });
});

test('the name of a cluster is that of the platform and the id, unless it is given', () => {
  expect(plan({ clusterName: undefined }).cluster.name).toBe('viridial-production');
});

test('a name that labels cannot hold is an error', () => {
  expect(plan({ clusterName: 'DPJ_prod' }).lines[0]).toContain("'DPJ_prod'");
});

test('a public endpoint without a list of addresses is an error, because EKS would open it to all', () => {
  expect(plan(access({ publicEndpointCidrs: [] })).lines).toEqual([
    'access.publicEndpointCidrs: the public endpoint has no list of source addresses, which EKS takes for the whole internet (PublicEndpointWithoutCidrs); '
    + 'allowed: at least one block, such as 203.0.113.7/32; cure: list the addresses of the people who administer, or leave publicEndpointCidrs out',
  ]);
});

test('the whole internet is not a list of addresses', () => {
  expect(plan(access({ publicEndpointCidrs: ['203.0.113.7/32', '0.0.0.0/0'] })).lines).toEqual([
    'access.publicEndpointCidrs[1]: 0.0.0.0/0 opens the API server to the whole internet (PublicEndpointOpenToAll); '
    + 'allowed: blocks from which administrators come, /8 or smaller; cure: list their addresses',
  ]);
  expect(plan(access({ publicEndpointCidrs: ['0.0.0.0/1', '128.0.0.0/1'] })).codes).toEqual(['PublicEndpointOpenToAll', 'PublicEndpointOpenToAll']);
});

test('a list of addresses opens the endpoint for them, summarised, and leaves the private one open', () => {
  const { cluster, codes } = plan(access({ publicEndpointCidrs: ['203.0.113.128/25', '198.51.100.7/32', '203.0.113.0/25'] }));
  expect(codes).toEqual([]);
  expect(cluster).toMatchObject({ endpointPrivate: true, endpointPublic: true, publicCidrs: ['198.51.100.7/32', '203.0.113.0/24'] });
});

test('an IPv6 block is refused, because EKS takes IPv4', () => {
  expect(plan(access({ publicEndpointCidrs: ['2001:db8::/32'] })).lines).toHaveLength(1);
});

test('without an administrator nobody can use kubectl, which is a warning', () => {
  expect(plan({ access: undefined }).lines).toEqual([
    'access.administrators: no IAM role administers the cluster: nobody can use kubectl until an access entry is added by hand (NoAdministrators); '
    + "cure: set access: Access.of({ administrators: ['name-of-a-role'] })",
  ]);
});

test.each(['arn:aws:iam::123456789012:root', 'arn:aws:iam::123456789012:user/alice', 'arn:aws:iam::1234:role/x', '', 'role name'])("'%s' is no role", (role) => {
  expect(plan(access({ administrators: [role] })).codes).toEqual(['NotARole']);
});

test.each(['Administrator', 'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_1', 'arn:aws:iam::123456789012:role/Administrator', 'arn:aws-us-gov:iam::123456789012:role/a/b'])('%s is a role', (role) => {
  expect(plan(access({ administrators: [role] })).codes).toEqual([]);
});

test('a role that is listed twice is an error', () => {
  expect(plan(access({ administrators: ['a', 'a'] })).codes).toEqual(['DuplicateRole']);
  expect(plan(access({ administrators: ['a'], viewers: ['a'] })).codes).toEqual(['DuplicateRole']);
});

test('a retention that CloudWatch does not know is an error that lists those it knows', () => {
  expect(plan({ logRetentionDays: 45 }).lines[0]).toContain('logRetentionDays: CloudWatch Logs does not know a retention of 45 days (RetentionNotAllowed); allowed: 1, 3, 5, 7, 14, 30, 60, 90,');
});

test('data that nobody misses is not protected', () => {
  expect(plan({ keepData: false }).cluster.deletionProtection).toBe(false);
});

test('whatever is listed, the public endpoint opens for exactly that and for nobody else', () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const block = fc.tuple(octet, octet, octet, octet, fc.integer({ min: 8, max: 32 }))
    .map(([a, b, c, d, prefix]) => Cidr.parse(`${a}.${b}.${c}.${d}/${prefix}`, { allowHostBits: true }).toString());
  fc.assert(fc.property(fc.array(block, { minLength: 1, maxLength: 8 }), (publicEndpointCidrs) => {
    const { cluster, codes } = plan(access({ publicEndpointCidrs }));
    expect(codes).toEqual([]);
    const [listed, open] = [publicEndpointCidrs, cluster.publicCidrs].map((cidrs) => cidrs.map((cidr) => Cidr.parse(cidr)));
    expect(Cidr.difference(open, listed)).toEqual([]);
    expect(Cidr.difference(listed, open)).toEqual([]);
  }));
});

test('the order of roles does not matter', () => {
  fc.assert(fc.property(fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 }), (roles) => {
    expect(plan(access({ administrators: roles.slice(0, 2), viewers: roles.slice(2) })).codes).toEqual([]);
    expect(plan(access({ administrators: roles })).cluster.administrators).toEqual(['a', 'b', 'c', 'd']);
  }));
});
