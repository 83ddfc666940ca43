/** Order of texts by code unit: the same on every machine, unlike `localeCompare`. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The texts in order, each once. */
export function sortedOnce(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}
