import { Shape } from '../shape';
import { compareText } from '../text';

/** Labels of an object. */
export interface LabelMap {
  readonly [key: string]: string;
}

/** One requirement of a label selector. */
export interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: string[];
}

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

const OPPOSITE: { readonly [operator in Requirement['operator']]: Requirement['operator'] } = {
  In: 'NotIn', NotIn: 'In', Exists: 'DoesNotExist', DoesNotExist: 'Exists',
};

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

  /** Equal selectors have equal keys, however they were written. */
  public readonly key: string;

  private constructor(
    /** The requirements; none of them means everything matches. */
    public readonly requirements: Requirement[],
  ) {
    this.key = requirements.map(({ key, operator, values }) => JSON.stringify([key, operator, values])).sort(compareText).join(' ');
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
    return this.requirements.map((requirement) => new Selector([{ ...requirement, operator: OPPOSITE[requirement.operator] }]));
  }

  /** Whether labels fulfil every requirement. A label that is absent fulfils NotIn. */
  public matches(labels: LabelMap): boolean {
    return this.requirements.every(({ key, operator, values }) => {
      const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
      switch (operator) {
        case 'In': return value !== undefined && values.includes(value);
        case 'NotIn': return value === undefined || !values.includes(value);
        case 'Exists': return value !== undefined;
        default: return value === undefined;
      }
    });
  }

  /** The fewest labels that fulfil every requirement; nothing when no labels do. */
  public sample(): LabelMap | undefined {
    const sample: { [key: string]: string } = {};
    for (const key of [...new Set(this.requirements.map((requirement) => requirement.key))].sort(compareText)) {
      const own = this.requirements.filter((requirement) => requirement.key === key);
      if (own.every(({ operator }) => operator === 'NotIn' || operator === 'DoesNotExist')) continue;
      const listed = own.find(({ operator }) => operator === 'In')?.values ?? ['any', 'other', ...own.flatMap(({ values }) => values.map((value) => `not-${value}`))];
      const value = listed.find((candidate) => own.every((requirement) => new Selector([requirement]).matches({ [key]: candidate })));
      if (value === undefined) return undefined;
      sample[key] = value;
    }
    return this.matches(sample) ? sample : undefined;
  }

  /** `role in (a, b), tier exists`. */
  public toString(): string {
    if (this.matchesEverything) return 'everything';
    return this.requirements.map(({ key, operator, values }) => {
      if (operator === 'Exists') return `${key} exists`;
      if (operator === 'DoesNotExist') return `${key} does not exist`;
      if (operator === 'In' && values.length === 1) return `${key}=${values[0]}`;
      return `${key} ${operator === 'In' ? 'in' : 'not in'} (${values.join(', ')})`;
    }).join(', ');
  }
}
