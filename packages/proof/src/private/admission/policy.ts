import { MatchResources } from './match';
import { Expression } from '../cel/expression';
import { Selector } from '../network/selector';

/** An expression of a policy; what is wrong with it, when the API server would refuse it. */
export interface PolicyExpression {
  /** Property path of its text. */
  readonly path: string;
  readonly source: string;
  readonly program?: Expression;
  readonly fault?: string;

  /** Whether it can be evaluated although the API server would not take it. */
  readonly untyped?: boolean;
}

/** One validation. */
export interface Validation {
  readonly path: string;
  readonly expression: PolicyExpression;
  readonly message: string;
  readonly messageExpression: PolicyExpression | undefined;
  readonly reason: string;
}

/** A ValidatingAdmissionPolicy. */
export interface AdmissionPolicy {
  readonly identity: string;
  readonly name: string;
  readonly match: MatchResources;
  readonly conditions: { readonly name: string; readonly expression: PolicyExpression }[];
  readonly variables: { readonly name: string; readonly expression: PolicyExpression }[];
  readonly validations: Validation[];
  readonly annotations: { readonly key: string; readonly expression: PolicyExpression }[];
  readonly paramKind: { readonly apiVersion: string; readonly kind: string } | undefined;

  /** Whether what goes wrong lets the request through. */
  readonly ignoresFailure: boolean;
}

/** Where a binding finds parameters. */
export interface ParamRef {
  readonly name: string | undefined;
  readonly selector: Selector | undefined;
  readonly namespace: string | undefined;

  /** Whether a request is refused when there are none. */
  readonly deniesAbsence: boolean;
}

/** A ValidatingAdmissionPolicyBinding. */
export interface PolicyBinding {
  readonly identity: string;
  readonly name: string;
  readonly policyName: string;
  readonly match: MatchResources;
  readonly params: ParamRef | undefined;

  /** Deny, Warn, Audit. */
  readonly actions: string[];
}

/** The expressions of a policy that an API server does not take, with what it says about them. */
export function faultsOf({ conditions, variables, validations, annotations }: AdmissionPolicy): { readonly path: string; readonly fault: string }[] {
  const expressions = [
    ...[...conditions, ...variables, ...annotations].map(({ expression }) => expression),
    ...validations.flatMap(({ expression, messageExpression }) => (messageExpression === undefined ? [expression] : [expression, messageExpression])),
  ];
  // an empty one is told as malformed
  return expressions.flatMap(({ path, source, fault }) => (fault === undefined || source === '' ? [] : [{ path, fault }]));
}
