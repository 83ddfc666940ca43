/** Until when a minor version of Kubernetes is supported; to be judged against `Catalogue.DATE`, never against the clock. */
export interface SupportWindow {
  /**
   * Day on which standard support ends, as `YYYY-MM-DD`; Amazon bills extended support from the start of that day.
   *
   * @default - not known on the day of the catalogue
   */
  readonly standardUntil?: string;

  /**
   * Day on which paid extended support ends, as `YYYY-MM-DD`.
   *
   * @default - there is none, or it is not known on the day of the catalogue
   */
  readonly extendedUntil?: string;
}
