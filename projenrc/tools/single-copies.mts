// Two copies of a framework in one program break tokens, `instanceof` and resource graphs.
/** The part of package-lock.json that is read. */
export interface Lockfile {
  readonly packages: Record<string, { readonly version?: string; readonly link?: boolean }>;
}

/** The places of every name that the lockfile installs more than once. */
export function repeatedCopies(lockfile: Lockfile, names: readonly string[]): Record<string, string[]> {
  const places = Object.entries(lockfile.packages).filter(([, entry]) => !entry.link).map(([place]) => place);
  const repeated: Record<string, string[]> = {};
  for (const name of names) {
    const copies = places.filter((place) => place === `node_modules/${name}` || place.endsWith(`/node_modules/${name}`));
    if (copies.length > 1) repeated[name] = copies;
  }
  return repeated;
}
