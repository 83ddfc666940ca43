/** A pod's context that passes the Pod Security level restricted together with `RESTRICTED_CONTAINER`. */
export const RESTRICTED_POD = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };

/** A container's context that passes the Pod Security level restricted together with `RESTRICTED_POD`. */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

/** Root in its own container and nothing more: for what has to read files of root on the node. */
export const CONFINED_ROOT = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};
