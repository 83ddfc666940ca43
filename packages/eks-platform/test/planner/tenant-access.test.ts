import { Platform } from '@viridial/platform-addons';
import { Flow } from '@viridial/security-policy';
import { Role, Tenant } from '@viridial/tenancy';
import { Access, AccessOptions } from '../../src/access';
import { EksPlatformProps } from '../../src/eks-platform-props';
import { explain } from '../../src/explain';
import { planEks } from '../../src/plan-eks';
import { TenantIdentity } from '../../src/tenant-identity';
import { errorsOf, props } from '../fixtures/platform';

const AGENT = Flow.cidrOut({ cidr: '169.254.170.23/32', ports: [{ port: 80 }] });
const S3 = { sid: 'Read', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::shop/*'] };

function given(changes: Partial<EksPlatformProps> = {}): EksPlatformProps {
  return props({
    platform: new Platform({
      name: 'viridial',
      environments: ['staging', 'production'],
      tenants: [
        new Tenant('shop', { members: [Role.developer('group:shop-developers'), Role.admin('group:shop-admins'), Role.viewer('user:a@example.com')], flows: [AGENT] }),
        new Tenant('lab', { environments: ['staging'] }),
      ],
    }),
    ...changes,
  });
}

const access = (options: AccessOptions): Partial<EksPlatformProps> => ({ access: Access.of({ administrators: ['Administrator'], ...options }) });
const identity = (changes: Partial<TenantIdentity> = {}): TenantIdentity => ({ tenant: 'shop', serviceAccount: 'web', statements: [S3], reason: 'reads its pictures', ...changes });

describe('people of tenants', () => {
  test('have one access entry for a role, with all of its groups', () => {
    const { tenantAccess } = planEks('production', given(access({ groups: { 'shop-developers': ['Shop', 'Support'], 'shop-admins': ['Support'] } })));
    expect(tenantAccess).toEqual([{ role: 'Shop', groups: ['shop-developers'] }, { role: 'Support', groups: ['shop-admins', 'shop-developers'] }]);
  });

  test('are nobody when nothing is said', () => {
    const plan = planEks('production', given(access({})));
    expect([plan.tenantAccess, plan.tenantIdentities]).toEqual([[], []]);
    expect(explain(plan).join('\n')).not.toContain('People of tenants');
  });

  test.each<[string, AccessOptions, string]>([
    ['a group that no tenant has', { groups: { shop: ['Shop'] } }, 'access.groups.shop: no tenant has a member group:shop, so its roles could do nothing (UnknownGroup); allowed: shop-admins, shop-developers'],
    ['a role that administers the cluster', { groups: { 'shop-admins': ['Administrator'] } }, 'role Administrator may do more than a tenant already, and EKS has one access entry for a role (DuplicateRole)'],
    ['what is no role', { groups: { 'shop-admins': ['arn:aws:iam::123456789012:user/alice'] } }, '(NotARole)'],
  ])('%s is refused', (_, options, message) => {
    expect(errorsOf(() => planEks('production', given(access(options))))).toEqual([expect.stringContaining(message)]);
  });
});

describe('pods of tenants', () => {
  test('get rights in each environment that the cluster carries', () => {
    const { tenantIdentities } = planEks('production', given({ tenantIdentities: [identity()] }));
    expect(tenantIdentities.map(({ namespace, environment, managedPolicies, statements }) => [namespace, environment, managedPolicies, statements])).toEqual([
      ['shop-production', 'production', [], [S3]], ['shop-staging', 'staging', [], [S3]],
    ]);
    const one = planEks('production', given({ environments: ['production'], tenantIdentities: [identity()] }));
    expect(one.tenantIdentities.map(({ namespace }) => namespace)).toEqual(['shop-production']);
    expect(explain(one)).toContain('| shop-production/web | reads its pictures |');
  });

  test.each<[string, TenantIdentity[], string]>([
    ['of a tenant that there is not', [identity({ tenant: 'shops' })], 'tenantIdentities[0].tenant: there is no tenant shops (UnknownTenant); allowed: lab, shop'],
    ['in an environment that there is not', [identity({ environments: ['qa'] })], 'shop is in no environment qa (UnknownEnvironment)'],
    ['that do not reach the agent', [identity({ tenant: 'lab' })], "cure: add Flow.cidrOut({ cidr: '169.254.170.23/32', ports: [{ port: 80 }] }) to flows of the tenant"],
    ['without rights', [identity({ statements: [] })], 'service account web would have a role that may do nothing (IdentityWithoutRights)'],
    ['with a name that is none', [identity({ serviceAccount: 'Web' })], '(InvalidDnsSubdomain)'],
    ['that may do everything', [identity({ managedPolicies: ['AdministratorAccess'] })], 'AdministratorAccess is no policy for pods of a tenant (PolicyNotAllowed)'],
    ['that may do all of a service', [identity({ statements: [{ ...S3, actions: ['s3:*'] }] })], 'action s3:* gives a tenant more than it can need (PolicyNotAllowed)'],
    ['that may change roles', [identity({ statements: [{ ...S3, actions: ['iam:PassRole'] }] })], '(PolicyNotAllowed)'],
    ['twice', [identity(), identity({ environments: ['staging'] })], 'service account shop-staging/web has AWS rights already (DuplicateIdentity)'],
  ])('%s are refused', (_, tenantIdentities, message) => {
    expect(errorsOf(() => planEks('production', given({ tenantIdentities })))).toEqual([expect.stringContaining(message)]);
  });
});
