import { Labels, Problems } from '@viridial/core';
import { ClusterTierProps } from './cluster-tier-props';
import { calicoTier } from './private/tier-calico';
import { collectDialect, collectTierLimits, collectTierProps } from './private/tier-checks';
import { ciliumTier } from './private/tier-cilium';
import { AWS, clusterNetworkPolicyTier, STANDARD } from './private/tier-cluster-network-policy';
import { TierDialect } from './private/tier-dialect';
import { TierMetadata, TierPolicy } from './private/tier-model';
import { closedNodePorts } from './private/tier-node-ports';
import { tierPolicies } from './private/tier-policies';

/**
 * What stays closed for the namespaces of a platform whatever their own network policies say: the instance metadata service
 * and other link-local addresses; what tenants have not agreed on between them; the ports of nodes. A tenant who gets an
 * allow-all policy past roles and admission opens none of it.
 *
 * It only ever closes. What it leaves alone is for the policies of the namespaces, so that it cannot replace these.
 */
export class ClusterTier {
  /**
   * Renders the tier in the language of the cluster: CiliumClusterwideNetworkPolicy, GlobalNetworkPolicy in a Tier of
   * Calico's, or ClusterNetworkPolicy. Empty where there is none and `withoutClusterTier` says that this is good enough.
   * @param props what is rendered
   * @throws InvalidInputError with everything that is wrong, or that the profile cannot express
   */
  public static render(props: ClusterTierProps): any[] {
    const problems = new Problems();
    const objects = ClusterTier.collect(problems, '', props);
    problems.throwIfErrors(`the cluster tier of platform ${props.platform}`);
    return objects;
  }

  /**
   * Renders like `render`, but adds what is wrong, and what is merely unwise, to `problems`.
   * @param problems where problems are collected
   * @param path property path of the props, for the paths of the problems; empty when they are the whole input
   * @param props what is rendered
   * @returns the objects; empty when an error was added
   */
  public static collect(problems: Problems, path: string, props: ClusterTierProps): any[] {
    const found = new Problems();
    const prefix = path === '' ? '' : `${path}.`;
    collectTierProps(found, prefix, props);
    const dialect = collectDialect(found, prefix, props);
    const nodePorts = dialect === undefined ? [] : closedNodePorts(found, prefix, props);
    const policies = found.errors.length > 0 || dialect === undefined ? [] : tierPolicies({
      platform: props.platform,
      profile: props.profile,
      namespaces: [...props.namespaces].sort((a, b) => a.namespace < b.namespace ? -1 : 1),
      tenants: new Map(props.namespaces.map(({ namespace, tenant }) => [namespace, tenant])),
      only: props.only && new Set(props.only),
      nodePorts,
    });
    collectTierLimits(found, prefix, props.profile, policies);
    for (const problem of found.all) problems.add(problem);
    return found.errors.length > 0 || dialect === undefined ? [] : write(dialect, policies, {
      platform: props.platform,
      part: props.only !== undefined,
      labels: { ...props.labels, [Labels.MANAGED_BY]: Labels.MANAGED_BY_VALUE, [Labels.MANAGED]: 'true', [Labels.PLATFORM]: props.platform },
    });
  }

  private constructor() {}
}

function write(dialect: TierDialect, policies: TierPolicy[], metadata: TierMetadata): any[] {
  switch (dialect) {
    case 'aws': return clusterNetworkPolicyTier(AWS, policies, metadata);
    case 'calico': return calicoTier(policies, metadata);
    case 'cilium': return ciliumTier(policies, metadata);
    case 'cluster-network-policy': return clusterNetworkPolicyTier(STANDARD, policies, metadata);
  }
}
