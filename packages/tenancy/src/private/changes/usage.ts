import { Problems, Quantity } from '@viridial/core';

/** Checks what is said to be used. */
export function collectUsage(problems: Problems, usage: { readonly [namespace: string]: { readonly [resource: string]: string } }): void {
  for (const [namespace, used] of Object.entries(usage)) {
    for (const [resource, amount] of Object.entries(used)) Quantity.collect(problems, `usage.${namespace}.${resource}`, amount);
  }
}
