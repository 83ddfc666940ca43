/** Whether a value is a map, as against a list, a scalar or nothing. */
export function isMap(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Maps are merged key by key, everything else of `over` replaces what `base` has, as Helm does with values files.
 * `null` is kept: it tells Helm to drop the chart's own default. Neither argument changes.
 */
export function deepMerge(base: { [key: string]: any }, over: { [key: string]: any } = {}): { [key: string]: any } {
  const merged: { [key: string]: any } = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const before = Object.hasOwn(merged, key) ? merged[key] : undefined;
    const next = isMap(value) ? deepMerge(isMap(before) ? before : {}, value) : value;
    // a key named __proto__ must stay a key
    Object.defineProperty(merged, key, { value: next, enumerable: true, configurable: true, writable: true });
  }
  return merged;
}
