import { PodSource } from '../pod-source';
import { Shape } from '../shape';

/** A container of any sort with its security context, as the controls look at it. */
export interface ContainerView {
  readonly name: string;
  readonly shape: Shape;

  /** The security context; absent when the container has none. */
  readonly security: Shape | undefined;
}

/** A pod as the controls look at it. */
export interface PodView {
  readonly spec: Shape;
  readonly metadata: Shape | undefined;
  readonly annotations: { [key: string]: string };

  /** The security context of the pod; absent when it has none. */
  readonly security: Shape | undefined;

  /** Init containers, sidecars among them, containers and ephemeral containers: the standards treat them alike. */
  readonly containers: ContainerView[];

  /** The pod says that it runs on Windows; some controls of restricted do not apply to it. */
  readonly windows: boolean;

  /** The pod runs in its own user namespace: root in it is nobody on the node. */
  readonly ownUserNamespace: boolean;
}

/** Reads a pod for the controls. */
export function viewPod({ spec, metadata, annotations }: PodSource): PodView {
  return {
    spec,
    metadata,
    annotations,
    security: spec.child('securityContext'),
    containers: ['initContainers', 'containers', 'ephemeralContainers'].flatMap((field) => spec.children(field).map((shape) => ({
      name: shape.text('name') ?? '',
      shape,
      security: shape.child('securityContext'),
    }))),
    windows: spec.child('os')?.text('name') === 'windows',
    ownUserNamespace: spec.flag('hostUsers') === false,
  };
}

/** The security contexts of the pod and of each container that has one. */
export function securityContexts(pod: PodView): { readonly security: Shape; readonly container: string | undefined }[] {
  const own = pod.security === undefined ? [] : [{ security: pod.security, container: undefined }];
  return [...own, ...pod.containers.flatMap(({ name, security }) => (security === undefined ? [] : [{ security, container: name }]))];
}
