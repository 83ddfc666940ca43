/** Orders text by code unit; unlike `localeCompare` the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders big integers. */
export function compareBigInt(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How a value of unknown type is shown in a message: text in quotes, everything else by its type and form. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return `the ${typeof value} ${value}`;
  if (value === undefined || value === null) return `${value}`;
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
