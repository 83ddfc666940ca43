/** What an add-on brings that does not say otherwise, whatever the cluster is. */
export function nothing(_context: unknown): never[] {
  return [];
}
