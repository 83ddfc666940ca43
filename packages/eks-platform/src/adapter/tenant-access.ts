import { CfnAccessEntry, CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import { Construct } from 'constructs';
import { podIdentityRole } from './pod-identity';
import { EksPlan } from '../plan/eks-plan';

/**
 * Lets people of tenants in by groups, without any access policy of EKS (those for namespaces may change quotas and network
 * policies), and gives AWS rights to service accounts of tenants.
 */
export function grantTenants(scope: Construct, plan: EksPlan, clusterName: string, roleArn: (role: string) => string): void {
  plan.tenantAccess.forEach(({ role, groups }, index) => {
    new CfnAccessEntry(scope, `Member${index + 1}`, { clusterName, principalArn: roleArn(role), kubernetesGroups: groups, type: 'STANDARD' });
  });
  for (const identity of plan.tenantIdentities) {
    const { namespace, serviceAccount } = identity;
    const role = podIdentityRole(scope, `Identity-${namespace}-${serviceAccount}`, identity, plan.cluster.name);
    new CfnPodIdentityAssociation(scope, `Association-${namespace}-${serviceAccount}`, { clusterName, namespace, serviceAccount, roleArn: role.roleArn });
  }
}
