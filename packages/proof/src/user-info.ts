/** Who makes a request, as the API server knows it after authentication. */
export interface UserInfo {
  /**
   * Name of the user; for a service account `system:serviceaccount:namespace:name`.
   *
   * @default 'somebody' - a name that no policy is expected to know
   */
  readonly username?: string;

  /**
   * What tells the user apart from others of the same name over time.
   *
   * @default - none
   */
  readonly uid?: string;

  /**
   * Groups the user is in.
   *
   * @default - `system:authenticated`, and for a service account its groups
   */
  readonly groups?: string[];

  /**
   * What else the authenticator says.
   *
   * @default - nothing
   */
  readonly extra?: { [key: string]: string[] };
}
