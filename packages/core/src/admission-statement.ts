/** What a request to the API server does to an object, as admission sees it. */
export enum AdmissionOperation {
  /** A new object; dry runs included. */
  CREATE = 'CREATE',

  /** A change of an object that is there: updates, patches, server-side apply. */
  UPDATE = 'UPDATE',

  /** The end of an object. */
  DELETE = 'DELETE',

  /** A connection to a subresource: `exec`, `attach`, `portforward`, `proxy`. */
  CONNECT = 'CONNECT',
}

/** Somebody writes an object to the API server. */
export interface AdmissionStatement {
  /** What is done. */
  readonly operation: AdmissionOperation;

  /**
   * The object as it would be: kind, name and namespace are read from it.
   *
   * @default - the operation is DELETE
   */
  readonly object?: any;

  /**
   * The object as it was.
   *
   * @default - the operation is CREATE or CONNECT
   */
  readonly oldObject?: any;

  /**
   * The part of the resource that is written or connected to: `status`, `scale`, `exec`, `ephemeralcontainers`.
   *
   * @default - the resource itself
   */
  readonly subresource?: string;

  /**
   * Name of the user who asks; for a service account `system:serviceaccount:namespace:name`.
   *
   * @default - somebody without a name that any policy could know
   */
  readonly user?: string;

  /**
   * Groups the user is in.
   *
   * @default - `system:authenticated`, and for a service account its groups
   */
  readonly groups?: string[];

  /** Why the policy says so, in a sentence. */
  readonly reason: string;
}
