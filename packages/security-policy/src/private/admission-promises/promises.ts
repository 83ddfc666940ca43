import { ingressHosts, serviceExposure } from './policies/exposure';
import { managedObjects, trustedNamespaceLabels } from './policies/guards';
import { calicoPolicyShape, ciliumPolicyShape, clusterNetworkPolicies, networkPolicyShape } from './policies/network';
import {
  allowedRegistries, boundedContainers, hostAccess, immutableTags, priorityClasses, pullPolicy, storageClasses, tokenAutomount, trustedPodLabels,
} from './policies/pods';
import { AdmissionPromise, PromiseInput } from './promise';

const PROMISES: { readonly [id: string]: (input: PromiseInput) => AdmissionPromise } = {
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

/** What a policy of the catalogue promises of a namespace. */
export function promiseOf(id: string, input: PromiseInput): AdmissionPromise {
  return PROMISES[id](input);
}
