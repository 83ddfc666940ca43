import { ClusterProfile, Expectation, ExpectationKind, InvalidInputError, PodSecurityLevel, Problems } from '@viridial/core';
import { isObject } from './shape';
import { enumerate, show } from './text';
import { Cdk8sValidationProperties } from '../cdk8s-validation-properties';
import { ProofValidationOptions } from '../proof-validation';

const PROPERTIES = ['accepted', 'expectations', 'level', 'profile', 'strict'];

const STATEMENTS: { readonly [kind in ExpectationKind]: (statement: any) => Expectation } = {
  [ExpectationKind.REACHABLE]: (statement) => Expectation.reachable(statement),
  [ExpectationKind.UNREACHABLE]: (statement) => Expectation.unreachable(statement),
  [ExpectationKind.MAY]: (statement) => Expectation.may(statement),
  [ExpectationKind.MAY_NOT]: (statement) => Expectation.mayNot(statement),
  [ExpectationKind.POD_SECURITY]: (statement) => Expectation.podSecurity(statement),
  [ExpectationKind.BOUNDED]: (statement) => Expectation.bounded(statement),
  [ExpectationKind.ADMITTED]: (statement) => Expectation.admitted(statement),
  [ExpectationKind.REFUSED]: (statement) => Expectation.refused(statement),
};

/**
 * Properties out of a file, which nobody has checked, as options of a proof.
 *
 * @throws InvalidInputError with everything that is wrong with them
 */
export function readProperties(properties: Cdk8sValidationProperties): ProofValidationOptions {
  const problems = new Problems();
  for (const property of Object.keys(properties).filter((own) => !PROPERTIES.includes(own))) {
    problems.error({ code: 'UnknownProperty', path: property, message: `there is no property ${show(property)}`, allowed: enumerate(PROPERTIES), cure: 'correct the name' });
  }
  const { level, profile, expectations = [], accepted = [], strict } = properties;
  const levels = Object.values(PodSecurityLevel);
  if (level !== undefined && !levels.includes(level)) {
    problems.error({ code: 'InvalidPodSecurityLevel', path: 'level', message: `${show(level)} is not a level`, value: level, allowed: enumerate(levels, 'or') });
  }
  const complete = (own: any) => ['ruleId', 'object', 'reason'].every((field) => typeof own?.[field] === 'string');
  wrongUnless(problems, Array.isArray(accepted) && accepted.every(complete), 'accepted', accepted, 'a list with ruleId, object and reason each');
  wrongUnless(problems, strict === undefined || typeof strict === 'boolean', 'strict', strict, 'true or false');
  wrongUnless(problems, Array.isArray(expectations), 'expectations', expectations, 'a list of statements');
  const read = {
    profile: profile === undefined ? undefined : collect(problems, 'profile', () => ClusterProfile.of(profile)),
    expectations: (Array.isArray(expectations) ? expectations : []).map((own, index) => readExpectation(problems, own, `expectations[${index}]`))
      .filter((own): own is Expectation => own !== undefined),
  };
  problems.throwIfErrors('properties of the validation');
  return { level, accepted, strict, ...read };
}

function readExpectation(problems: Problems, own: any, path: string): Expectation | undefined {
  const kinds = Object.values(ExpectationKind);
  if (!isObject(own) || !kinds.includes(own.kind)) {
    problems.error({ code: 'InvalidProperty', path, message: `${show(own)} is no expectation`, value: own, allowed: `an object whose kind is ${enumerate(kinds, 'or')}` });
    return undefined;
  }
  const { kind, ...statement } = own;
  return collect(problems, path, () => STATEMENTS[kind as ExpectationKind](statement));
}

function wrongUnless(problems: Problems, fits: boolean, path: string, value: any, allowed: string): void {
  if (!fits) problems.error({ code: 'InvalidProperty', path, message: `${show(value)} is not ${allowed}`, value, allowed });
}

/** What is thrown about a part of the properties joins what is wrong with the others. */
function collect<T>(problems: Problems, path: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (InvalidInputError.isInvalidInputError(error)) problems.addAll(InvalidInputError.problemsOf(error), path);
    else problems.error({ code: 'InvalidProperty', path, message: 'a field is missing or of the wrong type', allowed: 'the fields of its type' });
    return undefined;
  }
}
