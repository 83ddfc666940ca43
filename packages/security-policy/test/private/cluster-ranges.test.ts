import { Cni } from '@viridial/core';
import { clusterRanges } from '../../src/private/cluster-ranges';
import { eks, profile } from '../support/profiles';

test('pods have addresses of their own unless they share subnets with nodes', () => {
  expect(clusterRanges(profile(Cni.CALICO)).dedicatedPods).toBe(true);
  expect(clusterRanges(eks()).dedicatedPods).toBe(false);
});

test('pods speak the IP versions of their range, or else of the services, or else perhaps both', () => {
  expect(clusterRanges(profile(Cni.CALICO)).versions).toEqual([4]);
  expect(clusterRanges(profile(Cni.CALICO, { podCidrs: ['10.244.0.0/16', 'fd01::/48'] })).versions).toEqual([4, 6]);
  expect(clusterRanges(profile(Cni.CALICO, { podCidrs: [], serviceCidrs: ['fd02::/112'] })).versions).toEqual([6]);
  expect(clusterRanges(profile(Cni.CALICO, { podCidrs: [], serviceCidrs: [] })).versions).toEqual([4, 6]);
});

test('node-local DNS answers at its address and at that of the DNS service of the same IP version', () => {
  const addresses = (more: object): string[] => clusterRanges(profile(Cni.CALICO, { nodeLocalDns: '169.254.20.10', ...more })).nodeLocalDns.map(String);
  expect(addresses({})).toEqual(['169.254.20.10/32', '10.96.0.10/32']);
  expect(addresses({ serviceCidrs: ['fd02::/112'] })).toEqual(['169.254.20.10/32']);
  expect(addresses({ serviceCidrs: ['10.96.0.0/29'] })).toEqual(['169.254.20.10/32']);
  expect(clusterRanges(profile(Cni.CALICO)).nodeLocalDns).toEqual([]);
});

test('a profile is read once', () => {
  const ground = eks();
  expect(clusterRanges(ground)).toBe(clusterRanges(ground));
});
