import type { FootprintRule } from '../footprint-account';
import { READ, rule, WRITE } from './rules';

/** What the sidecars of a CSI controller may do: provision, attach, resize and snapshot volumes. */
export const CSI_CONTROLLER: FootprintRule[] = [
  rule('', ['persistentvolumes'], WRITE),
  rule('', ['persistentvolumeclaims', 'persistentvolumeclaims/status'], [...READ, 'patch', 'update']),
  rule('storage.k8s.io', ['storageclasses', 'csinodes', 'volumeattributesclasses'], READ),
  rule('storage.k8s.io', ['volumeattachments', 'volumeattachments/status'], [...READ, 'patch']),
  rule('snapshot.storage.k8s.io', ['volumesnapshots', 'volumesnapshotclasses'], READ),
  rule('snapshot.storage.k8s.io', ['volumesnapshotcontents', 'volumesnapshotcontents/status'], [...READ, 'patch', 'update']),
  rule('coordination.k8s.io', ['leases'], WRITE),
  rule('', ['nodes', 'pods'], READ),
  rule('', ['events'], ['create', 'list', 'patch', 'update', 'watch']),
];

/** What a CSI node plug-in may do: say that it is ready by taking a taint away. */
export const CSI_NODE: FootprintRule[] = [
  rule('', ['nodes'], ['get', 'patch']),
  rule('storage.k8s.io', ['csinodes'], ['get']),
  rule('storage.k8s.io', ['volumeattachments'], READ),
];
