/**
 * Bounds of single containers. What is not said is as large as the default and never larger than the next bound: request
 * at most limit, limit at most maximum, maximum at most the quota of the namespace.
 */
export interface ContainerLimits {
  /**
   * CPU limit of a container that names none.
   * @default - 500m, at most the maximum
   */
  readonly defaultCpu?: string;
  /**
   * Memory limit of a container that names none.
   * @default - 512Mi, at most the maximum
   */
  readonly defaultMemory?: string;
  /**
   * CPU request of a container that names neither a request nor a limit.
   * @default - 100m, at most the default limit
   */
  readonly defaultCpuRequest?: string;
  /**
   * Memory request of a container that names neither a request nor a limit.
   * @default - 128Mi, at most the default limit
   */
  readonly defaultMemoryRequest?: string;
  /**
   * The highest CPU limit of a container.
   * @default - the CPU quota of the namespace
   */
  readonly maxCpu?: string;
  /**
   * The highest memory limit of a container.
   * @default - the memory quota of the namespace
   */
  readonly maxMemory?: string;
  /**
   * Limit of a container that names none for storage on the disk of its node.
   * @default - 1Gi, at most the maximum, where the budget bounds `ephemeralStorage`
   */
  readonly defaultEphemeralStorage?: string;
  /**
   * Request of a container that names neither a request nor a limit for storage on the disk of its node.
   * @default - 128Mi, at most the default limit, where the budget bounds `ephemeralStorage`
   */
  readonly defaultEphemeralStorageRequest?: string;
  /**
   * The highest limit of a container for storage on the disk of its node.
   * @default - the quota of the namespace, where the budget bounds `ephemeralStorage`
   */
  readonly maxEphemeralStorage?: string;
}
