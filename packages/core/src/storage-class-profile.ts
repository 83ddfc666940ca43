/** One way to get a volume in a cluster. */
export interface StorageClassProfile {
  /** Name of the StorageClass. */
  readonly name: string;

  /** The CSI driver behind it: `ebs.csi.aws.com`. */
  readonly provisioner: string;

  /**
   * Whether claims that name no class get this one.
   *
   * @default false
   */
  readonly isDefault?: boolean;

  /**
   * Whether several nodes can mount one volume at once (ReadWriteMany).
   *
   * @default false
   */
  readonly shared?: boolean;
}
