import { CelError } from './cel-error';

/** Stands before an element or entry that is left out when it is absent: `[?a]`, `{?'k': v}`. */
export const OPTIONAL_MARK = 'optional__entry';

const TOKEN = new RegExp([
  '(?<space>[\\s\\f]+|//[^\\n]*)',
  '(?<text>(?:[rR]|[bB][rR]?)?(?:"""[^]*?(?<!(?<!\\\\)(?:\\\\\\\\)*\\\\)"""|\'\'\'[^]*?(?<!(?<!\\\\)(?:\\\\\\\\)*\\\\)\'\'\'|"(?:\\\\.|[^"\\\\\\n\\r])*"|\'(?:\\\\.|[^\'\\\\\\n\\r])*\'))',
  '(?<number>\\.?[0-9](?:x[0-9a-fA-F]+|[0-9]*(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)[uU]?)',
  '(?<word>[A-Za-z_][A-Za-z0-9_]*)',
  '(?<sign>&&|\\|\\||[<>=!]=|[^])',
].join('|'), 'y');

const RAW = /(?:[rR]|[bB][rR])(?:"""[^]*?"""|'''[^]*?'''|"[^"\n\r]*"|'[^'\n\r]*')/y;

/**
 * Rewrites what the vendored parser reads otherwise than cel-go does, and leaves the rest as it is: raw texts with
 * backslashes, bytes beyond ASCII, doubles without a leading digit, leading dots, and
 * optional elements of lists and maps.
 */
export function rewriteSource(source: string): string {
  const out: string[] = [];
  const open: string[] = [];
  let last = '';
  let position = 0;
  while (position < source.length) {
    const { text, groups } = tokenAt(source, position);
    position += text.length;
    if (groups.space !== undefined) {
      out.push(' ');
      continue;
    }
    const operand = /^(?:|[-+*/%([{,?:!<>=&|]=?|&&|\|\||in)$/.test(last);
    if (groups.text !== undefined) {
      out.push(rewriteText(text));
    } else if (groups.number !== undefined && text.startsWith('.')) {
      if (!operand) throw new CelError(`syntax error: unexpected ${text}`);
      out.push(`0${text}`);
    } else if (groups.sign !== undefined) {
      if (text === '(' || text === '[' || text === '{') open.push(text === '[' && !operand ? 'index' : text);
      else if (text === ')' || text === ']' || text === '}') open.pop();
      if (text === '?' && operand && last !== '' && (open.at(-1) === '[' || open.at(-1) === '{')) {
        out.push(open.at(-1) === '[' ? `${OPTIONAL_MARK}, ` : `${OPTIONAL_MARK}: null, `);
        continue;
      }
      if (text === '.' && operand) continue;
      out.push(text);
    } else {
      if (text === OPTIONAL_MARK) throw new CelError(`syntax error: unexpected ${text}`);
      out.push(groups.word !== undefined && /^[0-9.]/.test(last) ? ` ${text}` : text);
    }
    last = text;
  }
  return out.join('');
}

function tokenAt(source: string, position: number): { text: string; groups: { [name: string]: string | undefined } } {
  RAW.lastIndex = position;
  const raw = RAW.exec(source);
  if (raw !== null) return { text: raw[0], groups: { text: raw[0] } };
  TOKEN.lastIndex = position;
  const match = TOKEN.exec(source)!;
  return { text: match[0], groups: match.groups! };
}

/** Texts as ordinary texts in double quotes, bytes as escaped bytes. */
function rewriteText(token: string): string {
  const prefix = /^[rRbB]*/.exec(token)![0].toLowerCase();
  const quoted = token.slice(prefix.length);
  const marks = quoted.startsWith('"""') || quoted.startsWith("'''") ? 3 : 1;
  // cel-go reads line ends of any machine as one
  const inner = quoted.slice(marks, -marks).replace(/\r\n?/g, '\n');
  if (prefix.includes('b')) return `b"${prefix.includes('r') ? escapedBytes(inner) : inner.replace(/\\[^]|[^\x00-\x7f]+|["\n]/gu, bytesOf)}"`;
  if (prefix === 'r') return `"${inner.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n').replace(/\r/g, '\\r')}"`;
  return marks === 3 ? `"${inner.replace(/\\[^]|["\n\r]/g, (part) => ESCAPES[part] ?? part)}"` : quoted;
}

const ESCAPES: { readonly [part: string]: string } = { '"': '\\"', '\n': '\\n', '\r': '\\r' };

function bytesOf(part: string): string {
  return part.startsWith('\\') && part.length > 1 ? part : escapedBytes(part);
}

function escapedBytes(text: string): string {
  return [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}
