import { Cidr, IpVersion, Labels } from '@viridial/core';
import { PortSpan } from './port-spans';
import { Direction } from './rule';
import { objectMetadata } from './tier-metadata';
import { NamespaceChoice, TierClosing, TierMetadata, TierPeer, TierPolicy } from './tier-model';

/** Before the tiers of ClusterNetworkPolicy (1,000) and of the policies of namespaces (1,000,000). */
const TIER_ORDER = 100;

/**
 * The tier as a Tier of Calico and GlobalNetworkPolicies in it. A tier decides before those after it; what no rule of it
 * denies goes on to the next one, because its `defaultAction` is `Pass` and not the usual `Deny`
 * (https://docs.tigera.io/calico/latest/reference/resources/tier). Names start with the name of the tier, as Calico asks.
 */
export function calicoTier(policies: TierPolicy[], metadata: TierMetadata): any[] {
  const tier = `${metadata.platform}-tenants`;
  return [
    ...(metadata.part ? [] : [{
      apiVersion: 'projectcalico.org/v3',
      kind: 'Tier',
      metadata: objectMetadata(tier, `what no namespace of ${metadata.platform} can override`, metadata),
      spec: { order: TIER_ORDER, defaultAction: 'Pass' },
    }]),
    ...policies.map((policy) => {
      const ingress = rules(policy.closings, 'ingress');
      const egress = rules(policy.closings, 'egress');
      return {
        apiVersion: 'projectcalico.org/v3',
        kind: 'GlobalNetworkPolicy',
        metadata: objectMetadata(`${tier}.${policy.name}`, policy.reason, metadata),
        spec: {
          tier,
          order: policy.priority,
          namespaceSelector: selector(policy.subject),
          types: [...(ingress.length > 0 ? ['Ingress'] : []), ...(egress.length > 0 ? ['Egress'] : [])],
          ...(ingress.length > 0 ? { ingress } : {}),
          ...(egress.length > 0 ? { egress } : {}),
        },
      };
    }),
  ];
}

function rules(closings: TierClosing[], direction: Direction): any[] {
  return closings.filter((closing) => closing.direction === direction).flatMap(({ peer, ports }) => partiesOf(peer).flatMap((party): any[] => {
    const side = direction === 'ingress' ? { source: party } : { destination: party };
    if (ports === undefined) return [{ action: 'Deny', ...side }];
    return [...new Set(ports.map(({ protocol }) => protocol))].map((protocol) => {
      const own = ports.filter((span) => span.protocol === protocol).map(portText);
      return { action: 'Deny', protocol, ...side, destination: { ...(direction === 'egress' ? party : {}), ports: own } };
    });
  }));
}

/**
 * Blocks of the two IP versions go into rules of their own: Felix writes a rule for each version, and not at all for one
 * of which it has no block in some list (projectcalico/calico felix/rules/policy.go `FilterRuleToIPVersion`).
 */
function partiesOf({ namespaces, addresses, nodes }: TierPeer): any[] {
  if (namespaces) return [{ namespaceSelector: selector(namespaces) }];
  const blocks = nodes ? nodes.map((block) => ({ block, except: [] })) : addresses!;
  return [IpVersion.IPV4, IpVersion.IPV6].flatMap((version) => {
    const same = blocks.filter(({ block }) => block.version === version);
    const except = same.flatMap((closed): Cidr[] => closed.except);
    if (same.length === 0) return [];
    return [{
      nets: same.map(({ block }) => block.toString()),
      ...(except.length > 0 ? { notNets: except.map((block) => block.toString()) } : {}),
    }];
  });
}

function portText({ from, to }: PortSpan): number | string {
  return from === to ? from : `${from}:${to}`;
}

/** Namespaces in Calico's language of selectors (https://docs.tigera.io/calico/latest/reference/resources/globalnetworkpolicy#selectors). */
function selector({ platform, otherTenantsThan, names, exceptNames }: NamespaceChoice): string {
  const set = (values: string[]): string => `{${values.map((value) => `'${value}'`).join(', ')}}`;
  return [
    ...(platform === undefined ? [] : [`${Labels.PLATFORM} == '${platform}'`]),
    ...(otherTenantsThan === undefined ? [] : [`has(${Labels.TENANT})`, `${Labels.TENANT} != '${otherTenantsThan}'`]),
    ...(names === undefined ? [] : [`${Labels.NAMESPACE_NAME} in ${set(names)}`]),
    ...(exceptNames === undefined ? [] : [`${Labels.NAMESPACE_NAME} not in ${set(exceptNames)}`]),
  ].join(' && ');
}
