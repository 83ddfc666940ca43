import { Problems, Quantity } from '@viridial/core';
import { Shape } from '../shape';

/** Amounts by the name of their resource. */
export type ResourceList = Map<string, Quantity>;

/** A map of quantities; one that is none is a problem and left out. */
export function readResourceList(holder: Shape | undefined, field: string): ResourceList {
  const shape = holder?.child(field);
  const list: ResourceList = new Map();
  for (const name of Object.keys(shape?.value ?? {}).sort()) {
    const quantity = readQuantity(shape!, name);
    if (quantity !== undefined) list.set(name, quantity);
  }
  return list;
}

/** YAML writes quantities as text or as plain numbers, and the API server takes both. */
export function readQuantity(shape: Shape, field: string): Quantity | undefined {
  const value = shape.value[field] ?? undefined;
  if (value === undefined) return undefined;
  const problems = new Problems();
  const quantity = typeof value === 'string' || typeof value === 'number' ? Quantity.collect(problems, field, String(value)) : undefined;
  if (quantity === undefined) shape.wrong(field, `${JSON.stringify(value)} is not a quantity`, 'a quantity such as 500m, 4 or 8Gi');
  return quantity;
}

/** Adds the amounts of the second list to the first. */
export function addTo(list: ResourceList, more: ResourceList): void {
  for (const [name, quantity] of more) list.set(name, list.get(name)?.plus(quantity) ?? quantity);
}

/** Raises the amounts of the first list to those of the second. */
export function raiseTo(list: ResourceList, least: ResourceList): void {
  for (const [name, quantity] of least) {
    const own = list.get(name);
    if (own === undefined || own.compareTo(quantity) < 0) list.set(name, quantity);
  }
}

/** Takes from the second list what the first does not have. */
export function fillFrom(list: ResourceList, defaults: ResourceList): void {
  for (const [name, quantity] of defaults) if (!list.has(name)) list.set(name, quantity);
}
