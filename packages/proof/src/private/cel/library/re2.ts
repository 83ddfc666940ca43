import { CelError } from '../cel-error';

/** What holds at a place of a pattern. */
interface Flags {
  readonly ignoreCase: boolean;
  readonly multiLine: boolean;
  readonly dotAll: boolean;
  readonly ungreedy: boolean;
}

const POSIX: { readonly [name: string]: string } = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};
const NEGATED_POSIX: { readonly [name: string]: string } = {
  alnum: '\\x00-\\/:-@\\[-`\\{-\\u{10FFFF}',
  digit: '\\x00-\\/:-\\u{10FFFF}',
  space: '\\x00-\\x08\\x0E-\\x1F!-\\u{10FFFF}',
  word: '\\x00-\\/:-@\\[-\\^`\\{-\\u{10FFFF}',
  alpha: '\\x00-@\\[-`\\{-\\u{10FFFF}',
  lower: '\\x00-`\\{-\\u{10FFFF}',
  upper: '\\x00-@\\[-\\u{10FFFF}',
  ascii: '\\x80-\\u{10FFFF}',
  blank: '\\x00-\\x08\\x0A-\\x1F!-\\u{10FFFF}',
  cntrl: ' -~\\x80-\\u{10FFFF}',
  graph: '\\x00- \\x7F-\\u{10FFFF}',
  print: '\\x00-\\x1F\\x7F-\\u{10FFFF}',
  punct: '\\x00- 0-9A-Za-z\\x7F-\\u{10FFFF}',
  xdigit: '\\x00-\\/:-@G-`g-\\u{10FFFF}',
};
const SPACE = '\\t\\n\\f\\r ';
const NO_SPACE = '\\x00-\\x08\\x0B\\x0E-\\x1F!-\\u{10FFFF}';
const CONTROL: { readonly [letter: string]: string } = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
const MOST_REPEATS = 1_000;

/**
 * A pattern of RE2, which Go has, as one of JavaScript that matches the same texts.
 *
 * @throws CelError when Go would refuse the pattern: look-around, back references, …
 */
export function compileRegex(pattern: string): RegExp {
  return new RegExp(new Translator(pattern).translate(), 'u');
}

/** Reads a pattern from left to right. */
class Translator {
  private at = 0;
  private readonly names = new Set<string>();

  constructor(private readonly pattern: string) {}

  public translate(): string {
    const translated = this.alternatives({ ignoreCase: false, multiLine: false, dotAll: false, ungreedy: false });
    if (this.at < this.pattern.length) this.fail('unexpected )');
    return translated;
  }

  /** Up to the end of the group; flags that a group sets hold until then. */
  private alternatives(outer: Flags): string {
    let flags = outer;
    let result = '';
    while (this.at < this.pattern.length && this.pattern[this.at] !== ')') {
      if (this.pattern[this.at] === '|') {
        result += '|';
        this.at++;
        continue;
      }
      const set = /^\(\?([imsU]*)(?:-([imsU]+))?\)/.exec(this.rest());
      if (set !== null && set[0] !== '(?)') {
        this.at += set[0].length;
        flags = changed(flags, set[1], set[2]);
        continue;
      }
      result += this.repeated(this.atom(flags), flags);
    }
    return result;
  }

  private atom(flags: Flags): string {
    const character = String.fromCodePoint(this.pattern.codePointAt(this.at)!);
    switch (character) {
      case '(': return this.group(flags);
      case '[': return this.characters(flags);
      case '\\': return this.escape(flags);
      case '*': case '+': case '?': return this.fail('missing argument to repetition operator');
      default: this.at += character.length;
    }
    switch (character) {
      case '.': return flags.dotAll ? '[^]' : '[^\\n]';
      case '^': return flags.multiLine ? '(?<![^\\n])' : '(?<![^])';
      case '$': return flags.multiLine ? '(?![^\\n])' : '(?![^])';
      default: return literal(character, flags);
    }
  }

