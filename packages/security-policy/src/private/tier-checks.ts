import { Cidr, ClusterProfile, Cni, KubernetesName, Problems } from '@viridial/core';
import { ClusterTierProps } from '../cluster-tier-props';
import { BlocksTogether } from './blocks-together';
import { collectFlowNames } from './flow-names';
import { portsOf } from './ports';
import { dialectOf, TierDialect, whatIsMissing } from './tier-dialect';
import { TierPolicy } from './tier-model';

/** Port and protocol pairs for one address that the VPC CNI's agent holds (`MAX_PORT_PROTOCOL` of its eBPF programs). */
const MOST_PORTS = 24;

/** Everything that can be wrong with what the tier is made from. */
export function collectTierProps(problems: Problems, path: string, { platform, profile, namespaces, labels = {} }: ClusterTierProps): void {
  KubernetesName.collectDnsLabel(problems, `${path}platform`, platform, 'platform name');
  for (const [key, value] of Object.entries(labels)) {
    KubernetesName.collectLabelKey(problems, `${path}labels.${key}`, key, 'label key');
    KubernetesName.collectLabelValue(problems, `${path}labels.${key}`, value, `value of label ${key}`);
  }
  const together = new BlocksTogether([]);
  const seen = new Set<string>();
  namespaces.forEach(({ namespace, tenant, flows }, index) => {
    const at = `${path}namespaces[${index}]`;
    KubernetesName.collectDnsLabel(problems, `${at}.namespace`, namespace, 'namespace name');
    if (tenant !== undefined) KubernetesName.collectDnsLabel(problems, `${at}.tenant`, tenant, 'tenant name');
    if (seen.has(namespace)) {
      problems.error({ code: 'DuplicateNamespace', path: `${at}.namespace`, message: `namespace ${namespace} is there twice`, value: namespace, cure: 'name it once, with all of its flows' });
    }
    seen.add(namespace);
    flows.forEach((flow, position) => {
      const flowPath = `${at}.flows[${position}]`;
      collectFlowNames(problems, flowPath, flow);
      portsOf({ flow, profile, problems, path: flowPath, together });
      if (flow.cidr !== undefined) Cidr.collect(problems, `${flowPath}.cidr`, flow.cidr);
    });
  });
}

/** The language of the tier; nothing when the cluster has none, which is an error unless somebody said why that is good enough. */
export function collectDialect(problems: Problems, path: string, props: ClusterTierProps): TierDialect | undefined {
  const { profile, withoutClusterTier } = props;
  const dialect = dialectOf(profile);
  if (dialect !== undefined || withoutClusterTier?.trim()) return dialect;
  problems.error({
    code: 'NoClusterTier',
    path: `${path}profile.${profile.cni === Cni.KUBE_ROUTER ? 'cni' : 'cniVersion'}`,
    message: `${profile.name} has no policies that a namespace cannot override: ${profile.cni} ${profile.cniVersion ?? 'of a version that the profile does not name'}`,
    value: profile.cniVersion ?? profile.cni,
    allowed: whatIsMissing(profile.cni),
    cure: 'name a version that has them, or say in withoutClusterTier why roles and admission alone are good enough',
  });
  return undefined;
}

/** What the agent of the VPC CNI drops without a word: more ports for one peer than it holds. */
export function collectTierLimits(problems: Problems, path: string, profile: ClusterProfile, policies: TierPolicy[]): void {
  if (profile.cni !== Cni.VPC_CNI) return;
  for (const { name, closings } of policies) {
    for (const { direction, peer, ports = [] } of closings) {
      if (ports.length <= MOST_PORTS) continue;
      problems.error({
        code: 'TooManyPorts',
        path: `${path}namespaces`,
        message: `${name} has to close ${ports.length} ranges of ports for ${direction} with ${(peer.namespaces?.names ?? ['other tenants']).join(', ')}`,
        value: ports.length,
        allowed: `at most ${MOST_PORTS} for one peer and direction`,
        cure: 'name fewer ports between these namespaces, or ports that follow each other',
      });
    }
  }
}
