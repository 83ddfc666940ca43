/** What a member of a tenant may do in the tenant's namespaces. The rules are in `TenantRoles`. */
export enum TenantRole {
  /** Reads everything but secrets: what runs, its logs, its limits. */
  VIEWER = 'viewer',
  /** Also runs, changes and debugs workloads. Not: secrets, service accounts, network policies, quotas, roles. */
  DEVELOPER = 'developer',
  /** Also keeps secrets and service accounts, and sees who else has a role. */
  ADMIN = 'admin',
  /** For the delivery engine, not for people: applies workloads, their configuration and secrets; gets no shell in a pod. */
  DEPLOYER = 'deployer',
}
