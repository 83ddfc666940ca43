import { Problems } from '@viridial/core';
import { EksPlan } from '../plan/eks-plan';

/** Properties of `AWS::EKS::Cluster` that a plan decides and that nothing else may change. */
function expected(plan: EksPlan): { [property: string]: unknown } {
  const { cluster } = plan;
  return {
    'Name': cluster.name,
    'Version': cluster.version,
    'ResourcesVpcConfig.EndpointPrivateAccess': cluster.endpointPrivate,
    'ResourcesVpcConfig.EndpointPublicAccess': cluster.endpointPublic,
    'ResourcesVpcConfig.PublicAccessCidrs': cluster.endpointPublic ? cluster.publicCidrs : undefined,
    'AccessConfig.AuthenticationMode': cluster.authenticationMode,
    'AccessConfig.BootstrapClusterCreatorAdminPermissions': false,
    'EncryptionConfig.0.Resources': ['secrets'],
    'Logging.ClusterLogging.EnabledTypes': cluster.logTypes.map((Type) => ({ Type })),
    'DeletionProtection': cluster.deletionProtection,
    'UpgradePolicy.SupportType': cluster.support,
  };
}

/**
 * Compares the cluster of a finished template with the plan.
 *
 * Version 1.19 of EKS Blueprints ignores `privateCluster: true` and leaves the API server open to the internet: what
 * an adapter asked for is not proof of what the template says.
 *
 * @throws InvalidInputError when they differ
 */
export function checkTemplate(plan: EksPlan, template: any): void {
  const problems = new Problems();
  const clusters = Object.values<any>(template.Resources ?? {}).filter((resource) => resource.Type === 'AWS::EKS::Cluster');
  if (clusters.length !== 1) {
    problems.error({ code: 'TemplateDiffersFromPlan', path: 'cluster', message: `the template holds ${clusters.length} clusters`, value: clusters.length, allowed: '1' });
  }
  for (const [property, value] of Object.entries(expected(plan))) {
    const actual = property.split('.').reduce<any>((at, key) => at?.[key], clusters[0]?.Properties);
    if (JSON.stringify(actual) === JSON.stringify(value)) continue;
    problems.error({
      code: 'TemplateDiffersFromPlan',
      path: property,
      message: `the template says ${JSON.stringify(actual) ?? 'nothing'}, the plan ${JSON.stringify(value) ?? 'nothing'}`,
      value: actual,
      cure: 'set it through the properties of EksPlatform, not through an escape hatch',
    });
  }
  problems.throwIfErrors(`template of EKS platform '${plan.id}'`);
}
