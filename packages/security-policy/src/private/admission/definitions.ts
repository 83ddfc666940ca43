import { AdmissionContext, PolicyDefinition } from './definition';
import { allowedRegistries } from './policies/allowed-registries';
import { boundedContainers } from './policies/bounded-containers';
import { calicoPolicyShape } from './policies/calico-policy-shape';
import { ciliumPolicyShape } from './policies/cilium-policy-shape';
import { clusterNetworkPolicies } from './policies/cluster-network-policies';
import { hostAccess } from './policies/host-access';
import { immutableTags } from './policies/immutable-tags';
import { ingressHosts } from './policies/ingress-hosts';
import { managedObjects } from './policies/managed-objects';
import { networkPolicyShape } from './policies/network-policy-shape';
import { priorityClasses } from './policies/priority-classes';
import { pullPolicy } from './policies/pull-policy';
import { serviceExposure } from './policies/service-exposure';
import { storageClasses } from './policies/storage-classes';
import { tokenAutomount } from './policies/token-automount';
import { trustedNamespaceLabels } from './policies/trusted-namespace-labels';
import { trustedPodLabels } from './policies/trusted-pod-labels';

const DEFINITIONS: { readonly [id: string]: (context: AdmissionContext) => PolicyDefinition } = {
  'allowed-registries': allowedRegistries,
  'bounded-containers': boundedContainers,
  'calico-policy-shape': calicoPolicyShape,
  'cilium-policy-shape': ciliumPolicyShape,
  'cluster-network-policies': clusterNetworkPolicies,
  'host-access': hostAccess,
  'immutable-tags': immutableTags,
  'ingress-hosts': ingressHosts,
  'managed-objects': managedObjects,
  'network-policy-shape': networkPolicyShape,
  'priority-classes': priorityClasses,
  'pull-policy': pullPolicy,
  'service-exposure': serviceExposure,
  'storage-classes': storageClasses,
  'token-automount': tokenAutomount,
  'trusted-namespace-labels': trustedNamespaceLabels,
  'trusted-pod-labels': trustedPodLabels,
};

/** What a policy of the catalogue is in CEL. */
export function definitionOf(id: string, context: AdmissionContext): PolicyDefinition {
  return DEFINITIONS[id](context);
}
