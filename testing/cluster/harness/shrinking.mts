// The smallest object about which evaluator and server still disagree.

/** Every way to leave out one field or entry, large ones first, because they come first in the walk. */
export function* simpler(value: any): Generator<any> {
  if (Array.isArray(value)) {
    for (let place = 0; place < value.length; place++) yield value.toSpliced(place, 1);
    for (let place = 0; place < value.length; place++) {
      for (const inner of simpler(value[place])) yield value.with(place, inner);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      const { [key]: _, ...rest } = value;
      yield rest;
    }
    for (const key of Object.keys(value)) {
      for (const inner of simpler(value[key])) yield { ...value, [key]: inner };
    }
  }
}

/** Every place in a value, outer ones first. */
export function placesOf(value: any, above: readonly (string | number)[] = []): (string | number)[][] {
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return [...keys.map((key) => [...above, key]), ...keys.flatMap((key) => placesOf(value[key], [...above, key]))];
}

/** A value without what is at a place; the value itself when nothing is there. */
export function withoutPlace(value: any, [key, ...rest]: readonly (string | number)[]): any {
  if (key === undefined || typeof value !== 'object' || value === null || !(key in value)) return value;
  if (rest.length > 0) {
    const inner = withoutPlace(value[key], rest);
    return Array.isArray(value) ? value.with(key as number, inner) : { ...value, [key]: inner };
  }
  if (Array.isArray(value)) return value.toSpliced(key as number, 1);
  const { [key]: _, ...left } = value;
  return left;
}

/**
 * Leaves out whatever can be left out.
 *
 * @param holds whether an object still shows what is looked for
 * @param attempts how many objects to try at most
 */
export async function shrink<T>(
  object: T, candidates: (object: T) => Iterable<T>, holds: (object: T) => Promise<boolean>, attempts = 600,
): Promise<T> {
  let smallest = object;
  let left = attempts;
  for (let found = true; found && left > 0;) {
    found = false;
    for (const candidate of candidates(smallest)) {
      if (left-- <= 0) break;
      if (await holds(candidate)) {
        smallest = candidate;
        found = true;
        break;
      }
    }
  }
  return smallest;
}