  private group(flags: Flags): string {
    const head = /^\((?:\?(?:P?<([A-Za-z_0-9]+)>|([imsU]*)(?:-([imsU]+))?:))?/.exec(this.rest())!;
    if (head[0] === '(' && this.pattern[this.at + 1] === '?') this.fail('invalid or unsupported Perl syntax');
    this.at += head[0].length;
    if (head[1] !== undefined) {
      if (this.names.has(head[1])) this.fail(`duplicate capture group name ${head[1]}`);
      this.names.add(head[1]);
    }
    const inner = this.alternatives(head[2] === undefined ? flags : changed(flags, head[2], head[3]));
    if (this.pattern[this.at] !== ')') this.fail('missing closing )');
    this.at++;
    return `(?:${inner})`;
  }

  private repeated(atom: string, flags: Flags): string {
    const counted = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.rest());
    const operator = counted?.[0] ?? /^[*+?]/.exec(this.rest())?.[0];
    if (operator === undefined) return atom;
    if (counted !== null) {
      const [least, most] = [Number(counted[1]), counted[3] ? Number(counted[3]) : undefined];
      if (least > MOST_REPEATS || (most !== undefined && (most > MOST_REPEATS || most < least))) this.fail('invalid repeat count');
    }
    this.at += operator.length;
    let lazy = flags.ungreedy;
    if (this.pattern[this.at] === '?') {
      lazy = !lazy;
      this.at++;
    }
    if (/^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(this.rest())) this.fail('invalid nested repetition operator');
    return `(?:${atom})${operator}${lazy ? '?' : ''}`;
  }

  private escape(flags: Flags): string {
    const quoted = /^\\Q([^]*?)(?:\\E|$)/.exec(this.rest());
    if (quoted !== null) {
      this.at += quoted[0].length;
      const characters = [...quoted[1]].map((character) => literal(character, flags));
      // what repeats is the last character
      return characters.slice(0, -1).join('') + this.repeated(characters.at(-1) ?? '', flags);
    }
    const place: { readonly [escape: string]: string } = { '\\A': '(?<![^])', '\\z': '(?![^])', '\\b': '\\b', '\\B': '\\B' };
    const two = this.pattern.slice(this.at, this.at + 2);
    if (Object.hasOwn(place, two)) {
      this.at += 2;
      return place[two];
    }
    const set = this.namedSet();
    if (set !== undefined) return `[${set}]`;
    return literal(this.escapedCharacter(), flags);
  }

