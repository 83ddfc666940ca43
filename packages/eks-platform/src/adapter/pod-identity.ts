import { Fn } from 'aws-cdk-lib';
import { Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { PodIdentityPlan } from '../plan/pod-identity-plan';

/** Makes the role of a service account: only pods of that account, in that namespace of that cluster, get it. */
export function podIdentityRole(scope: Construct, id: string, plan: Omit<PodIdentityPlan, 'addOn'>, clusterName: string): Role {
  // tags that EKS Pod Identity puts on every session (EKS user guide, "Create IAM role with trust policy required by EKS Pod Identity")
  const conditions = {
    StringEquals: {
      'aws:RequestTag/eks-cluster-name': clusterName,
      'aws:RequestTag/kubernetes-namespace': plan.namespace,
      'aws:RequestTag/kubernetes-service-account': plan.serviceAccount,
    },
  };
  const pods = new ServicePrincipal('pods.eks.amazonaws.com', { conditions });
  const role = new Role(scope, id, {
    assumedBy: pods,
    description: plan.reason,
    managedPolicies: plan.managedPolicies.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
  });
  role.assumeRolePolicy?.addStatements(new PolicyStatement({ actions: ['sts:TagSession'], principals: [pods] }));
  for (const { sid, actions, resources, conditions: only } of plan.statements) {
    role.addToPolicy(new PolicyStatement({ sid, effect: Effect.ALLOW, actions, resources: resources.map(resolvePseudo), conditions: only }));
  }
  return role;
}

/** The plan names the account of the stack by its pseudo parameter. */
function resolvePseudo(resource: string): string {
  return resource.includes('${') ? Fn.sub(resource) : resource;
}
