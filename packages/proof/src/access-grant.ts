/** One rule because of which a request is authorised. */
export interface AccessGrant {
  /** The binding: `RoleBinding.rbac.authorization.k8s.io shop/developers`. */
  readonly binding: string;

  /** The role that it refers to: `ClusterRole.rbac.authorization.k8s.io edit`. */
  readonly role: string;

  /** The rule: role and path. It lies in another role when the bound one is aggregated. */
  readonly rule: string;

  /** The subject of the binding that whoever asks is: `group shop`, `service account shop/web`. */
  readonly subject: string;
}
