/** Which ASCII characters are in a set; a table, because this is asked for every character that is written. */
function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';

/** May start text without quotes. */
const FIRST = tableOf(`${LETTERS}_/`);

/** May follow the one or two hyphens of a command-line flag. */
const FIRST_OF_FLAG = tableOf(LETTERS);

/** May stand in text without quotes. */
const INSIDE = tableOf(`${LETTERS}${DIGITS}_/.-@+=~%()<>;$,`);

/** May stand in text that starts with a digit. */
const IN_DIGITS = tableOf(`${LETTERS}${DIGITS}/.-`);

/** Occurs in no number, date or time of any reader: those use a to f, o, x, T and Z. */
const NO_NUMBER = tableOf('ghijklmnpqrsuvwyGHIJKLMNPQRSUVWY/');

const SPACE = 32;
const HYPHEN = 45;
const COLON = 58;

/** What YAML 1.1 or 1.2 readers take for a boolean or nothing, in any spelling (https://yaml.org/type/). */
const WORDS = new Set(['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null']);

/** Characters that a double-quoted text must escape beside those of JSON: line ends of YAML 1.1, controls, the byte order mark, non-characters. */
// eslint-disable-next-line no-control-regex
const ESCAPED = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Text that a block literal can hold unchanged: tabs and line feeds, but no other control character or line end. */
// eslint-disable-next-line no-control-regex
const LITERAL = /^[\t\n\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** Some readers of YAML 1.1 take an exponent without a number before it for a number: `e1`, `E-12`. */
const BARE_EXPONENT = /^[eE][-+]?[0-9]+$/;

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Whether a text can be written at all: half of a surrogate pair is no character. */
export function isWritable(text: string): boolean {
  return !LONE_SURROGATE.test(text);
}

/** Whether a text can stand without quotes, as a key or as a value. */
export function isPlain(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57) return isPlainFromDigit(text);
  // any other hyphen in front may mean a list, a number or the end of a document
  const hyphens = first !== HYPHEN ? 0 : text.charCodeAt(1) === HYPHEN ? 2 : 1;
  if (!isIn(hyphens === 0 ? FIRST : FIRST_OF_FLAG, text.charCodeAt(hyphens))) return false;
  for (let index = hyphens + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isIn(INSIDE, code)) continue;
    // a colon only inside a word, a space only between words
    if ((code !== COLON && code !== SPACE) || !isIn(INSIDE, text.charCodeAt(index + 1))) return false;
  }
  if (text.length <= 5 && WORDS.has(text.toLowerCase())) return false;
  return (first !== 69 && first !== 101) || !BARE_EXPONENT.test(text);
}

/** Also false behind the end of a text, where the code is NaN. */
function isIn(table: Uint8Array, code: number): boolean {
  return code < 128 && table[code] === 1;
}

/** Text that starts with a digit is plain when a character shows that it is no number, date or time: `500m`, `16Gi`, `10.0.0.0/8`. */
function isPlainFromDigit(text: string): boolean {
  let shown = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (!isIn(IN_DIGITS, code)) return false;
    shown ||= isIn(NO_NUMBER, code);
  }
  return shown;
}

/** Text in double quotes, on one line. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(ESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Whether a text is shown line by line: it has several lines, ends in one that is not blank, and no character a literal would change. */
export function isLiteral(text: string): boolean {
  const lastLine = text.trimEnd();
  if (lastLine === '' || !text.includes('\n') || !LITERAL.test(text)) return false;
  return /^\n*$/.test(text.slice(lastLine.length));
}

/** Writes a block literal without its last line feed; `before` is the line feed and indentation that stand before its lines. */
export function literal(parts: string[], text: string, before: string): void {
  const body = text.replace(/\n+$/, '');
  const ends = text.length - body.length;
  const chomping = ends === 0 ? '-' : ends === 1 ? '' : '+';
  // a first line that starts with white space hides how deep the text stands; say it
  parts.push(/^\n*[ \t]/.test(body) ? '|2' : '|', chomping);
  for (const line of body.split('\n')) parts.push(line === '' ? '\n' : before, line);
  if (ends > 1) parts.push('\n'.repeat(ends - 1));
}

/** A finite number; with a point before an exponent, without which YAML 1.1 reads text. */
export function writeNumber(value: number): string {
  if (value === 0) return '0';
  const text = String(value);
  const exponent = text.indexOf('e');
  return exponent < 0 || text.includes('.') ? text : `${text.slice(0, exponent)}.0${text.slice(exponent)}`;
}
