import { AdmissionPolicy, PolicyExpression, Validation } from './policy';
import { CelError } from '../cel/cel-error';
import { Value } from '../cel/values';

/** A validation that does not hold, or what went wrong. */
export interface Failure {
  readonly path: string;
  readonly message: string;
  readonly reason: string;
  readonly failed: boolean;
}

/** What one evaluation of a policy yields. */
export interface Evaluation {
  readonly failures: Failure[];

  /** Annotations that could not be made; they refuse whatever the actions are. */
  readonly annotationFailures: Failure[];
  readonly annotations: { readonly key: string; readonly value: string }[];
}

/** What expressions may look up; the conditions of a policy see no Namespace. */
export interface Bindings {
  readonly lookup: (name: string) => Value;
  readonly params: Value;
}

const NOTHING: Evaluation = { failures: [], annotationFailures: [], annotations: [] };
const MOST_MESSAGE = 5 * 1024;
const MOST_ANNOTATION = 10 * 1024;

/**
 * Evaluates a policy once, for one parameter. What goes wrong is a failure whatever failurePolicy says.
 *
 * @param policy the policy
 * @param bindings what its expressions may look up
 * @param regardless whether its matchConditions do not matter
 */
export function evaluatePolicy(policy: AdmissionPolicy, { lookup, params }: Bindings, regardless: boolean = false): Evaluation {
  const base = (name: string) => (name === 'params' ? params : lookup(name));
  const unmatched = regardless ? undefined : checkConditions(policy, (name) => (name === 'namespaceObject' ? null : base(name)));
  if (unmatched !== undefined) return unmatched;
  const all = withVariables(policy, base);
  const failures = policy.validations.flatMap((validation) => validate(validation, all));
  const annotationFailures: Failure[] = [];
  const annotations = policy.annotations.flatMap(({ key, expression }) => {
    try {
      const value = evaluate(expression, all);
      if (typeof value !== 'string' || value.trim() === '') return [];
      return [{ key, value: Buffer.from(value.trim()).subarray(0, MOST_ANNOTATION).toString() }];
    } catch (error) {
      annotationFailures.push(failure(expression.path, error));
      return [];
    }
  });
  return { failures, annotationFailures, annotations };
}

/** One condition that does not hold is enough; what goes wrong counts only when all others hold. */
function checkConditions({ conditions }: AdmissionPolicy, lookup: (name: string) => Value): Evaluation | undefined {
  const errors: { path: string; message: string }[] = [];
  for (const { expression } of conditions) {
    try {
      if (evaluate(expression, lookup) === false) return NOTHING;
    } catch (error) {
      errors.push({ path: expression.path, message: messageOf(error) });
    }
  }
  if (errors.length === 0) return undefined;
  const messages = [...new Set(errors.map(({ message }) => message))];
  const message = messages.length === 1 ? messages[0] : `[${messages.join(', ')}]`;
  return { ...NOTHING, failures: [{ path: errors[0].path, message, reason: 'Invalid', failed: true }] };
}

/** Variables are evaluated when they are first needed, and once. */
function withVariables({ variables }: AdmissionPolicy, lookup: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, Value | CelError>();
  const byName = new Map(variables.map(({ name, expression }) => [`variables.${name}`, { name, expression }]));
  const all = (asked: string): Value => {
    const variable = byName.get(asked);
    if (variable === undefined) return lookup(asked);
    let value = known.get(asked);
    if (value === undefined) {
      try {
        value = run(variable.expression, all);
      } catch (error) {
        if (!(error instanceof CelError)) throw error;
        const verb = variable.expression.program === undefined ? 'compile' : 'evaluate';
        value = new CelError(`composited variable "${variable.name}" fails to ${verb}: ${error.message}`);
      }
      known.set(asked, value);
    }
    if (value instanceof CelError) throw value;
    return value;
  };
  return all;
}

function validate({ path, expression, message, messageExpression, reason }: Validation, lookup: (name: string) => Value): Failure[] {
  try {
    if (evaluate(expression, lookup) === true) return [];
  } catch (error) {
    return [failure(path, error)];
  }
  const own = messageExpression === undefined ? '' : told(messageExpression, lookup);
  return [{ path, message: own || message || `failed expression: ${expression.source.trim()}`, reason, failed: false }];
}

/** The outcome of a messageExpression; nothing when it is of no use. */
function told(expression: PolicyExpression, lookup: (name: string) => Value): string {
  try {
    const value = evaluate(expression, lookup);
    const text = typeof value === 'string' ? value.trim() : '';
    return Buffer.byteLength(text) > MOST_MESSAGE || text.includes('\n') ? '' : text;
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    return '';
  }
}

/** The value of an expression, or an error in the words of the API server. */
function evaluate(expression: PolicyExpression, lookup: (name: string) => Value): Value {
  try {
    return run(expression, lookup);
  } catch (error) {
    if (!(error instanceof CelError) || expression.program === undefined) throw error;
    throw new CelError(`expression '${expression.source}' resulted in error: ${error.message}`);
  }
}

function run({ program, fault }: PolicyExpression, lookup: (name: string) => Value): Value {
  if (program === undefined) throw new CelError(fault);
  return program.evaluate(lookup);
}

function failure(path: string, error: unknown): Failure {
  return { path, message: messageOf(error), reason: 'Invalid', failed: true };
}

function messageOf(error: unknown): string {
  if (!(error instanceof CelError)) throw error;
  return error.message;
}
