// Random choices that a printed seed repeats.

/** A stream of choices. */
export class Random {
  private state: number;

  /** @param seed a number and, for a stream of its own, what the stream is for */
  constructor(seed: number, ...purpose: (string | number)[]) {
    // FNV-1a over the text keeps streams apart that differ in one character
    let hash = 0x811c9dc5;
    for (const character of [seed, ...purpose].join(' ')) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
    this.state = hash >>> 0;
  }

  /** A number from 0 up to, not including, 1 (mulberry32). */
  fraction(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number between two, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  /** True with a probability. */
  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of a list. */
  pick<T>(list: readonly T[]): T {
    return list[this.whole(0, list.length - 1)]!;
  }

  /** Some of a list, in its order. */
  some<T>(list: readonly T[], least: number, most: number): T[] {
    const places = list.map((_, place) => place);
    const count = Math.min(this.whole(least, most), list.length);
    const chosen = new Set(Array.from({ length: count }, () => places.splice(this.whole(0, places.length - 1), 1)[0]!));
    return list.filter((_, place) => chosen.has(place));
  }
}
