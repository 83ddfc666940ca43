import { evaluate, load } from './child-process';

interface Missing {
  readonly line: number;
  readonly symbol: string;
  readonly lacks: string;
}

const sources: Record<string, string> = {
  complete: `
/** A thing. */
export class Thing {
  /** Its name. */
  public readonly name: string = '';
  private readonly secret = 1;
  /** @internal */
  public _inner(): void {}
  /** Makes one. */
  constructor(/** How many. */ readonly count: number) {}
}
/** Options of a thing. */
export interface ThingProps {
  /**
   * How many.
   * @default 3
   */
  readonly count?: number;
  /** What it is called. */
  readonly name: string;
}
/** Kinds. */
export enum Kind {
  /** The first. */
  A = 1,
}
class Hidden { public readonly silent = true; }
`,
  symbols: `
export class Silent {}
export interface SilentProps {}
export enum SilentKind {}
export function silent(): void {}
export const SILENT = 1;
export type SilentAlias = string;
`,
  members: `
/** A thing. */
export class Thing {
  public static of(): Thing { return new Thing(1); }
  public readonly name = '';
  public get size(): number { return 1; }
  protected grow(): void {}
  constructor(readonly count: number) {}
}
/** Kinds. */
export enum Kind { A = 1 }
`,
  overloads: `
/** A thing. */
export class Thing {
  /** Speaks for both. */
  public at(index: number): string;
  public at(name: string): string;
  public at(): string { return ''; }
  /** Speaks for both. */
  public get size(): number { return 1; }
  public set size(value: number) {}
}
`,
  defaults: `
/** Options. */
export interface ThingProps {
  /** How many. */
  readonly count?: number;
  /** How it is called. */
  readonly name: string;
}
`,
  base: `
/** What all have. */
export interface Base {
  /** Its size. */
  readonly size: number;
}
`,
  heir: `
/** One of them. */
export class Heir implements Base {
  public readonly size = 1;
  public readonly colour = 'red';
}
/** One of those. */
export class Grandchild extends Heir { public readonly size = 1; }
`,
  empty: `
/** */
export class Thing {}
`,
  internal: `
/**
 * Only for us.
 * @internal
 */
export class Thing { public readonly silent = true; }
`,
};

let found: Record<string, Missing[]>;
beforeAll(() => {
  found = evaluate(`${load('missingDocumentation', 'projenrc/tools/public-documentation.mts')}
    const texts = Object.fromEntries(Object.entries(input).map(([name, text]) => [name + '.ts', text]));
    answer(Object.fromEntries(Object.keys(input).map((name) => [name, missingDocumentation([name + '.ts'], texts)])));
  `, sources);
});
const symbols = (name: string) => found[name]!.map(({ symbol, lacks }) => `${symbol}: ${lacks}`);

test('a file whose public symbols and members all speak has nothing to report; private, internal and unexported ones need not', () => {
  expect(found.complete).toEqual([]);
});

test('every kind of exported symbol without a doc comment is reported', () => {
  expect(symbols('symbols')).toEqual(['Silent', 'SilentProps', 'SilentKind', 'silent', 'SILENT', 'SilentAlias'].map((name) => `${name}: doc comment`));
});

test('every kind of member without a doc comment is reported, with its class and its line', () => {
  expect(symbols('members')).toEqual(['Thing.of', 'Thing.name', 'Thing.size', 'Thing.grow', 'Thing.count', 'Kind.A'].map((name) => `${name}: doc comment`));
  expect(found.members![0]).toMatchObject({ line: 4, symbol: 'Thing.of' });
});

test('overloads and setters speak through their first declaration', () => {
  expect(found.overloads).toEqual([]);
});

test('an optional property says what holds without it, a required one need not', () => {
  expect(symbols('defaults')).toEqual(['ThingProps.count: @default']);
});

test('what a type inherits speaks through the type it comes from, in whichever file that is', () => {
  expect(symbols('heir')).toEqual(['Heir.colour: doc comment']);
});

test('a doc comment without words is none', () => {
  expect(symbols('empty')).toEqual(['Thing: doc comment']);
});

test('an internal symbol is not public', () => {
  expect(found.internal).toEqual([]);
});
