import { declarations, Given, VARIABLES } from './declarations';
import { MatchResources, readMatch } from './match';
import { AdmissionPolicy, ParamRef, PolicyBinding, PolicyExpression, Validation } from './policy';
import { CelError } from '../cel/cel-error';
import { Expression } from '../cel/expression';
import { DYN, isDyn, Type } from '../cel/types';
import { Item } from '../inventory';
import { Selector } from '../network/selector';
import { Shape } from '../shape';
import { show } from '../text';

const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'];
const LAZY = new Set([VARIABLES]);

/** Reads a ValidatingAdmissionPolicy as the API server does. */
export function readAdmissionPolicy({ shape, identity, name }: Item): AdmissionPolicy | undefined {
  const spec = specOf(shape);
  if (spec === undefined) return undefined;
  const paramKind = spec.child('paramKind');
  const params = paramKind !== undefined;
  const conditions = spec.children('matchConditions').map((condition) => ({
    name: condition.text('name') ?? '', expression: read(condition, 'expression', { params, authorizer: true }, 'bool'),
  }));
  const types = new Map<string, Type>();
  const variables = spec.children('variables').map((variable) => {
    const own = { name: variable.text('name') ?? '', expression: read(variable, 'expression', { params, authorizer: true, variables: new Map(types) }) };
    types.set(own.name, own.expression.program?.type ?? DYN);
    return own;
  });
  const given = (authorizer: boolean): Given => ({ params, authorizer, variables: variables.length > 0 ? types : undefined });
  const validations = spec.children('validations').map((validation): Validation => {
    const reason = validation.text('reason');
    if (reason !== undefined && !REASONS.includes(reason)) validation.wrong('reason', `${show(reason)} is not a reason`, REASONS.join(', '));
    return {
      path: validation.path(),
      expression: read(validation, 'expression', given(true), 'bool'),
      message: readMessage(validation),
      messageExpression: validation.has('messageExpression') ? read(validation, 'messageExpression', given(false), 'string') : undefined,
      reason: reason ?? 'Invalid',
    };
  });
  const annotations = spec.children('auditAnnotations').map((annotation) => ({
    key: annotation.text('key') ?? '', expression: read(annotation, 'valueExpression', given(true), 'string', 'null_type'),
  }));
  if (validations.length === 0 && annotations.length === 0) spec.wrong('validations', 'the policy validates nothing', 'at least one of validations and auditAnnotations');
  return {
    identity,
    name,
    match: readConstraints(spec),
    conditions,
    variables,
    validations,
    annotations,
    paramKind: paramKind === undefined ? undefined : { apiVersion: paramKind.text('apiVersion') ?? '', kind: paramKind.text('kind') ?? '' },
    ignoresFailure: oneOf(spec, 'failurePolicy', ['Fail', 'Ignore']) === 'Ignore',
  };
}

/** Reads a ValidatingAdmissionPolicyBinding as the API server does. */
export function readPolicyBinding({ shape, identity, name }: Item): PolicyBinding | undefined {
  const spec = specOf(shape);
  if (spec === undefined) return undefined;
  const actions = spec.texts('validationActions');
  actions.forEach((action, index) => {
    if (!['Deny', 'Warn', 'Audit'].includes(action)) spec.wrong(`validationActions[${index}]`, `${show(action)} is not an action`, 'Deny, Warn, Audit');
  });
  if (actions.includes('Deny') && actions.includes('Warn')) spec.wrong('validationActions', 'Deny and Warn together', 'one of them', 'leave out Warn: whoever is refused is told so');
  if (new Set(actions).size < actions.length) spec.wrong('validationActions', 'an action is there twice', 'each action once');
  // the first version had no actions, and refused
  const alpha = shape.text('apiVersion') === 'admissionregistration.k8s.io/v1alpha1';
  if (actions.length === 0 && !alpha) spec.wrong('validationActions', 'nothing is said about what happens', 'at least one of Deny, Warn, Audit');
  const policyName = spec.text('policyName');
  if (policyName === undefined && !spec.has('policyName')) spec.wrong('policyName', 'the binding names no policy', 'the name of a ValidatingAdmissionPolicy');
  const paramRef = spec.child('paramRef');
  return {
    identity,
    name,
    policyName: policyName ?? '',
    match: readMatch(spec.child('matchResources')),
    params: paramRef === undefined ? undefined : readParamRef(paramRef),
    actions: actions.length === 0 && alpha ? ['Deny'] : actions,
  };
}

/** A message that is told in one line. */
function readMessage(validation: Shape): string {
  const message = (validation.text('message') ?? '').trim();
  if (message.includes('\n')) validation.wrong('message', 'the message has more than one line', 'one line');
  return message;
}

function specOf(shape: Shape): Shape | undefined {
  if (!shape.has('spec')) shape.wrong('spec', 'there is no spec', 'an object');
  return shape.child('spec');
}

/** A policy has to say what it is about. */
function readConstraints(spec: Shape): MatchResources {
  const constraints = spec.child('matchConstraints');
  if (!spec.has('matchConstraints')) spec.wrong('matchConstraints', 'there are no matchConstraints', 'an object with resourceRules');
  const match = readMatch(constraints);
  if (constraints !== undefined && match.rules.length === 0) constraints.wrong('resourceRules', 'there are no rules', 'at least one rule');
  return match;
}

function readParamRef(shape: Shape): ParamRef {
  const name = shape.text('name');
  const selector = shape.child('selector');
  if ((name === undefined) === (selector === undefined)) {
    shape.wrong('', name === undefined ? 'neither a name nor a selector says which parameters are meant' : 'both a name and a selector are set', 'one of name and selector');
  }
  const action = oneOf(shape, 'parameterNotFoundAction', ['Allow', 'Deny']);
  if (action === undefined && !shape.has('parameterNotFoundAction')) {
    shape.wrong('parameterNotFoundAction', 'nothing is said about parameters that are not there', 'Allow, Deny');
  }
  return { name, selector: selector === undefined ? undefined : Selector.read(selector), namespace: shape.text('namespace'), deniesAbsence: action === 'Deny' };
}

function oneOf(shape: Shape, field: string, allowed: string[]): string | undefined {
  const value = shape.text(field);
  if (value !== undefined && !allowed.includes(value)) shape.wrong(field, `${show(value)} is not one of ${allowed.join(' and ')}`, allowed.join(', '));
  return value;
}

/** Reads an expression that has to yield one of the types; any, when there are none. */
function read(shape: Shape, field: string, given: Given, ...results: string[]): PolicyExpression {
  const path = shape.path(field);
  const source = shape.text(field);
  if (source === undefined || source.trim() === '') {
    if (source !== undefined || !shape.has(field)) shape.wrong(field, 'there is no expression', 'an expression of CEL');
    return { path, source: '', fault: 'there is no expression' };
  }
  try {
    const program = Expression.read(source, declarations(given), LAZY);
    const fault = results.length === 0 ? undefined : program.unexpected(results);
    return fault === undefined || isDyn(program.type) ? { path, source, program, fault, untyped: fault !== undefined } : { path, source, fault };
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    return { path, source, fault: `compilation failed: ${error.message}` };
  }
}
