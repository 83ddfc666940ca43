import { CelError } from '../cel-error';
import { CelMap, CelObject } from '../values';
import { Library } from './library';

/** The parts of a URL. */
interface Parts {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

/** A URL. */
class Url extends CelObject {
  public readonly kind = 'url';

  constructor(
    public readonly text: string,
    public readonly parts: Parts,
  ) {
    super();
  }

  public equals(other: Url): boolean {
    return this.text === other.text;
  }

  public get hostname(): string {
    const { host } = this.parts;
    return host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.replace(/:[^:]*$/, '');
  }

  public get port(): string {
    return /:(\d*)$/.exec(this.parts.host.replace(/^\[[^\]]*\]/, ''))?.[1] ?? '';
  }
}

/** URLs, which are absolute or absolute paths. */
export function addUrl(library: Library): void {
  library.function('url', 'string', 'url', (text: string) => {
    const read = parse(text);
    if (read === undefined) throw new CelError(`URL parse error during conversion from string: parse "${text}": invalid URI for request`);
    return read;
  })
    .function('isURL', 'string', 'bool', (text: string) => parse(text) !== undefined)
    .method('getScheme', 'url', 'string', ({ parts }: Url) => parts.scheme)
    .method('getHost', 'url', 'string', ({ parts }: Url) => parts.host)
    .method('getHostname', 'url', 'string', ({ hostname }: Url) => hostname)
    .method('getPort', 'url', 'string', ({ port }: Url) => port)
    .method('getEscapedPath', 'url', 'string', ({ parts }: Url) => parts.path)
    .method('getQuery', 'url', 'map<string, list<string>>', query);
}

/** Reads as Go's ParseRequestURI accepts it. */
export function parse(text: string): Url | undefined {
  // eslint-disable-next-line no-control-regex
  if (text === '' || /[\x00-\x1f\x7f]/.test(text)) return undefined;
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text);
  if (text === '*') return new Url(text, { scheme: '', host: '', path: '*', query: '' });
  if (scheme === null && !text.startsWith('/')) return undefined;
  const rest = scheme === null ? text : text.slice(scheme[0].length);
  if (!rest.startsWith('/')) return new Url(text, { scheme: scheme![1].toLowerCase(), host: '', path: '', query: /\?([^#]*)/.exec(rest)?.[1] ?? '' });
  const [, authority, path, search] = /^(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/.exec(scheme === null && !/^\/\/(?!\/)/.test(rest) ? `//${rest}` : rest)!;
  const host = (authority ?? '').replace(/^.*@/, '');
  if (authority !== undefined && !validAuthority(authority, host)) return undefined;
  if (/%(?![0-9a-fA-F]{2})/.test(path)) return undefined;
  return new Url(text, { scheme: (scheme?.[1] ?? '').toLowerCase(), host, path: escaped(path), query: search ?? '' });
}

function validAuthority(authority: string, host: string): boolean {
  const user = authority.slice(0, authority.length - host.length);
  if (user !== '' && !/^(?:[A-Za-z0-9\-._:~!$&'()*+,;=%@])*@$/.test(user)) return false;
  if (host.startsWith('[')) return /^\[[^\]]*\](?::\d*)?$/.test(host);
  if (/[\s"<>\\^`{|}%#?/[\]]/.test(host.replace(/%[89a-fA-F][0-9a-fA-F]|["<>]/g, ''))) return false;
  return !host.includes(':') || /^[^:]*:\d*$/.test(host);
}

/** A path as Go escapes it, unless it is escaped already. */
function escaped(path: string): string {
  if (/^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/[\]]|%[0-9a-fA-F]{2})*$/.test(path)) return path;
  return [...Buffer.from(decodeURIComponentSafe(path))].map((byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9\-._~$&+,/:;=@]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

function decodeURIComponentSafe(text: string): string {
  return Buffer.from(text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString() === ''
    ? text : text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => Buffer.from(run.replace(/%/g, ''), 'hex').toString());
}

function query({ parts }: Url): CelMap {
  const values: CelMap = new Map();
  for (const pair of parts.query.split('&')) {
    if (pair === '' || pair.includes(';') || /%(?![0-9a-fA-F]{2})/.test(pair)) continue;
    const [key, value] = [pair.replace(/=.*$/s, ''), pair.includes('=') ? pair.slice(pair.indexOf('=') + 1) : ''].map((part) => decodeURIComponentSafe(part.replace(/\+/g, ' ')));
    values.set(key, [...(values.get(key) as string[] | undefined) ?? [], value]);
  }
  return values;
}
