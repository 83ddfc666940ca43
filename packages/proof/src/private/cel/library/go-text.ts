/** A double as Go writes it by default: as few digits as tell it apart, with an exponent for what is small or large. */
export function goNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits, exponent] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 6) return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  return plainNumber(value);
}

/** A double without an exponent, with as few digits as tell it apart. */
export function plainNumber(value: number): string {
  const [digits, exponent] = Math.abs(value).toExponential().split('e');
  const figures = digits.replace('.', '');
  const point = Number(exponent) + 1;
  const text = point <= 0 ? `0.${'0'.repeat(-point)}${figures}`
    : figures.length <= point ? figures.padEnd(point, '0') : `${figures.slice(0, point)}.${figures.slice(point)}`;
  return value < 0 ? `-${text}` : text;
}

const ESCAPES: { readonly [character: string]: string } = {
  '\x07': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v', '\\': '\\\\', '"': '\\"',
};

/** A text in double quotes with escapes, as Go writes it. */
export function goQuote(text: string): string {
  return `"${[...text].map((character) => {
    if (Object.hasOwn(ESCAPES, character)) return ESCAPES[character];
    if (/[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character)) return character;
    const point = character.codePointAt(0)!;
    if (point < 0x80) return `\\x${point.toString(16).padStart(2, '0')}`;
    return point < 0x10000 ? `\\u${point.toString(16).padStart(4, '0')}` : `\\U${point.toString(16).padStart(8, '0')}`;
  }).join('')}"`;
}
