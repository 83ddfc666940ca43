import { Problems, Quantity } from '@viridial/core';
import { amountOf } from './amounts';
import { BudgetLine, statedAmount } from './budget-lines';
import { BudgetSplit } from './split-budget';

/** One amount to deal out over the namespaces of a budget. */
export interface LineSplit {
  readonly split: BudgetSplit;
  readonly line: BudgetLine;
  /** Property path of the amount. */
  readonly path: string;
  /** The amount that a person stated for all namespaces. */
  readonly total?: Quantity;
  /** Amounts that a person stated for single namespaces, in the order of the parts. */
  readonly own: (Quantity | undefined)[];
}

/** What a budget states of a line, for all namespaces and for single ones. */
export function readLine(problems: Problems, split: BudgetSplit, line: BudgetLine): LineSplit {
  const path = `${split.path}.${line.property}`;
  const total = amountOf(problems, path, statedAmount(split.budget, line));
  const own = split.parts.map(({ stated, environment }) => (
    amountOf(problems, `${split.path}.environments.${environment}.${line.property}`, statedAmount(stated, line))));
  return { split, line, path, total, own };
}

/** Whether anybody says something about the line. */
export function isStated({ total, own }: LineSplit): boolean {
  return total !== undefined || own.some((amount) => amount !== undefined);
}

/**
 * The amount of each namespace: what is stated for it, else its share of what the others leave. Without a total those
 * get the default. The amounts never add up to more than the total.
 */
export function splitLine(problems: Problems, input: LineSplit): Quantity[] {
  const { split: { parts, shared }, line, own } = input;
  const usual = shared ? line.sharedDefault : line.tenantDefault;
  const total = input.total ?? Quantity.sum(parts.map((_, index) => own[index] ?? usual));
  const left = total.minus(Quantity.sum(own.filter((amount) => amount !== undefined)));
  const sharing = parts.map((_, index) => index).filter((index) => own[index] === undefined);
  if (left.isNegative) {
    exceeded(problems, input, total);
    return parts.map((_, index) => own[index] ?? line.least);
  }
  const shares = sharing.length === 0 ? [] : left.splitInSteps(sharing.map((index) => parts[index].weight), line.step);
  const amounts = parts.map((_, index) => own[index] ?? shares[sharing.indexOf(index)]);
  amounts.forEach((amount, index) => collectSmall(problems, input, { total, amount, index }));
  return amounts;
}

interface Share {
  readonly total: Quantity;
  readonly amount: Quantity;
  readonly index: number;
}

function collectSmall(problems: Problems, { split: { parts, path }, line, path: at, own }: LineSplit, { total, amount, index }: Share): void {
  const tooSmall = amount.compareTo(line.least) < 0;
  if (!tooSmall && (!amount.isZero || total.isZero || own[index] !== undefined)) return;
  const { namespace, environment } = parts[index];
  const alone = own[index] !== undefined;
  const what = alone || parts.length === 1 ? 'is all there is' : `over ${parts.length} namespaces leaves ${amount.toString()}`;
  const stated = alone ? amount : total;
  const fault = {
    path: alone ? `${path}.environments.${environment}.${line.property}` : at,
    message: `${line.property} ${stated.toString()} ${what} for ${namespace}`,
    value: stated.toString(),
    allowed: `at least ${line.least.toString()} for each namespace`,
    cure: 'raise the budget, give the namespace a greater share, or name fewer environments',
  };
  if (tooSmall) problems.error({ code: 'BudgetTooSmall', ...fault });
  else problems.warning({ code: 'ShareIsNothing', ...fault, allowed: undefined });
}

function exceeded(problems: Problems, { split: { parts }, line, path, own }: LineSplit, total: Quantity): void {
  const stated = parts.flatMap((part, index) => (own[index] === undefined ? [] : [{ name: part.environment, amount: own[index]! }]));
  problems.error({
    code: 'BudgetExceeded',
    path,
    message: `${stated.map(({ name, amount }) => `${amount.toString()} of ${name}`).join(' and ')} make ${Quantity.sum(stated.map(({ amount }) => amount)).toString()}, which is more than ${line.property} ${total.toString()}`,
    value: total.toString(),
    allowed: 'amounts of environments that add up to at most the budget',
    cure: 'raise the budget, or lower what environments have exactly',
  });
}
