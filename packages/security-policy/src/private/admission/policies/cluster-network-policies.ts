import { AdmissionContext, PolicyDefinition, rule, Scope } from '../definition';
import { notByPlatform } from '../principals';

const WRITES = ['CREATE', 'UPDATE', 'DELETE'];

/** Kinds of Calico that reach beyond a namespace. */
const CALICO = ['globalnetworkpolicies', 'globalnetworksets', 'hostendpoints', 'stagedglobalnetworkpolicies', 'tiers'];

/** Policies of the whole cluster are decided before, or instead of, those of namespaces: they belong to the platform. */
export function clusterNetworkPolicies({ platform }: AdmissionContext): PolicyDefinition {
  return {
    scope: Scope.CLUSTER,
    rules: [
      rule('policy.networking.k8s.io', ['*'], ['adminnetworkpolicies', 'baselineadminnetworkpolicies', 'clusternetworkpolicies'], WRITES),
      rule('cilium.io', ['*'], ['ciliumcidrgroups', 'ciliumclusterwidenetworkpolicies'], WRITES),
      rule('crd.projectcalico.org', ['*'], CALICO, WRITES),
      rule('projectcalico.org', ['*'], CALICO, WRITES),
    ],
    conditions: [notByPlatform(platform)],
    variables: [],
    validations: [{
      expression: 'false',
      message: 'network policies of the whole cluster belong to the platform; write a NetworkPolicy in your namespace, or ask the platform team',
      reason: 'Forbidden',
    }],
  };
}
