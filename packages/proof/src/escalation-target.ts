/** What somebody becomes, the worst first. */
export enum EscalationTarget {
  /** Whoever may do everything. */
  CLUSTER_ADMIN = 'cluster-admin',

  /** Root on a node, with all pods, volumes and tokens on it. */
  NODE = 'node',

  /** Somebody with a role that they could not have bound. */
  ROLE = 'role',

  /** Another subject, with rules that they do not have. */
  SUBJECT = 'subject',

  /** A reader of what others write. */
  OBJECTS = 'objects',

  /** Somebody whom admission policies no longer hold. */
  ADMISSION = 'admission',
}
