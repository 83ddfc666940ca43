/** Requests and limits by resource, as Helm charts and containers take them. */
export interface Quantities {
  readonly requests: { [resource: string]: string };
  readonly limits: { [resource: string]: string };
}

/**
 * Requests of CPU and memory with memory limited to what is said, as Helm charts take them.
 *
 * There is no CPU limit on purpose: throttling a controller of the platform makes an incident longer, and its
 * request already guarantees it a share. Memory is limited, because a leak must not take a node down.
 */
export function resources(cpu: string, memory: string, memoryLimit: string): Quantities {
  return { requests: { cpu, memory }, limits: { memory: memoryLimit } };
}
