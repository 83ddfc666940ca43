import { Operator, oppositeOf, Requirement } from '../selector';

/** A selector of Calico, as it was written. */
type Expression =
  | { readonly kind: 'or' | 'and'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly part: Expression }
  | { readonly kind: 'label'; readonly requirement: Requirement }
  | { readonly kind: 'all' | 'global' };

/** Requirements that have to hold together, of which one list is enough. An empty list of lists means nothing matches. */
export type Alternatives = readonly (readonly Requirement[])[];

/** A selector that comes to more alternatives than this is not written by people. */
const MOST_ALTERNATIVES = 256;

const TOKEN = /\s*(?:(&&|\|\||==|!=|[!(){},]|all\(\s*\)|global\(\s*\))|"([^"]*)"|'([^']*)'|([A-Za-z0-9_./-]+))/y;

/** A token: a sign, a text in quotes, or a word. */
interface Token {
  readonly sign?: string;
  readonly text?: string;
  readonly word?: string;
}

/**
 * Reads a selector of Calico, as alternatives of requirements.
 *
 * @param source the selector; empty for everything
 * @returns the alternatives, or what is wrong with the selector
 * @see https://docs.tigera.io/calico/latest/reference/resources/globalnetworkpolicy#selectors
 */
export function readExpression(source: string): Alternatives | { readonly fault: string } {
  try {
    const tokens = tokenize(source);
    return tokens.length === 0 ? [[]] : alternativesOf(new Parser(tokens).read(), true);
  } catch (error) {
    if (error instanceof SelectorFault) return { fault: error.message };
    throw error;
  }
}

/** What holds exactly when none of the alternatives does. */
export function negate(alternatives: Alternatives): Alternatives {
  return alternatives.reduce<Alternatives>((left, own) => both(left, own.map((each) => [oppositeOf(each)])), [[]]);
}

/** What holds when one of each does. */
export function both(left: Alternatives, right: Alternatives): Alternatives {
  if (left.length * right.length > MOST_ALTERNATIVES) throw new SelectorFault(`it comes to more than ${MOST_ALTERNATIVES} alternatives`);
  return left.flatMap((a) => right.map((b) => [...a, ...b]));
}

/** The selector is not one, or is beyond measure. */
export class SelectorFault extends Error {}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const end = source.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const place = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null) throw new SelectorFault(`nothing is known to begin with '${source.slice(place).trim().slice(0, 20)}'`);
    tokens.push({ sign: match[1]?.replace(/\s/g, ''), text: match[2] ?? match[3], word: match[4] });
  }
  return tokens;
}

class Parser {
  private place = 0;

  constructor(private readonly tokens: Token[]) {}

  public read(): Expression {
    const expression = this.either();
    if (this.place < this.tokens.length) throw new SelectorFault(`'${this.shown()}' is one too many`);
    return expression;
  }

  private either(): Expression {
    const parts = [this.all()];
    while (this.take('||')) parts.push(this.all());
    return parts.length === 1 ? parts[0] : { kind: 'or', parts };
  }

  private all(): Expression {
    const parts = [this.one()];
    while (this.take('&&')) parts.push(this.one());
    return parts.length === 1 ? parts[0] : { kind: 'and', parts };
  }

  private one(): Expression {
    if (this.take('!')) return { kind: 'not', part: this.one() };
    if (this.take('all()')) return { kind: 'all' };
    if (this.take('global()')) return { kind: 'global' };
    if (this.take('(')) {
      const inner = this.either();
      this.demand(')');
      return inner;
    }
    const key = this.word();
    if (key === 'has' && this.take('(')) {
      const label = this.word();
      this.demand(')');
      return requirement(label, 'Exists', []);
    }
    return this.comparison(key);
  }

  private comparison(key: string): Expression {
    if (this.take('==')) return requirement(key, 'In', [this.text()]);
    if (this.take('!=')) return requirement(key, 'NotIn', [this.text()]);
    const word = this.word();
    if (word === 'in') return requirement(key, 'In', this.texts());
    if (word === 'contains') return requirement(key, 'Contains', [this.text()]);
    const next = this.word();
    if (word === 'not' && next === 'in') return requirement(key, 'NotIn', this.texts());
    if (word === 'starts' && next === 'with') return requirement(key, 'StartsWith', [this.text()]);
    if (word === 'ends' && next === 'with') return requirement(key, 'EndsWith', [this.text()]);
    throw new SelectorFault(`'${word} ${next}' is not a comparison`);
  }

  private texts(): string[] {
    this.demand('{');
    const texts: string[] = [];
    while (!this.take('}')) {
      texts.push(this.text());
      if (!this.take(',')) {
        this.demand('}');
        break;
      }
    }
    return texts;
  }

  private take(sign: string): boolean {
    if (this.tokens[this.place]?.sign !== sign) return false;
    this.place++;
    return true;
  }

  private demand(sign: string): void {
    if (!this.take(sign)) throw new SelectorFault(`there is ${this.shown()} where '${sign}' belongs`);
  }

  private word(): string {
    const word = this.tokens[this.place]?.word;
    if (word === undefined) throw new SelectorFault(`there is ${this.shown()} where a label or a comparison belongs`);
    this.place++;
    return word;
  }

  private text(): string {
    const text = this.tokens[this.place]?.text;
    if (text === undefined) throw new SelectorFault(`there is ${this.shown()} where a text in quotes belongs`);
    this.place++;
    return text;
  }

  private shown(): string {
    const token = this.tokens[this.place];
    return token === undefined ? 'nothing' : `'${token.sign ?? token.text ?? token.word}'`;
  }
}

function requirement(key: string, operator: Operator, values: string[]): Expression {
  return { kind: 'label', requirement: { key, operator, values } };
}

/** The alternatives of an expression, or of its opposite. No pod is outside every namespace, so `global()` matches none. */
function alternativesOf(expression: Expression, positive: boolean): Alternatives {
  switch (expression.kind) {
    case 'not': return alternativesOf(expression.part, !positive);
    case 'all': return positive ? [[]] : [];
    case 'global': return positive ? [] : [[]];
    case 'label': return [[positive ? expression.requirement : oppositeOf(expression.requirement)]];
    default: {
      const parts = expression.parts.map((part) => alternativesOf(part, positive));
      return (expression.kind === 'or') === positive ? parts.flat() : parts.reduce(both, [[]]);
    }
  }
}
