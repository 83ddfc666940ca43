import { TenantRole } from '@viridial/security-policy';

/** Where a member has a role. */
export interface RoleProps {
  /**
   * Environments in which the member has the role.
   * @default - all environments of the tenant
   */
  readonly environments?: string[];
}

/**
 * A member of a tenant and what the member may do there. The rights themselves are in `TenantRoles` of
 * `@viridial/security-policy`. A member is written `group:<name>`, `user:<name>`, `oidc:<group>` (a group of the
 * identity provider, without the prefix that the API server puts before it) or `serviceaccount:<namespace>/<name>`; what is
 * wrong with it is reported by the tenancy.
 */
export class Role {
  /**
   * Reads everything but secrets.
   * @param member who: `group:shop`, `user:alice@example.com`, `serviceaccount:ci/reader`
   * @param props where
   */
  public static viewer(member: string, props: RoleProps = {}): Role {
    return new Role(TenantRole.VIEWER, member, props);
  }

  /**
   * Also runs, changes and debugs workloads. Exposes a shell in every pod of the namespaces, and with it the secrets that
   * these pods mount.
   * @param member who
   * @param props where
   */
  public static developer(member: string, props: RoleProps = {}): Role {
    return new Role(TenantRole.DEVELOPER, member, props);
  }

  /**
   * Also keeps secrets and service accounts. Never quotas, network policies, roles or the namespaces themselves.
   * @param member who
   * @param props where
   */
  public static admin(member: string, props: RoleProps = {}): Role {
    return new Role(TenantRole.ADMIN, member, props);
  }

  /** What the member may do. */
  public readonly tenantRole: TenantRole;
  /** Who has the role, as it was written. */
  public readonly member: string;
  /**
   * Environments in which the member has the role.
   * @default - all of the tenant
   */
  public readonly environments?: string[];

  private constructor(tenantRole: TenantRole, member: string, props: RoleProps) {
    this.tenantRole = tenantRole;
    this.member = member;
    this.environments = props.environments && [...props.environments];
  }
}
