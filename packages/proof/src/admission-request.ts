import { AdmissionResource } from './admission-resource';
import { UserInfo } from './user-info';

/** Somebody writes an object to the API server, or connects to one. */
export interface AdmissionRequest {
  /** `CREATE`, `UPDATE`, `DELETE` or `CONNECT`. */
  readonly operation: string;

  /**
   * The object as it would be stored; for CONNECT the options of the connection. It is taken as it is: an API server
   * would have filled in defaults before.
   *
   * @default - none, as with DELETE
   */
  readonly object?: any;

  /**
   * The object as it is stored.
   *
   * @default - none, as with CREATE
   */
  readonly oldObject?: any;

  /** Who asks. */
  readonly userInfo: UserInfo;

  /**
   * The Namespace that the object is in.
   *
   * @default - the one of the manifests; without one a Namespace that has nothing but its name
   */
  readonly namespaceObject?: any;

  /**
   * What every policy with a paramKind gets as its parameter.
   *
   * @default - what the bindings name among the manifests
   */
  readonly params?: any;

  /**
   * The part of the resource: `status`, `scale`, `exec`, `ephemeralcontainers`.
   *
   * @default - the resource itself
   */
  readonly subresource?: string;

  /**
   * The resource, where the object does not tell: `deployments` of a `Scale`.
   *
   * @default - that of the kind of the object: built-in kinds, those of CustomResourceDefinitions among the manifests, or the usual plural
   */
  readonly resource?: AdmissionResource;

  /**
   * Name of the object, where the object does not tell, as with CONNECT.
   *
   * @default - metadata.name
   */
  readonly name?: string;

  /**
   * Namespace of the request, where the object does not tell, as with CONNECT.
   *
   * @default - metadata.namespace, or `default` for kinds that live in namespaces
   */
  readonly namespace?: string;

  /**
   * Options of the operation: CreateOptions, UpdateOptions, DeleteOptions.
   *
   * @default - options that say nothing
   */
  readonly options?: any;

  /**
   * Whether nothing is to be stored.
   *
   * @default false
   */
  readonly dryRun?: boolean;
}
