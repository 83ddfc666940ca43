import { ProblemProps } from '../problem';
import { show } from './compare';
import { isWritable } from './yaml-scalar';
import { isPlainObject, MOST_LEVELS } from './yaml-writer';

/** Why a value has no YAML form, each place once. Only asked when writing failed, so it may take its time. */
export function yamlFaults(value: unknown): ProblemProps[] {
  const faults: ProblemProps[] = [];
  visit(value, '', [], faults);
  return faults;
}

function visit(value: unknown, path: string, ancestors: object[], faults: ProblemProps[]): void {
  const fault = (code: string, message: string, cure?: string) =>
    faults.push({ code, path, message, allowed: 'plain maps, lists, text, finite numbers, booleans and null', cure });

  if (typeof value === 'string') {
    if (!isWritable(value)) fault('NotUnicodeText', 'the text has half of a surrogate pair, which is no character');
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value)) fault('NotFiniteNumber', `${value} is not a number that a manifest can hold`);
  } else if (typeof value === 'object' && value !== null) {
    if (ancestors.includes(value)) {
      fault('CircularValue', 'the value holds itself');
    } else if (ancestors.length > MOST_LEVELS) {
      fault('TooDeep', `the value is more than ${MOST_LEVELS} levels deep`);
    } else if (Array.isArray(value)) {
      visitList(value, path, [...ancestors, value], faults);
    } else if (!isPlainObject(value)) {
      fault('NotPlainObject', `an object of class ${value.constructor?.name ?? 'unknown'} has no YAML form`, 'turn it into a plain object first');
    } else {
      for (const [key, item] of Object.entries(value)) {
        if (!isWritable(key)) fault('NotUnicodeText', 'a key has half of a surrogate pair, which is no character');
        if (item !== undefined) visit(item, pathBelow(path, key), [...ancestors, value], faults);
      }
    }
  } else if (typeof value !== 'boolean' && value !== null) {
    fault('NotYaml', `${show(value)} has no YAML form`);
  }
}

function visitList(list: unknown[], path: string, ancestors: object[], faults: ProblemProps[]): void {
  for (let index = 0; index < list.length; index++) {
    const below = `${path}[${index}]`;
    if (list[index] === undefined) {
      faults.push({ code: 'UndefinedInList', path: below, message: 'undefined in a list has no YAML form', cure: 'leave the item out, or write null' });
    } else {
      visit(list[index], below, ancestors, faults);
    }
  }
}

function pathBelow(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}['${key}']`;
  return path === '' ? key : `${path}.${key}`;
}
