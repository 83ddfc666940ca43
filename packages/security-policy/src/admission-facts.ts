/**
 * What admission policies allow in one namespace beyond what they allow everywhere. Rendered as annotations of the
 * namespace (`AdmissionAnnotations.of`), which nobody but the platform may change.
 */
export interface AdmissionFacts {
  /**
   * Host names that the namespace may serve; `*.example.com` stands for every name with one label more, and for itself.
   * @default - none: every Ingress and route is refused
   */
  readonly ingressHosts?: string[];
  /**
   * Where images may come from, in place of `AdmissionProps.registries`: a registry (`registry.example.com`), a part of
   * it (`registry.example.com/team`), or one repository.
   * @default - the registries of the props
   */
  readonly registries?: string[];
  /**
   * Whether images may come from everywhere, whatever `registries` say. Exposes the namespace to whatever anybody publishes:
   * for namespaces of which nobody has said where their images come from.
   * @default false
   */
  readonly anyRegistry?: boolean;
  /**
   * Storage classes that claims may name, in place of those of the props.
   * @default - the storage classes of the props
   */
  readonly storageClasses?: string[];
  /**
   * Priority classes that pods may name, in place of those of the props. Exposes the pods of others: one of a higher class
   * pushes theirs off the nodes.
   * @default - the priority classes of the props
   */
  readonly priorityClasses?: string[];
  /**
   * Whether Services of type LoadBalancer are admitted. Exposes pods to the networks of `loadBalancerSourceRanges` past the
   * ingress, opens a port on every node unless the Service sets `allocateLoadBalancerNodePorts: false`, and costs money at
   * most clouds.
   * @default false
   */
  readonly loadBalancers?: boolean;
}

/** A namespace that admission policies hold, for the promises about it. */
export interface AdmissionNamespace {
  /** Name of the namespace. */
  readonly name: string;
  /** Name of the tenant it belongs to: the value of its label `viridial.com/tenant`. */
  readonly tenant: string;
  /**
   * What is allowed there.
   * @default - what is allowed everywhere
   */
  readonly facts?: AdmissionFacts;
}
