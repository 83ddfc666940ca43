import { Labels } from '@viridial/core';
import { ciliumPort, inEntries } from './cilium-ports';
import { API_SERVER, NODES } from './cilium-rules';
import { objectMetadata } from './tier-metadata';
import { NamespaceChoice, TierClosing, TierMetadata, TierPolicy } from './tier-model';

const NAMESPACE = 'k8s:io.kubernetes.pod.namespace';
const NAMESPACE_LABEL = 'k8s:io.cilium.k8s.namespace.labels.';

/**
 * The tier as CiliumClusterwideNetworkPolicies. A deny wins over every allow, of whatever policy
 * (https://docs.cilium.io/en/stable/security/policy/deny/). Any policy that selects a pod would close the rest of its
 * direction too, which `enableDefaultDeny: false` keeps it from: what is not denied is for the policies of the namespace.
 */
export function ciliumTier(policies: TierPolicy[], metadata: TierMetadata): any[] {
  return policies.map((policy) => ({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumClusterwideNetworkPolicy',
    metadata: objectMetadata(`${metadata.platform}-${policy.name}`, policy.reason, metadata),
    spec: {
      endpointSelector: endpointSelector(policy.subject),
      enableDefaultDeny: { ingress: false, egress: false },
      ...denied(policy.closings, 'ingress', 'ingressDeny'),
      ...denied(policy.closings, 'egress', 'egressDeny'),
    },
  }));
}

function denied(closings: TierClosing[], direction: string, key: string): any {
  const same = closings.filter((closing) => closing.direction === direction);
  return same.length === 0 ? {} : { [key]: same.map(rule) };
}

function rule({ direction, peer, ports }: TierClosing): any {
  const side = direction === 'ingress' ? 'from' : 'to';
  const toPorts = ports && inEntries(ports.map(({ protocol, from, to }) => ciliumPort(protocol, from, to)));
  return {
    ...(peer.namespaces ? { [`${side}Endpoints`]: [endpointSelector(peer.namespaces)] } : {}),
    ...(peer.nodes ? { [`${side}Entities`]: [...API_SERVER, ...NODES].sort() } : {}),
    ...(peer.addresses ? {
      [`${side}CIDRSet`]: peer.addresses.map(({ block, except }) => ({
        cidr: block.toString(), ...(except.length > 0 ? { except: except.map((hole) => hole.toString()) } : {}),
      })),
    } : {}),
    ...(toPorts ? { toPorts } : {}),
  };
}

/** Pods by labels of their namespace, which Cilium gives them with these prefixes (its pkg/k8s/apis/cilium.io `PodNamespaceLabel`, `PodNamespaceMetaLabels`). */
function endpointSelector({ platform, otherTenantsThan, names, exceptNames }: NamespaceChoice): any {
  const tenant = `${NAMESPACE_LABEL}${Labels.TENANT}`;
  const matchExpressions = [
    ...(otherTenantsThan === undefined ? [] : [
      { key: tenant, operator: 'Exists' }, { key: tenant, operator: 'NotIn', values: [otherTenantsThan] },
    ]),
    ...(names === undefined ? [] : [{ key: NAMESPACE, operator: 'In', values: names }]),
    ...(exceptNames === undefined ? [] : [{ key: NAMESPACE, operator: 'NotIn', values: exceptNames }]),
  ];
  return {
    ...(platform === undefined ? {} : { matchLabels: { [`${NAMESPACE_LABEL}${Labels.PLATFORM}`]: platform } }),
    ...(matchExpressions.length > 0 ? { matchExpressions } : {}),
  };
}
