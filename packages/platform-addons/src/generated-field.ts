/**
 * Fields that a chart makes anew each time it is rendered, such as a self-signed certificate.
 *
 * A GitOps engine renders a chart again and again and would see a change every time. The tree tells it to
 * leave these fields alone.
 */
export interface GeneratedField {
  /**
   * API group of the object.
   * @default - the core group
   */
  readonly group?: string;
  /** Kind of the object. */
  readonly kind: string;
  /**
   * Name of the object.
   * @default - every object of this kind that the chart brings
   */
  readonly name?: string;
  /**
   * JSON pointers (RFC 6901) to the fields.
   * @default - none
   */
  readonly jsonPointers?: string[];
  /**
   * Paths in the language of jq, for fields inside lists.
   * @default - none
   */
  readonly jqPathExpressions?: string[];
}
