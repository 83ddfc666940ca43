import { Item } from '../../inventory';
import { Shape } from '../../shape';
import { enumerate } from '../../text';

/** Tells of every field that is there and not among those that are read; one that is false, or empty, says nothing. */
export function tellOthers(shape: Shape, read: readonly string[]): void {
  for (const field of Object.keys(shape.value).sort()) {
    const value = shape.value[field];
    if (read.includes(field) || !shape.has(field) || value === false || value?.length === 0) continue;
    shape.unread(field, `${field} is not read, so nobody knows here what the policy does`, `only ${enumerate([...read])}`, `say it without ${field}, or keep this policy out of what is proved`);
  }
}

/** Whether an object is of a version that is read; tells when it is not. */
export function isVersion({ shape, object }: Item, versions: readonly string[]): boolean {
  if (versions.includes(object.apiVersion)) return true;
  shape.unread('apiVersion', `${object.apiVersion} is not a version that is read`, enumerate([...versions], 'or'));
  return false;
}
