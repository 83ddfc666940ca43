import { Cni } from '@viridial/core';
import { AdmissionPlatform } from '../../../admission-platform';
import { AdmissionContext, PolicyDefinition, rule, Scope } from '../definition';
import { notByPlatform } from '../principals';

const WRITES = ['CREATE', 'UPDATE', 'DELETE'];

/** Kinds of Calico that reach beyond a namespace. */
const CALICO = ['globalnetworkpolicies', 'globalnetworksets', 'hostendpoints', 'stagedglobalnetworkpolicies', 'tiers'];

/**
 * Controllers of Calico outside `kube-system`: the operator makes tiers, the controllers make host endpoints, and Calico's own
 * API server writes, under its own name, what it has admitted.
 * @see https://docs.tigera.io/calico/latest/reference/installation/api
 */
const CALICO_CONTROLLERS = AdmissionPlatform.of({
  serviceAccounts: ['calico-apiserver/calico-apiserver', 'calico-system/calico-apiserver', 'calico-system/calico-kube-controllers', 'tigera-operator/tigera-operator'],
});

/** Policies of the whole cluster are decided before, or instead of, those of namespaces: they belong to the platform. */
export function clusterNetworkPolicies({ platform, profile }: AdmissionContext): PolicyDefinition {
  return {
    scope: Scope.CLUSTER,
    rules: [
      rule('policy.networking.k8s.io', ['*'], ['adminnetworkpolicies', 'baselineadminnetworkpolicies', 'clusternetworkpolicies'], WRITES),
      rule('networking.k8s.aws', ['*'], ['clusternetworkpolicies'], WRITES),
      rule('cilium.io', ['*'], ['ciliumcidrgroups', 'ciliumclusterwidenetworkpolicies'], WRITES),
      rule('crd.projectcalico.org', ['*'], CALICO, WRITES),
      rule('projectcalico.org', ['*'], CALICO, WRITES),
    ],
    conditions: [notByPlatform(profile.cni === Cni.CALICO ? platform.and(CALICO_CONTROLLERS) : platform)],
    variables: [],
    validations: [{
      expression: 'false',
      message: 'network policies of the whole cluster belong to the platform; write a NetworkPolicy in your namespace, or ask the platform team',
      reason: 'Forbidden',
    }],
  };
}
