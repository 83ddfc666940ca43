import { ClusterProfile, Problems } from '@viridial/core';
import { isCniFrom } from './cni-version';
import { PlacedRule } from './rule';

/** Rules that a Cilium of the profile's version would misread: `endPort` came with 1.16, and an older one reads the first port alone. */
export function collectCiliumLimits(problems: Problems, profile: ClusterProfile, rules: PlacedRule[]): void {
  if (profile.cniVersion === undefined || isCniFrom(profile, 1, 16)) return;
  for (const rule of rules) {
    if (rule.entities === undefined || !rule.ports?.some(({ port }) => port === undefined)) continue;
    problems.error({
      code: 'FlowNotExpressible',
      path: rule.path,
      message: `cilium ${profile.cniVersion} has no ranges of ports, which a flow for every port of a protocol needs`,
      value: profile.cniVersion,
      allowed: 'cilium from 1.16',
      cure: 'name the ports of the flow, or upgrade cilium',
    });
  }
}
