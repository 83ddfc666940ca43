import { CelObject, Optional, Value } from '../values';
import { Library } from './library';
import { parse as parseUrl } from './url';

/** A named format of texts. */
class Format extends CelObject {
  public readonly kind = 'format';

  constructor(
    public readonly name: string,
    public readonly faults: (text: string) => string[],
  ) {
    super();
  }

  public equals(other: Format): boolean {
    return this.name === other.name;
  }
}

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_1035 = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;

const FORMATS: { readonly [name: string]: Format } = Object.fromEntries(Object.entries({
  dns1123Label: (text: string) => named(text, LABEL, 63),
  dns1123Subdomain: (text: string) => named(text, SUBDOMAIN, 253),
  dns1035Label: (text: string) => named(text, LABEL_1035, 63),
  qualifiedName,
  dns1123LabelPrefix: (text: string) => named(prefix(text), LABEL, 63),
  dns1123SubdomainPrefix: (text: string) => named(prefix(text), SUBDOMAIN, 253),
  dns1035LabelPrefix: (text: string) => named(prefix(text), LABEL_1035, 63),
  labelValue: (text: string) => named(text, VALUE, 63),
  uri: (text: string) => unless(parseUrl(text) !== undefined, 'is not a URI'),
  uuid: (text: string) => unless(/^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text), 'does not match the UUID format'),
  byte: (text: string) => unless(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/.test(text), 'invalid base64'),
  date: (text: string) => unless(isDate(text), 'invalid date'),
  datetime: (text: string) => unless(isDateTime(text), 'invalid datetime'),
}).map(([name, check]) => [name, new Format(name, check)]));

/** Named formats: `format.dns1123Label().validate('a')` is nothing when the text is fine. */
export function addFormats(library: Library): void {
  for (const [name, format] of Object.entries(FORMATS)) library.function(`format.${name}`, '', 'format', () => format);
  library.function('format.named', 'string', 'optional<format>', (name: string) => (Object.hasOwn(FORMATS, name) ? new Optional(FORMATS[name]) : Optional.NONE))
    .method('validate', 'format, string', 'optional<list<string>>', (format: Format, text: string): Value => {
      const found = format.faults(text);
      return found.length === 0 ? Optional.NONE : new Optional(found);
    });
}

function unless(fine: boolean, message: string): string[] {
  return fine ? [] : [message];
}

function named(text: string, pattern: RegExp, most: number): string[] {
  return [
    ...unless(Buffer.byteLength(text) <= most, `must be no more than ${most} characters`),
    ...unless(pattern.test(text), `must match ${pattern.source}`),
  ];
}

/** A name that something is appended to may end with a dash. */
function prefix(text: string): string {
  return text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text;
}

function qualifiedName(text: string): string[] {
  const parts = text.split('/');
  if (parts.length > 2) return ['must be a name with an optional DNS subdomain prefix and \'/\''];
  const name = parts.at(-1)!;
  return [
    ...(parts.length === 2 ? named(parts[0], SUBDOMAIN, 253).map((fault) => `prefix part ${fault}`) : []),
    ...(name === '' ? ['name part must be non-empty'] : named(name, VALUE, 63).map((fault) => `name part ${fault}`)),
  ];
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month >= 1 && month <= 12 && day >= 1 && day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
}

function isDateTime(text: string): boolean {
  const match = /^([^tT]*)[tT](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:z|[+-]\d\d(?::?\d\d)?)$/i.exec(text);
  return match !== null && isDate(match[1]) && Number(match[2]) < 24 && Number(match[3]) < 60 && Number(match[4]) < 60;
}
