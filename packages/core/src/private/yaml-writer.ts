import { isLiteral, isPlain, isWritable, literal, quote, writeNumber } from './yaml-scalar';

/** Deeper than any manifest, and within what readers take (js-yaml stops at 100); what goes on beyond mostly holds itself. */
export const MOST_LEVELS = 90;

/** Keys that come first in a manifest, in this order. */
const FIRST_KEYS = ['apiVersion', 'kind', 'metadata', 'spec'];

/** YAML wants an explicit key beyond 1024 characters; the escapes of a shorter one fit as well. */
const LONGEST_SIMPLE_KEY = 128;

/** How many different keys are remembered; manifests use few hundred, while names of tenants as keys could be many. */
const MOST_REMEMBERED = 4096;

/** Line feed and indentation, by level. */
const BREAKS = Array.from({ length: MOST_LEVELS + 2 }, (_, level) => `\n${'  '.repeat(level)}`);
const HYPHENS = BREAKS.map((before) => `${before}-`);
const SPACED_HYPHENS = BREAKS.map((before) => `${before}- `);

/** Keys as they are written before a collection, and before a scalar (with a space), by key. */
class KeyMemory {
  public readonly beforeCollection = new Map<string, string>();
  public readonly beforeScalar = new Map<string, string>();
}

/**
 * Nearly every key is written again and again at the same depth, and one long part is joined faster than four short
 * ones: keys on lines of their own, by level, and keys that follow a hyphen.
 */
const OWN_LINE = BREAKS.map(() => new KeyMemory());
const AFTER_HYPHEN = new KeyMemory();

/** Thrown when a value has no YAML form; whoever catches it says where. */
export class Unwritable extends Error {}

/**
 * Writes one document, ended by a line feed.
 *
 * The parts are collected in a list that is joined once. A line's feed is written before the line, not after it, so
 * that a map or list can follow its key or hyphen on the same line or on the next one.
 */
export function writeDocument(value: unknown): string {
  const parts: string[] = [];
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value) || !isPlainObject(value)) writeCollection(parts, value, 0, false);
    else if (!writeMap(parts, value, firstKeysFirst(value), 0, false)) parts.push(' {}');
  } else if (typeof value === 'string' && !isPlain(value)) {
    // a block literal cannot say how deep it stands when nothing is around it
    parts.push(' ', checked(value));
  } else {
    parts.push(' ');
    writeScalar(parts, value, 0);
  }
  parts.push('\n');
  return parts.join('').slice(1);
}

/** Writes a collection behind its key, or behind its hyphen on the same line. */
function writeCollection(parts: string[], value: object, level: number, afterHyphen: boolean): void {
  if (level > MOST_LEVELS) throw new Unwritable();
  if (Array.isArray(value)) {
    if (value.length === 0) parts.push(' []');
    else writeList(parts, value, level, afterHyphen);
  } else {
    if (!isPlainObject(value)) throw new Unwritable();
    if (!writeMap(parts, value, Object.keys(value), level, afterHyphen)) parts.push(' {}');
  }
}

function firstKeysFirst(value: object): string[] {
  const keys = Object.keys(value);
  const first = FIRST_KEYS.filter((key) => Object.hasOwn(value, key));
  const inPlace = first.every((key, index) => keys[index] === key);
  return inPlace ? keys : [...first, ...keys.filter((key) => !first.includes(key))];
}

/** Writes the entries that are not undefined; says whether there was one. */
function writeMap(parts: string[], value: any, keys: string[], level: number, afterHyphen: boolean): boolean {
  let inline = afterHyphen;
  let written = false;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index];
    const item = value[key];
    if (item === undefined) continue;
    const memory = inline ? AFTER_HYPHEN : OWN_LINE[level];
    if (typeof item !== 'object' || item === null) {
      parts.push(memory.beforeScalar.get(key) ?? writeKey(memory.beforeScalar, key, inline, level, ' '));
      writeScalar(parts, item, level + 1);
    } else {
      parts.push(memory.beforeCollection.get(key) ?? writeKey(memory.beforeCollection, key, inline, level, ''));
      writeCollection(parts, item, level + 1, false);
    }
    inline = false;
    written = true;
  }
  return written;
}

function writeList(parts: string[], items: unknown[], level: number, afterHyphen: boolean): void {
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const inline = afterHyphen && index === 0;
    if (typeof item !== 'object' || item === null) {
      parts.push(inline ? ' - ' : SPACED_HYPHENS[level]);
      writeScalar(parts, item, level + 1);
    } else {
      parts.push(inline ? ' -' : HYPHENS[level]);
      writeCollection(parts, item, level + 1, true);
    }
  }
}

function writeKey(memory: Map<string, string>, key: string, inline: boolean, level: number, after: string): string {
  const text = isPlain(key) ? key : checked(key);
  const before = inline ? ' ' : BREAKS[level];
  if (key.length > LONGEST_SIMPLE_KEY) return `${before}? ${text}${BREAKS[level]}:${after}`;
  if (memory.size >= MOST_REMEMBERED) memory.clear();
  const line = `${before}${text}:${after}`;
  memory.set(key, line);
  return line;
}

function checked(text: string): string {
  if (!isWritable(text)) throw new Unwritable();
  return quote(text);
}

function writeScalar(parts: string[], value: unknown, level: number): void {
  if (typeof value === 'string') {
    if (isPlain(value)) parts.push(value);
    else if (isLiteral(value)) literal(parts, value, BREAKS[level]);
    else parts.push(checked(value));
  } else if (typeof value === 'number' && Number.isFinite(value)) {
    parts.push(writeNumber(value));
  } else if (typeof value === 'boolean' || value === null) {
    parts.push(String(value));
  } else {
    throw new Unwritable();
  }
}

/** Whether an object is a map: not of a class. Also true for maps of another realm, such as a test runner's. */
export function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}
