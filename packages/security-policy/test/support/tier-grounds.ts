import { ClusterProfile, Cni } from '@viridial/core';
import { eks, profile } from './profiles';

/** One cluster for each language that a cluster tier is written in. */
export const TIER_GROUNDS: [string, ClusterProfile][] = [
  ['cilium', profile(Cni.CILIUM, { cniVersion: '1.18.0' })],
  ['calico', profile(Cni.CALICO, { cniVersion: '3.31.0' })],
  ['calico with ClusterNetworkPolicy', profile(Cni.CALICO, { cniVersion: '3.32.0' })],
  ['vpc-cni', eks({ cniVersion: '1.21.1' })],
];

/** Clusters without any. */
export const GROUNDS_WITHOUT_TIER: [string, ClusterProfile][] = [
  ['kube-router', profile(Cni.KUBE_ROUTER, { cniVersion: '2.5.0' })],
  ['calico before tiers', profile(Cni.CALICO, { cniVersion: '3.29.3' })],
  ['calico of a version that nobody named', profile(Cni.CALICO)],
  ['cilium before ranges of ports', profile(Cni.CILIUM, { cniVersion: '1.15.0' })],
  ['vpc-cni before ClusterNetworkPolicy', eks({ cniVersion: '1.20.4' })],
];
