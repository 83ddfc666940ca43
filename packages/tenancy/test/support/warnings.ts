import { Problem } from '@viridial/core';

/** Warnings about the cluster, and about what nobody said of images, which most tenancies of these tests get. */
const OF_THE_GROUND = ['ImagesFromAnywhere', 'NoClusterTier'];

/** What a tenancy is warned of, beside what is so for every tenancy that names neither registries nor the version of a plugin. */
export function ownWarnings({ warnings }: { readonly warnings: Problem[] }): Problem[] {
  return warnings.filter(({ code }) => !OF_THE_GROUND.includes(code));
}
