import { Shape } from '../shape';
import { compareText } from '../text';

/** Labels of an object. */
export interface LabelMap {
  readonly [key: string]: string;
}

/** One requirement of a label selector. */
export interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  readonly values: string[];
}

/** Operators of Kubernetes and, from `Contains` on, those that only selectors of Calico have. */
export type Operator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'
| 'Contains' | 'NotContains' | 'StartsWith' | 'NotStartsWith' | 'EndsWith' | 'NotEndsWith';

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

const OPPOSITE: { readonly [operator in Operator]: Operator } = {
  In: 'NotIn',
  NotIn: 'In',
  Exists: 'DoesNotExist',
  DoesNotExist: 'Exists',
  Contains: 'NotContains',
  NotContains: 'Contains',
  StartsWith: 'NotStartsWith',
  NotStartsWith: 'StartsWith',
  EndsWith: 'NotEndsWith',
  NotEndsWith: 'EndsWith',
};

const IN_WORDS: { readonly [operator in Operator]: string } = {
  In: 'in',
  NotIn: 'not in',
  Exists: 'exists',
  DoesNotExist: 'does not exist',
  Contains: 'contains',
  NotContains: 'does not contain',
  StartsWith: 'starts with',
  NotStartsWith: 'does not start with',
  EndsWith: 'ends with',
  NotEndsWith: 'does not end with',
};

/** Whether an operator demands that the label is there. */
export function demandsLabel(operator: Operator): boolean {
  return operator !== 'DoesNotExist' && !operator.startsWith('Not');
}

/** The requirement that holds exactly when this one does not. */
export function oppositeOf(requirement: Requirement): Requirement {
  return { ...requirement, operator: OPPOSITE[requirement.operator] };
}

/** Whether the value of a label fulfils a requirement; an absent label fulfils those that forbid something. */
function fulfils(value: string | undefined, { operator, values }: Requirement): boolean {
  if (value === undefined) return !demandsLabel(operator);
  switch (operator) {
    case 'In': return values.includes(value);
    case 'NotIn': return !values.includes(value);
    case 'Exists': return true;
    case 'DoesNotExist': return false;
    case 'Contains': return value.includes(values[0]);
    case 'NotContains': return !value.includes(values[0]);
    case 'StartsWith': return value.startsWith(values[0]);
    case 'NotStartsWith': return !value.startsWith(values[0]);
    case 'EndsWith': return value.endsWith(values[0]);
    case 'NotEndsWith': return !value.endsWith(values[0]);
  }
}

/** A Kubernetes label selector; all its requirements have to hold. */
export class Selector {
  /** Matches everything. */
  public static readonly EVERYTHING = new Selector([]);

  /** Matches what has all of these labels. */
  public static ofLabels(labels: LabelMap): Selector {
    return new Selector(Object.keys(labels).map((key) => ({ key, operator: 'In', values: [labels[key]] })));
  }

  /** Reads `matchLabels` and `matchExpressions`. */
  public static read(shape: Shape): Selector {
    const labels = shape.labels('matchLabels');
    const exact: Requirement[] = Object.keys(labels).map((key) => ({ key, operator: 'In', values: [labels[key]] }));
    const expressions = shape.children('matchExpressions').flatMap((expression): Requirement[] => {
      const key = expression.text('key');
      const operator = expression.text('operator');
      const values = expression.texts('values');
      if (key === undefined || operator === undefined || !OPERATORS.includes(operator)) {
        const field = key === undefined ? 'key' : 'operator';
        expression.wrong(field, `${expression.text(field) ?? 'nothing'} is not the ${field} of a requirement`, key === undefined ? 'a label key' : OPERATORS.join(', '));
        return [];
      }
      if ((operator === 'In' || operator === 'NotIn') !== values.length > 0) {
        expression.wrong('values', `${operator} has ${values.length} values`, values.length > 0 ? 'no values' : 'at least one value');
        return [];
      }
      return [{ key, operator: operator as Requirement['operator'], values: [...new Set(values)].sort(compareText) }];
    });
    return new Selector([...exact, ...expressions]);
  }

  /** What has all of these properties. */
  public static ofRequirements(requirements: Requirement[]): Selector {
    return requirements.length === 0 ? Selector.EVERYTHING : new Selector(requirements);
  }

  private text: string | undefined;

  private constructor(
    /** The requirements; none of them means everything matches. */
    public readonly requirements: Requirement[],
  ) {}

  /** Equal selectors have equal keys, however they were written. */
  public get key(): string {
    const texts = () => this.requirements.map(({ key, operator, values }) => JSON.stringify([key, operator, values]));
    this.text ??= [...new Set(texts())].sort(compareText).join(' ');
    return this.text;
  }

  /** Whether everything matches. */
  public get matchesEverything(): boolean {
    return this.requirements.length === 0;
  }

  /** What has to hold for this selector and another one. */
  public and(other: Selector): Selector {
    return new Selector([...this.requirements, ...other.requirements]);
  }

  /** Selectors of which one matches whatever this one does not: each breaks one requirement. */
  public opposites(): Selector[] {
    return this.requirements.map((requirement) => new Selector([oppositeOf(requirement)]));
  }

  /** Whether labels fulfil every requirement. A label that is absent fulfils NotIn. */
  public matches(labels: LabelMap): boolean {
    const valueOf = (key: string) => (Object.hasOwn(labels, key) ? labels[key] : undefined);
    return this.requirements.every((requirement) => fulfils(valueOf(requirement.key), requirement));
  }

  /** The fewest labels that fulfil every requirement; nothing when no labels do. */
  public sample(): LabelMap | undefined {
    const sample: { [key: string]: string } = {};
    for (const key of [...new Set(this.requirements.map((requirement) => requirement.key))].sort(compareText)) {
      const own = this.requirements.filter((requirement) => requirement.key === key);
      if (!own.some(({ operator }) => demandsLabel(operator))) continue;
      const value = candidatesFor(own).find((candidate) => own.every((requirement) => fulfils(candidate, requirement)));
      if (value === undefined) return undefined;
      sample[key] = value;
    }
    return this.matches(sample) ? sample : undefined;
  }

  /** `role in (a, b), tier exists`. */
  public toString(): string {
    if (this.matchesEverything) return 'everything';
    return this.requirements.map(({ key, operator, values }) => {
      if (values.length === 0) return `${key} ${IN_WORDS[operator]}`;
      if (operator === 'In' && values.length === 1) return `${key}=${values[0]}`;
      return `${key} ${IN_WORDS[operator]} (${values.join(', ')})`;
    }).join(', ');
  }
}

/** Values among which one is, if there is any, that fulfils requirements about one label. */
function candidatesFor(requirements: Requirement[]): string[] {
  const listed = requirements.find(({ operator }) => operator === 'In');
  if (listed !== undefined) return listed.values;
  const texts = (operator: Operator) => requirements.filter((requirement) => requirement.operator === operator).map(({ values }) => values[0])
    .sort((a, b) => b.length - a.length);
  const [prefix = ''] = texts('StartsWith');
  const [suffix = ''] = texts('EndsWith');
  const inner = texts('Contains').join('-');
  const put = [`${prefix}${inner}${suffix}`, `${prefix}-${inner}-${suffix}`, prefix, suffix, inner];
  const others = requirements.flatMap(({ values }) => values.map((value) => `not-${value}`));
  return ['any', 'other', ...others, ...put, ...others.map((other) => `${prefix}${other}${inner}${suffix}`)];
}
