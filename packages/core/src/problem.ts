import { Severity } from './severity';

/** What there is to say about one problem. */
export interface ProblemProps {
  /** Stable name of the rule that is broken, in PascalCase: `MinAboveMax`. Tests and suppressions rely on it. */
  readonly code: string;

  /** Where the input is wrong, as a property path: `nodeGroups.app.min`. Empty for the input as a whole. */
  readonly path: string;

  /** What is wrong, in lower case, without a period, with the wrong value in it. Never a secret value. */
  readonly message: string;

  /**
   * The wrong value itself, for programs. Never a secret value.
   *
   * @default - the problem is not about one value
   */
  readonly value?: any;

  /**
   * What would be right: a range, a list, a form.
   *
   * @default - the message says it
   */
  readonly allowed?: string;

  /**
   * What to change, as an order: `lower min or raise max`.
   *
   * @default - the message says it
   */
  readonly cure?: string;
}

/** One thing that is wrong with the input, written for the person who can put it right. */
export class Problem {
  /**
   * A problem because of which nothing may be made.
   *
   * @param props what is wrong
   */
  public static error(props: ProblemProps): Problem {
    return new Problem(Severity.ERROR, props);
  }

  /**
   * Something unwise that does not stop anything.
   *
   * @param props what is unwise
   */
  public static warning(props: ProblemProps): Problem {
    return new Problem(Severity.WARNING, props);
  }

  /** Whether the problem stops the work. */
  public readonly severity: Severity;

  /** Stable name of the rule that is broken. */
  public readonly code: string;

  /** Where the input is wrong; empty for the input as a whole. */
  public readonly path: string;

  /** What is wrong, with the wrong value in it. */
  public readonly message: string;

  /**
   * The wrong value itself.
   *
   * @default - the problem is not about one value
   */
  public readonly value?: any;

  /**
   * What would be right.
   *
   * @default - the message says it
   */
  public readonly allowed?: string;

  /**
   * What to change.
   *
   * @default - the message says it
   */
  public readonly cure?: string;

  private constructor(severity: Severity, props: ProblemProps) {
    this.severity = severity;
    this.code = props.code;
    this.path = props.path;
    this.message = props.message;
    this.value = props.value;
    this.allowed = props.allowed;
    this.cure = props.cure;
  }

  /**
   * The same problem, seen from further out: `cidr` below `network` becomes `network.cidr`.
   *
   * @param prefix path of the input that holds this one; the problem is returned unchanged when it is empty
   */
  public below(prefix: string): Problem {
    if (prefix === '') return this;
    const joint = this.path === '' || this.path.startsWith('[') ? '' : '.';
    return new Problem(this.severity, {
      code: this.code,
      path: `${prefix}${joint}${this.path}`,
      message: this.message,
      value: this.value,
      allowed: this.allowed,
      cure: this.cure,
    });
  }

  /** One line: `nodeGroups.app.min: min 5 is greater than max 3 (MinAboveMax); allowed: 0 to 3; cure: lower min or raise max`. */
  public toString(): string {
    const where = this.path === '' ? '' : `${this.path}: `;
    const allowed = this.allowed === undefined ? '' : `; allowed: ${this.allowed}`;
    const cure = this.cure === undefined ? '' : `; cure: ${this.cure}`;
    return `${where}${this.message} (${this.code})${allowed}${cure}`;
  }

  /** The problem as a plain object, for reports; fields that are not set are left out. */
  public toJson(): any {
    const json: { [key: string]: any } = { severity: this.severity, code: this.code, path: this.path, message: this.message };
    if (this.value !== undefined) json.value = this.value;
    if (this.allowed !== undefined) json.allowed = this.allowed;
    if (this.cure !== undefined) json.cure = this.cure;
    return json;
  }
}