  /** A set that one escape names: `\d`, `\pL`. What a character class writes for it. */
  private namedSet(): string | undefined {
    const perl: { readonly [escape: string]: string } = { '\\d': '0-9', '\\D': '\\x00-\\/:-\\u{10FFFF}', '\\s': SPACE, '\\S': NO_SPACE, '\\w': '\\w', '\\W': '\\x00-\\/:-@\\[-\\^`\\{-\\u{10FFFF}' };
    const two = this.pattern.slice(this.at, this.at + 2);
    if (Object.hasOwn(perl, two)) {
      this.at += 2;
      return perl[two];
    }
    const property = /^\\([pP])(?:\{(\^?)([^}]*)\}|([A-Za-z]))/.exec(this.rest());
    if (property === null) return undefined;
    this.at += property[0].length;
    const negated = (property[1] === 'P') !== (property[2] === '^');
    const name = property[3] ?? property[4];
    if (name === 'Any') return negated ? '' : '\\x00-\\u{10FFFF}';
    for (const form of [`General_Category=${name}`, `Script=${name}`]) {
      try {
        new RegExp(`\\p{${form}}`, 'u');
        return `\\${negated ? 'P' : 'p'}{${form}}`;
      } catch { // not of this form
      }
    }
    return this.fail(`invalid character class range: \`${property[0]}\``);
  }

  private escapedCharacter(): string {
    const hex = /^\\x(?:\{([0-9a-fA-F]{1,8})\}|([0-9a-fA-F]{2}))/.exec(this.rest());
    if (hex !== null) {
      const code = parseInt(hex[1] ?? hex[2], 16);
      if (code > 0x10ffff) this.fail('invalid escape sequence');
      this.at += hex[0].length;
      return String.fromCodePoint(code);
    }
    const octal = /^\\(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(this.rest());
    if (octal !== null) {
      this.at += octal[0].length;
      return String.fromCodePoint(parseInt(octal[0].slice(1), 8));
    }
    const letter = this.pattern[this.at + 1];
    if (letter === undefined) this.fail('trailing backslash at end of expression');
    if (Object.hasOwn(CONTROL, letter)) {
      this.at += 2;
      return CONTROL[letter];
    }
    if (!/^[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e ]$/.test(letter) || letter === ' ') this.fail(`invalid escape sequence: \`\\${letter}\``);
    this.at += 2;
    return letter;
  }

  /** `[a-z]`. */
  private characters(flags: Flags): string {
    const start = this.at++;
    const negated = this.pattern[this.at] === '^';
    if (negated) this.at++;
    let result = '';
    for (let first = true; first || this.pattern[this.at] !== ']'; first = false) {
      if (this.at >= this.pattern.length) this.fail(`missing closing ]: \`${this.pattern.slice(start)}\``);
      const posix = /^\[:(\^?)([a-z]+):\]/.exec(this.rest());
      if (posix !== null) {
        const set = (posix[1] === '' ? POSIX : NEGATED_POSIX)[posix[2]];
        if (set === undefined) this.fail(`invalid character class range: \`${posix[0]}\``);
        this.at += posix[0].length;
        result += folded(set, posix[2], flags);
        continue;
      }
      const set = this.pattern[this.at] === '\\' ? this.namedSet() : undefined;
      if (set !== undefined) {
        result += set;
        continue;
      }
      const low = this.member();
      if (this.pattern[this.at] !== '-' || this.pattern[this.at + 1] === ']' || this.at + 1 >= this.pattern.length) {
        result += low === '-' && !first && this.pattern[this.at] !== ']' && this.pattern[this.at - 2] !== '\\' ? this.fail('invalid character class range') : member(low, low, flags);
        continue;
      }
      this.at++;
      const high = this.member();
      if (high.codePointAt(0)! < low.codePointAt(0)!) this.fail('invalid character class range');
      result += member(low, high, flags);
    }
    this.at++;
    if (result === '') return negated ? '[^]' : '(?!)';
    return `[${negated ? '^' : ''}${result}]`;
  }

  private member(): string {
    if (this.pattern[this.at] === '\\') return this.escapedCharacter();
    const character = String.fromCodePoint(this.pattern.codePointAt(this.at)!);
    this.at += character.length;
    return character;
  }

  private rest(): string {
    return this.pattern.slice(this.at);
  }

  private fail(message: string): never {
    throw new CelError(`error parsing regexp: ${message}`);
  }
}

function changed(flags: Flags, on: string, off: string = ''): Flags {
  const value = (letter: string, before: boolean) => (off.includes(letter) ? false : before || on.includes(letter));
  return { ignoreCase: value('i', flags.ignoreCase), multiLine: value('m', flags.multiLine), dotAll: value('s', flags.dotAll), ungreedy: value('U', flags.ungreedy) };
}

/** A character as it stands inside and outside a class. */
function point(character: string): string {
  return /^[A-Za-z0-9_]$/.test(character) ? character : `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

function literal(character: string, { ignoreCase }: Flags): string {
  const forms = ignoreCase ? cases(character) : [character];
  return forms.length === 1 ? point(character) : `[${forms.map(point).join('')}]`;
}

function cases(character: string): string[] {
  const forms = new Set([character, character.toLowerCase(), character.toUpperCase()].filter((form) => [...form].length === 1));
  // two letters fold onto ASCII ones
  if (forms.has('k')) forms.add('\u212a');
  if (forms.has('s')) forms.add('\u017f');
  return [...forms];
}

function member(low: string, high: string, { ignoreCase }: Flags): string {
  const [from, to] = [low.codePointAt(0)!, high.codePointAt(0)!];
  const range = from === to ? point(low) : `${point(low)}-${point(high)}`;
  if (!ignoreCase) return range;
  const others: string[] = [];
  for (let code = from; code <= Math.min(to, from + 0x3000); code++) {
    for (const form of cases(String.fromCodePoint(code))) if (form.codePointAt(0)! < from || form.codePointAt(0)! > to) others.push(point(form));
  }
  return range + others.join('');
}

function folded(set: string, name: string, { ignoreCase }: Flags): string {
  return ignoreCase && (name === 'lower' || name === 'upper') ? 'A-Za-z' : set;
}
