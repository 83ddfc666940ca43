import type { StorageClassProfile } from '@viridial/core';

/** What one kind of StorageClass is like. */
export interface StorageClassKind {
  /** The CSI driver. */
  readonly provisioner: string;
  /** Parameters of the driver. */
  readonly parameters: { [key: string]: string };
  /** When a volume is made. */
  readonly volumeBindingMode: 'Immediate' | 'WaitForFirstConsumer';
  /** Whether a volume can grow. */
  readonly allowVolumeExpansion: boolean;
}

/** The StorageClasses of a profile that belong to one driver, or the driver's usual one when the profile names none. */
export function storageClasses(kind: StorageClassKind, classes: StorageClassProfile[], usual: StorageClassProfile): any[] {
  const own = classes.filter((each) => each.provisioner === kind.provisioner);
  return (own.length > 0 ? own : [usual]).map((each) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name: each.name,
      annotations: { 'storageclass.kubernetes.io/is-default-class': String(each.isDefault ?? false) },
    },
    provisioner: kind.provisioner,
    parameters: kind.parameters,
    reclaimPolicy: 'Delete',
    volumeBindingMode: kind.volumeBindingMode,
    allowVolumeExpansion: kind.allowVolumeExpansion,
  }));
}
