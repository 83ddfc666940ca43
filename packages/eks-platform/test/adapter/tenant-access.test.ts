import { Platform } from '@viridial/platform-addons';
import { Flow } from '@viridial/security-policy';
import { Role, Tenant } from '@viridial/tenancy';
import { Access } from '../../src/access';
import { propertiesOf, templateOf, testPlatform } from '../fixtures/templates';

const platform = testPlatform({
  platform: new Platform({
    name: 'viridial',
    environments: ['production'],
    tenants: [new Tenant('shop', { members: [Role.developer('group:shop')], flows: [Flow.cidrOut({ cidr: '169.254.170.23/32', ports: [{ port: 80 }] })] })],
  }),
  access: Access.of({ administrators: ['Administrator'], groups: { shop: ['ShopDevelopers', 'arn:aws:iam::123456789012:role/Partner'] } }),
  tenantIdentities: [{
    tenant: 'shop', serviceAccount: 'web', statements: [{ sid: 'Read', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::shop/*'] }], reason: 'reads its pictures',
  }],
});
const template = templateOf(platform.clusterStack);

test('people of a tenant are let in by their group, without a policy of EKS', () => {
  const members = propertiesOf(template, 'AWS::EKS::AccessEntry').filter(({ AccessPolicies }) => AccessPolicies === undefined);
  expect(members.map(({ KubernetesGroups, Type, AccessPolicies }) => [KubernetesGroups, Type, AccessPolicies])).toEqual([
    [['shop'], 'STANDARD', undefined], [['shop'], 'STANDARD', undefined],
  ]);
  const roles = members.map(({ PrincipalArn }) => JSON.stringify(PrincipalArn));
  expect(roles).toEqual([expect.stringContaining(':role/ShopDevelopers'), '"arn:aws:iam::123456789012:role/Partner"']);
});

test('administrators and the deployment are in a group that admission policies know, and nobody else is', () => {
  const whole = propertiesOf(template, 'AWS::EKS::AccessEntry').filter(({ AccessPolicies }) => AccessPolicies !== undefined);
  const groupsOf = (policy: string) => whole.filter(({ AccessPolicies }) => JSON.stringify(AccessPolicies).includes(policy)).map(({ KubernetesGroups }) => KubernetesGroups);
  expect(groupsOf('AmazonEKSClusterAdminPolicy')).toEqual([['viridial:administrators'], ['viridial:administrators']]);
  expect(groupsOf('AmazonEKSViewPolicy').filter((groups) => groups !== undefined)).toEqual([]);
  const policies = platform.plan.rendered.manifests.filter(({ metadata }) => metadata.name === 'viridial-managed-objects');
  expect(JSON.stringify(policies)).toContain("'viridial:administrators'");
});

test('a service account of a tenant gets a role that only it can take, in its namespace of this cluster', () => {
  const [association] = propertiesOf(template, 'AWS::EKS::PodIdentityAssociation').filter(({ Namespace }) => Namespace === 'shop-production');
  expect(association).toMatchObject({ ServiceAccount: 'web', RoleArn: { 'Fn::GetAtt': [expect.stringContaining('Identityshopproductionweb'), 'Arn'] } });
  const role = propertiesOf(template, 'AWS::IAM::Role').find(({ Description }) => Description === 'reads its pictures');
  expect(role.AssumeRolePolicyDocument.Statement[0].Condition.StringEquals).toEqual({
    'aws:RequestTag/eks-cluster-name': 'dpj-prod-cluster', 'aws:RequestTag/kubernetes-namespace': 'shop-production', 'aws:RequestTag/kubernetes-service-account': 'web',
  });
  expect(JSON.stringify(propertiesOf(template, 'AWS::IAM::Policy'))).toContain('arn:aws:s3:::shop/*');
});
