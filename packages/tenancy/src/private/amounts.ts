import { Problems, Quantity } from '@viridial/core';

/** Reads an amount that a person stated; nothing when there is none or a problem was added. */
export function amountOf(problems: Problems, path: string, stated: string | number | undefined): Quantity | undefined {
  if (stated === undefined) return undefined;
  if (typeof stated === 'number') {
    if (Number.isSafeInteger(stated) && stated >= 0) return Quantity.parse(`${stated}`);
    problems.error({ code: 'InvalidCount', path, message: `${stated} is not a number of objects`, value: stated, allowed: 'whole numbers from 0', cure: 'give a whole number' });
    return undefined;
  }
  const quantity = Quantity.collect(problems, path, stated);
  if (!quantity?.isNegative) return quantity;
  problems.error({ code: 'NegativeBudget', path, message: `${stated} is negative`, value: stated, allowed: 'quantities from 0', cure: 'give the amount that the tenant may use' });
  return undefined;
}

/** The smaller of two amounts. */
export function least(a: Quantity, b: Quantity): Quantity {
  return a.compareTo(b) <= 0 ? a : b;
}
