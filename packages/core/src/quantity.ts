import { compareBigInt } from './private/compare';
import { divideUp, formatQuantity, fractionOf, parseQuantity, QuantityAmount, SuffixFamily } from './private/quantity-text';
import { Problems } from './problems';

const ONE = 1_000_000_000n;
const MILLI = 1_000_000n;
const FAMILY_RANK: { [family in SuffixFamily]: number } = { binary: 2, decimal: 1, exponent: 0 };

/**
 * An amount of a resource, as Kubernetes writes it: `500m` of CPU, `16Gi` of memory, `20` pods.
 *
 * Exact down to a billionth and never a floating-point number; text that Kubernetes would read as the same
 * amount gives the same canonical text (`1.5Gi` becomes `1536Mi`, `1000m` becomes `1`). The rules are those of
 * k8s.io/apimachinery `pkg/api/resource`.
 */
export class Quantity {
  /**
   * Reads a quantity. What is finer than a billionth is rounded away from zero, as Kubernetes does.
   *
   * @param text a number with a suffix: none, `n u m k M G T P E`, `Ki Mi Gi Ti Pi Ei`, or an exponent (`1e3`)
   * @throws InvalidInputError when the text is no quantity
   */
  public static parse(text: string): Quantity {
    const problems = new Problems();
    const quantity = Quantity.collect(problems, 'quantity', text);
    problems.throwIfErrors(`quantity '${text}'`);
    return quantity!;
  }

  /**
   * Reads a quantity that is part of a larger input.
   *
   * @param problems where what is wrong goes
   * @param path property path of the text
   * @param text the quantity
   * @returns the quantity, or nothing when a problem was added
   */
  public static collect(problems: Problems, path: string, text: string): Quantity | undefined {
    const read = parseQuantity(text);
    if ('nano' in read) return new Quantity(read);
    problems.error({
      ...read,
      path,
      value: text,
      allowed: "a number with a suffix of Kubernetes, such as '500m', '2', '16Gi' or '1e3'",
    });
    return undefined;
  }

  /** Nothing of it. */
  public static zero(): Quantity {
    return new Quantity({ nano: 0n, family: 'decimal' });
  }

  /**
   * All together; nothing for an empty list. The order of the list does not matter.
   *
   * @param list the amounts
   */
  public static sum(list: Quantity[]): Quantity {
    return list.reduce((sum, quantity) => sum.plus(quantity), Quantity.zero());
  }

  private readonly amount: QuantityAmount;

  private constructor(amount: QuantityAmount) {
    this.amount = amount;
  }

  /** Whether there is nothing of it. */
  public get isZero(): boolean {
    return this.amount.nano === 0n;
  }

  /** Whether it is less than nothing. */
  public get isNegative(): boolean {
    return this.amount.nano < 0n;
  }

  /**
   * This and the other together. Binary suffixes win over decimal ones, those over exponents.
   *
   * @param other the other amount
   */
  public plus(other: Quantity): Quantity {
    return this.with(this.amount.nano + other.amount.nano, other);
  }

  /**
   * What is left of this without the other; may be negative.
   *
   * @param other the other amount
   */
  public minus(other: Quantity): Quantity {
    return this.with(this.amount.nano - other.amount.nano, other);
  }

  /**
   * So many times this. Rounded away from zero to a whole unit when this is written with a binary suffix
   * (there is no part of a byte), to a thousandth otherwise, finer only when this is finer itself.
   *
   * @param factor how many times; taken as the decimal number it prints as, so that 0.1 is exactly a tenth
   * @throws InvalidInputError when the factor is not a finite number
   */
  public times(factor: number): Quantity {
    if (!Number.isFinite(factor)) {
      const problems = new Problems();
      problems.error({ code: 'InvalidFactor', path: 'factor', message: `${factor} is not a factor`, value: `${factor}`, allowed: 'a finite number' });
      problems.throwIfErrors(`multiple of ${this.toString()}`);
    }
    const { numerator, denominator } = fractionOf(factor);
    const grain = this.amount.family === 'binary' ? this.grain(ONE) : this.grain(MILLI);
    return new Quantity({ ...this.amount, nano: divideUp(this.amount.nano * numerator, denominator * grain) * grain });
  }

