/** Keys of labels and annotations that Viridial writes and reads. */
export class Labels {
  /** Marks an object that the platform owns and a tenant must not change. */
  public static readonly MANAGED = 'viridial.com/managed';

  /** The platform an object belongs to. */
  public static readonly PLATFORM = 'viridial.com/platform';

  /** The tenant an object belongs to. */
  public static readonly TENANT = 'viridial.com/tenant';

  /** The environment an object belongs to. */
  public static readonly ENVIRONMENT = 'viridial.com/environment';

  /** What an object is for among its kind. */
  public static readonly ROLE = 'viridial.com/role';

  /** Annotation: why an object opens something, in a sentence. */
  public static readonly REASON = 'viridial.com/reason';

  /** The name of a namespace as a label; the API server sets it, so that a tenant cannot forge it (KEP-2161). */
  public static readonly NAMESPACE_NAME = 'kubernetes.io/metadata.name';

  /** Who manages an object; the value is `MANAGED_BY_VALUE`. */
  public static readonly MANAGED_BY = 'app.kubernetes.io/managed-by';

  /** The value of `MANAGED_BY` on what Viridial writes. */
  public static readonly MANAGED_BY_VALUE = 'viridial';

  private constructor() {}
}
