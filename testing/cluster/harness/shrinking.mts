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