  /**
   * This, dealt out by weight. The parts add up to exactly this: each is cut to whole units (to thousandths,
   * when this has some) and the rest goes to the first part. For CPU see `splitInSteps`.
   *
   * @param weights the parts' weights, in order; any scale
   * @throws InvalidInputError when a weight is negative or not finite, when all are zero, or this is negative
   */
  public split(weights: number[]): Quantity[] {
    const grain = this.amount.nano % ONE === 0n ? ONE : this.grain(MILLI);
    return this.deal(weights, grain);
  }

  /**
   * This, dealt out by weight in multiples of a step; what does not make a step goes to the first part.
   *
   * @param weights the parts' weights, in order; any scale
   * @param step the step: `1m` for CPU, `1Mi` for memory, `1` for pods
   * @throws InvalidInputError as `split`, and when the step is not positive
   */
  public splitInSteps(weights: number[], step: Quantity): Quantity[] {
    return this.deal(weights, step.amount.nano);
  }

  /**
   * Order by amount, however written: negative when this is less, 0 when equal, positive when more.
   *
   * @param other the other amount
   */
  public compareTo(other: Quantity): number {
    return compareBigInt(this.amount.nano, other.amount.nano);
  }

  /** The amount in units (cores, bytes, pieces) as a double: for ratios and prices, not for sums. */
  public toNumber(): number {
    const whole = this.amount.nano / ONE;
    return Number(whole) + Number(this.amount.nano - whole * ONE) / Number(ONE);
  }

  /** Canonical text with the suffix family of the input: `1500m`, `1536Mi`, `2e3`. */
  public toString(): string {
    return formatQuantity(this.amount);
  }

  private with(nano: bigint, other: Quantity): Quantity {
    if (this.isZero) return new Quantity({ nano, family: other.amount.family });
    if (other.isZero) return new Quantity({ nano, family: this.amount.family });
    const first = FAMILY_RANK[this.amount.family] >= FAMILY_RANK[other.amount.family];
    return new Quantity({ nano, family: first ? this.amount.family : other.amount.family });
  }

  /** The largest power of a thousand, at most the given one, that this is a multiple of. */
  private grain(largest: bigint): bigint {
    let grain = largest;
    while (grain > 1n && this.amount.nano % grain !== 0n) grain /= 1000n;
    return grain;
  }

  private deal(weights: number[], grain: bigint): Quantity[] {
    const problems = new Problems();
    weights.forEach((weight, index) => {
      if (Number.isFinite(weight) && weight >= 0) return;
      problems.error({ code: 'InvalidWeight', path: `weights[${index}]`, message: `${weight} is not a weight`, value: `${weight}`, allowed: 'a finite number from 0' });
    });
    if (!weights.some((weight) => weight > 0)) {
      problems.error({ code: 'NoWeight', path: 'weights', message: 'no weight is greater than 0, so nobody would get anything', cure: 'give at least one part a weight' });
    }
    if (grain <= 0n) {
      problems.error({ code: 'InvalidStep', path: 'step', message: `a step of ${formatQuantity({ nano: grain, family: 'decimal' })} gets nowhere`, allowed: 'more than 0' });
    }
    if (this.isNegative) {
      problems.error({ code: 'NegativeQuantity', path: 'quantity', message: `${this.toString()} is negative and cannot be dealt out`, value: this.toString(), allowed: 'at least 0' });
    }
    problems.throwIfErrors(`shares of ${this.toString()}`);

    const fractions = weights.map(fractionOf);
    const common = fractions.reduce((most, { denominator }) => (denominator > most ? denominator : most), 1n);
    const scaled = fractions.map(({ numerator, denominator }) => numerator * (common / denominator));
    const total = scaled.reduce((sum, weight) => sum + weight, 0n);
    const parts = scaled.map((weight) => (this.amount.nano * weight) / (total * grain) * grain);
    parts[0] += this.amount.nano - parts.reduce((sum, part) => sum + part, 0n);
    return parts.map((nano) => new Quantity({ ...this.amount, nano }));
  }
}
