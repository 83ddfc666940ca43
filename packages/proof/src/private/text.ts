/** Order of texts by code unit, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `1 pod`, `2 pods`. */
export function count(number: number, noun: string, plural: string = `${noun}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(items: string[], word: string = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items[items.length - 1]}`;
}

/** The first few items and how many more there are, so that a message about a large cluster stays readable. */
export function enumerateSome(items: string[], most: number): string {
  if (items.length <= most) return enumerate(items);
  return `${items.slice(0, most).join(', ')} and ${(items.length - most).toLocaleString('en-US')} more`;
}

/** A value as it stands in the input, cut off before it fills the message. */
export function show(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** `a=1, b=2`, sorted by key. */
export function showLabels(labels: { [key: string]: string }): string {
  return Object.keys(labels).sort(compareText).map((key) => `${key}=${labels[key]}`).join(', ');
}

/** The sorted texts, each once. */
export function distinct(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort(compareText);
}

/** The text with a capital letter in front. */
export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The entries by a text that they share, in the order in which they came. */
export function groupBy<T>(entries: Iterable<T>, key: (entry: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const own = key(entry);
    const group = groups.get(own);
    if (group === undefined) groups.set(own, [entry]);
    else group.push(entry);
  }
  return groups;
}

/** An identity without its API group, as people say it: `NetworkPolicy shop/web`. */
export function short(identity: string): string {
  return identity.replace(/^([A-Za-z0-9]+)\.[^ ]+ /, '$1 ');
}
