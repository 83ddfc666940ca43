import { Labels } from '@viridial/core';
import { selfServiceRules, tenantRules } from './private/tenant-rules';
import { TenantRole } from './tenant-role';

/**
 * The roles of tenants, as ClusterRoles that are bound namespace by namespace.
 *
 * The built-in `edit` and `admin` are not used: `edit` may impersonate service accounts, ask for their tokens, and change
 * network policies; `admin` may also change role bindings. Each undoes the isolation of a tenant. None of our roles holds
 * a wildcard, `impersonate`, `bind`, `escalate`, `serviceaccounts/token`, `pods/proxy` or `services/proxy`, or may change
 * network policies, quotas, limit ranges, roles, role bindings or the namespace itself. What a tenant may keep of these itself is
 * a ClusterRole of its own, `selfServiceClusterRole`, for clusters whose admission policies guard it.
 */
export class TenantRoles {
  /** The ClusterRoles of all roles, by name. They bind nobody yet. */
  public static clusterRoles(): any[] {
    return Object.values(TenantRole).sort().map((role) => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: {
        name: TenantRoles.clusterRoleName(role),
        labels: { [Labels.MANAGED_BY]: Labels.MANAGED_BY_VALUE, [Labels.MANAGED]: 'true', [Labels.ROLE]: role },
      },
      rules: TenantRoles.rules(role),
    }));
  }

  /**
   * The rules of a role, as the RBAC API has them.
   * @param role the role
   */
  public static rules(role: TenantRole): any[] {
    return tenantRules(role).map((rule) => ({
      apiGroups: [...rule.apiGroups], resources: [...rule.resources], verbs: [...rule.verbs],
    }));
  }

  /**
   * Name of the ClusterRole of a role: `viridial:tenant-developer`.
   * @param role the role
   */
  public static clusterRoleName(role: TenantRole): string {
    return `viridial:tenant-${role}`;
  }

  /**
   * What the administrators of a tenant need, beside their role, to keep members and network policies themselves: role bindings,
   * but only to the roles of viewers, developers and administrators (`bind` on these by name) and to roles of which they hold every
   * right themselves, this one among them, as RBAC has it; and network policies. Nobody can give more than he has.
   *
   * RBAC cannot tell objects of the platform from those of the tenant: without the admission policies `MANAGED_OBJECTS` and
   * `NETWORK_POLICY_SHAPE` this exposes the isolation of the tenant to whoever has it.
   */
  public static selfServiceClusterRole(): any {
    const bindable = [TenantRole.VIEWER, TenantRole.DEVELOPER, TenantRole.ADMIN].map((role) => TenantRoles.clusterRoleName(role));
    return {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: {
        name: TenantRoles.selfServiceClusterRoleName(),
        labels: { [Labels.MANAGED_BY]: Labels.MANAGED_BY_VALUE, [Labels.MANAGED]: 'true', [Labels.ROLE]: 'self-service' },
      },
      rules: selfServiceRules(bindable),
    };
  }

  /** Name of the ClusterRole for self-service: `viridial:tenant-self-service`. */
  public static selfServiceClusterRoleName(): string {
    return 'viridial:tenant-self-service';
  }

  private constructor() {}
}
