/** Something that has manifests: files, a chart, a renderer. */
export interface IManifestSource {
  /** The manifests, as plain objects. */
  manifests(): any[];
}
