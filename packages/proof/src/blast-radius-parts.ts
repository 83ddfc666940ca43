import { AccessGrant } from './access-grant';

/** Addresses outside that can be reached, from the first to the last. */
export interface ReachedAddresses {
  /** The first address. */
  readonly first: string;

  /** The last address. */
  readonly last: string;

  /** The open ports as text: `every port`, `TCP 443`. */
  readonly portsText: string;
}

/** Something that may be asked of the API server. */
export interface Permission {
  /** What: `get, list and watch secrets in shop`. */
  readonly text: string;

  /** The rule that says so. */
  readonly grant: AccessGrant;
}

/** What sort of thing is in a pod. */
export enum ExposedKind {
  /** A Secret. */
  SECRET = 'Secret',

  /** A ConfigMap. */
  CONFIG_MAP = 'ConfigMap',

  /** A token for somebody other than the API server, such as a cloud. */
  TOKEN = 'token',

  /** What a CSI driver brings into the pod, out of a vault for instance. */
  CSI_VOLUME = 'CSI volume',
}

/** Something that is in a pod and worth reading. */
export interface ExposedObject {
  /** What it is. */
  readonly kind: ExposedKind;

  /** Its name; of a token its audience, of a CSI volume its driver. */
  readonly name: string;

  /** How it comes into the pod: `as files`, `as environment variables`, `for pulling images`; several when there are. */
  readonly how: string[];

  /** Property paths below the object, sorted. */
  readonly paths: string[];
}

/** A way from a pod to its node. */
export interface NodeAccess {
  /** Property path below the object. */
  readonly path: string;

  /** What it opens, a sentence without capital and period. */
  readonly why: string;

  /** Whether root in the pod makes root on the node out of it. */
  readonly escapes: boolean;
}
