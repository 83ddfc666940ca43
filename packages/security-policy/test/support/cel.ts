import { Cidr, Quantity } from '@viridial/core';
import { buildSync } from 'esbuild';

/** A block in expressions, as far as the policies use the CIDR library of Kubernetes. */
class Block {
  constructor(public readonly cidr: Cidr) {}
}

/** A quantity in expressions. */
class Amount {
  constructor(public readonly quantity: Quantity) {}
}

/** cel-js is an ES module, which jest does not load: esbuild, which translates the tests, bundles it. */
function celJs(): any {
  const [{ text }] = buildSync({ entryPoints: [require.resolve('@marcbachmann/cel-js')], bundle: true, format: 'cjs', platform: 'node', write: false }).outputFiles;
  const module = { exports: {} as any };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  new Function('module', 'exports', text)(module, module.exports);
  return module.exports;
}

const { Environment } = celJs();
const environment = new Environment({ unlistedVariablesAreDyn: true, limits: { maxAstNodes: 100_000, maxDepth: 500, maxListElements: 10_000, maxMapEntries: 10_000 } })
  .registerType('CIDR', { ctor: Block, fields: {} })
  .registerFunction('cidr(string): CIDR', (value: string) => new Block(Cidr.parse(value)))
  .registerFunction('CIDR.containsCIDR(CIDR): bool', (block: Block, other: Block) => block.cidr.contains(other.cidr))
  .registerFunction('CIDR.prefixLength(): int', (block: Block) => BigInt(block.cidr.prefix));
environment.registerType('Quantity', { ctor: Amount, fields: {} })
  .registerFunction('quantity(string): Quantity', (value: string) => new Amount(Quantity.parse(value)))
  .registerFunction('Quantity.isGreaterThan(Quantity): bool', (amount: Amount, other: Amount) => amount.quantity.compareTo(other.quantity) > 0);
const parsed = new Map<string, (variables: any) => any>();

/** The value of an expression. Whole numbers are integers, as in what the API server reads. */
export function evaluate(expression: string, variables: { [name: string]: any }): any {
  let program = parsed.get(expression);
  if (program === undefined) {
    program = environment.parse(expression) as (variables: any) => any;
    parsed.set(expression, program);
  }
  return program(variables);
}

/** What JSON calls a number is an integer for CEL when it is whole. */
export function celValue(value: any): any {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(celValue);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined).map(([key, each]) => [key, celValue(each)]));
  return value;
}
