// Tenancies as teams write them: that of the examples, and one of thirty tenants.
import { ClusterProfile, Cni, PodSecurityLevel, type Expectation } from '@viridial/core';
import { TenantRole } from '@viridial/security-policy';
import { Role, Tenancy, Tenant, type RenderedTenancy } from '@viridial/tenancy';
import { platform } from '../../../examples/platform.ts';
import type { Random } from '../harness/random.mts';
import type { Impersonation } from '../server/api-client.mts';

/** Somebody who has a role with a tenant. */
export interface Member {
  readonly role: TenantRole;
  /** As requests name who asks. */
  readonly asker: { readonly user?: string; readonly groups?: string[]; readonly serviceAccount?: string };
  readonly as: Impersonation;
}

/** A tenant whose members act. */
export interface Actor {
  readonly name: string;
  readonly namespaces: string[];
  readonly members: Member[];
  readonly host: string;
  readonly image: string;
  /** Whether images come from named registries alone. */
  readonly fewRegistries: boolean;
}

/** A rendered tenancy with the tenants that are looked at closely. */
export interface Subject {
  readonly name: string;
  readonly manifests: Record<string, any>[];
  readonly expectations: Expectation[];
  readonly actors: Actor[];
  /** Namespaces of the tenancy that belong to no tenant. */
  readonly platformNamespaces: string[];
}

/** How many tenants the generated tenancy has. */
const TENANTS = 30;

/** Both tenancies for a cluster of that version. */
export function subjects(version: string, random: Random): Subject[] {
  return [example(version), thirty(version, random)];
}

function ground(version: string, cni: Cni, cniVersion: string): ClusterProfile {
  return ClusterProfile.kubeadm({
    version,
    cni,
    cniVersion,
    nodeCidrs: ['192.168.10.0/24'],
    apiServerCidrs: ['192.168.10.11/32'],
    podCidrs: ['10.244.0.0/16'],
    serviceCidrs: ['10.96.0.0/12'],
    ingress: { className: 'traefik', namespace: 'traefik' },
    storageClasses: [{ name: 'fast', provisioner: 'csi.example.com', isDefault: true }],
  });
}

function example(version: string): Subject {
  const [tenant] = platform.tenants;
  return subject('examples/platform.ts', platform.tenancy.render(ground(version, Cni.CALICO, '3.32.0')), [tenant!]);
}

function thirty(version: string, random: Random): Subject {
  const numbers = Array.from({ length: TENANTS }, (_, index) => index);
  const name = (index: number) => `team-${String(index).padStart(2, '0')}`;
  const tenants = numbers.map((index) => new Tenant(name(index), {
    budget: {
      cpu: String(random.whole(1, 4) * 2),
      memory: `${random.whole(1, 4) * 4}Gi`,
      storage: `${random.whole(1, 5) * 4}Gi`,
      pods: random.whole(8, 16) * 2,
      persistentVolumeClaims: random.whole(5, 8) * 2,
      services: random.whole(10, 14) * 2,
      configMaps: random.whole(12, 16) * 2,
      secrets: random.whole(10, 14) * 2,
      objects: { 'count/jobs.batch': random.whole(4, 6) * 2 },
    },
    members: [Role.viewer(`group:${name(index)}-viewers`), Role.developer(`group:${name(index)}-developers`), Role.admin(`user:${name(index)}@example.com`)],
    // the first two keep members and network policies as the two ways are
    selfService: index === 0 || (index > 1 && random.chance(0.5)),
    ingressHosts: [`${name(index)}.example.com`],
    allowedRegistries: ['registry.example.com'],
    podSecurity: index < 2 || random.chance(0.7) ? PodSecurityLevel.RESTRICTED : PodSecurityLevel.BASELINE,
    talksTo: index > 0 ? [name(index - 1)] : [],
    acceptsFrom: index < TENANTS - 1 ? [name(index + 1)] : [],
  }));
  const tenancy = new Tenancy({ name: 'thirty', environments: ['staging', 'production'], tenants, sharedNamespaces: ['monitoring'] });
  return subject(`${TENANTS} tenants`, tenancy.render(ground(version, Cni.CILIUM, '1.18.0')), tenants.slice(0, 2));
}

function subject(name: string, rendered: RenderedTenancy, tenants: Tenant[]): Subject {
  const { manifests, expectations, tenantNamespaces, deployerNamespace, sharedNamespaces, deployers } = rendered;
  return {
    name,
    manifests,
    expectations,
    platformNamespaces: [...sharedNamespaces, deployerNamespace],
    actors: tenants.map((tenant) => {
      const namespaces = tenantNamespaces[tenant.name]!;
      return {
        name: tenant.name,
        namespaces,
        host: tenant.ingressHosts[0]!.replace('*', 'www'),
        image: 'registry.example.com/web:1.0',
        fewRegistries: tenant.allowedRegistries !== undefined,
        members: [
          ...distinct(tenant.members.map(({ member, tenantRole }) => person(member, tenantRole))),
          ...namespaces.map((namespace) => account(deployers[namespace]!, TenantRole.DEPLOYER)),
        ],
      };
    }),
  };
}

/** Whoever has several roles acts once, by the name of the strongest. */
function distinct(members: Member[]): Member[] {
  const ranks = [TenantRole.VIEWER, TenantRole.DEVELOPER, TenantRole.ADMIN];
  const sorted = [...members].sort((one, other) => ranks.indexOf(one.role) - ranks.indexOf(other.role));
  return [...new Map(sorted.map((member) => [JSON.stringify(member.asker), member])).values()];
}

function person(member: string, role: TenantRole): Member {
  const [kind, name] = [member.slice(0, member.indexOf(':')), member.slice(member.indexOf(':') + 1)];
  return kind === 'group'
    ? { role, asker: { groups: [name] }, as: { user: 'tenant-member', groups: [name, 'system:authenticated'] } }
    : { role, asker: { user: name }, as: { user: name, groups: ['system:authenticated'] } };
}

function account(serviceAccount: string, role: TenantRole): Member {
  const [namespace, name] = serviceAccount.split('/');
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  return { role, asker: { serviceAccount }, as: { user: `system:serviceaccount:${namespace}:${name}`, groups } };
}
