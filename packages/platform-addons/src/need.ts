/**
 * What a platform wants from the ground it stands on, without saying how.
 *
 * Each ground meets a need in its own way (an AWS load balancer here, Traefik there), so a platform
 * names the need and the target brings the add-on. A need is met by exactly one add-on.
 */
export enum Need {
  /** HTTP and HTTPS from outside reach Services through Ingress objects. */
  INGRESS = 'ingress',
  /** Volumes for one node at a time (ReadWriteOnce), made on demand. */
  BLOCK_STORAGE = 'block-storage',
  /** Volumes for many nodes at a time (ReadWriteMany), made on demand. */
  SHARED_STORAGE = 'shared-storage',
}
