/** How grave a problem is. */
export enum Severity {
  /** Nothing is made while this problem stands. */
  ERROR = 'error',

  /** Something is made, but a person should look at it. */
  WARNING = 'warning',
}
