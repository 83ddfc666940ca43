import { Manifests } from '@viridial/core';
import { FieldChange, ObjectChange } from '../../tenancy-changes-props';
import { compareText, sortedOnce } from '../compare';

/** Objects that are new, that differ and that are gone, each list sorted. */
export function objectChanges(before: any[], after: any[]): { created: ObjectChange[]; changed: ObjectChange[]; removed: ObjectChange[] } {
  const old = byIdentity(before);
  const now = byIdentity(after);
  const names = sortedOnce([...old.keys(), ...now.keys()]);
  const only = (one: Map<string, any>, other: Map<string, any>): ObjectChange[] => names
    .filter((name) => one.has(name) && !other.has(name)).map((name) => ({ object: name, namespace: namespaceOf(one.get(name)), fields: [] }));
  return {
    created: only(now, old),
    changed: names.flatMap((object) => {
      if (!old.has(object) || !now.has(object)) return [];
      const fields = fieldChanges(old.get(object), now.get(object));
      return fields.length === 0 ? [] : [{ object, namespace: namespaceOf(now.get(object)), fields }];
    }),
    removed: only(old, now),
  };
}

function byIdentity(manifests: any[]): Map<string, any> {
  return new Map(manifests.map((manifest) => [Manifests.identity(manifest), manifest]));
}

function namespaceOf({ kind, metadata }: any): string | undefined {
  return kind === 'Namespace' ? metadata.name : metadata.namespace;
}

/** Fields that differ. Lists are compared as a whole: their entries have no names. */
export function fieldChanges(before: any, after: any): FieldChange[] {
  const found: FieldChange[] = [];
  const compare = (path: string, old: any, now: any): void => {
    if (isMap(old) && isMap(now)) {
      for (const key of sortedOnce([...Object.keys(old), ...Object.keys(now)])) compare(path === '' ? key : `${path}.${key}`, old[key], now[key]);
    } else if (JSON.stringify(old) !== JSON.stringify(now)) {
      found.push({ path, before: old, after: now });
    }
  };
  compare('', before, after);
  return found.sort((a, b) => compareText(a.path, b.path));
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
