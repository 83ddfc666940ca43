/** A storage class that the cluster offers. */
export interface StorageClassPlan {
  /** Name. */
  readonly name: string;

  /** CSI driver that provisions the volumes. */
  readonly provisioner: string;

  /** Whether claims that name no class get this one. */
  readonly isDefault: boolean;

  /** Whether several nodes may write to one volume. */
  readonly shared: boolean;
}

/** What outlives the cluster: keys and the file system. */
export interface DataPlan {
  /** Aliases of the keys, each of which rotates every year: of the secrets in etcd, and of the file system. */
  readonly keys: { readonly secrets: string; readonly fileSystem: string };

  /** Whether keys, file system and logs stay when the stacks are deleted. */
  readonly keep: boolean;

  /** Whether AWS Backup keeps copies of the file system. Always. */
  readonly fileSystemBackup: true;

  /** Directory of the access point that the file system offers beside those of the volumes. */
  readonly accessPointPath: string;

  /** Blocks that may mount the file system: those of the nodes. */
  readonly mountCidrs: string[];

  /** Storage classes. */
  readonly storageClasses: StorageClassPlan[];
}
