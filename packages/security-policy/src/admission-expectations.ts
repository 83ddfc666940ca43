import { AdmissionStatement, Expectation, Problems } from '@viridial/core';
import { AdmissionPolicy } from './admission-policy';
import { AdmissionProps } from './admission-props';
import { contextOf } from './private/admission/context';
import { exampleNamespace } from './private/admission-promises/example-namespace';
import { AdmissionPromise, PromiseInput } from './private/admission-promises/promise';
import { promiseOf } from './private/admission-promises/promises';

/**
 * What the admission catalogue promises, as concrete requests that are refused, each with a neighbour one field away that is
 * admitted. Read from the props and never from the policies, so that a mistake of theirs cannot hide in its own promise.
 */
export class AdmissionExpectations {
  /**
   * The promises about `namespaces` of the props: for the first by name every variant, in every kind that makes pods; for the
   * others the plainest request each policy refuses and admits. Their number grows with the namespaces.
   *
   * What is admitted is admitted by all rendered policies; promises that the props leave no room for (an image where no
   * registry is allowed, a host where none is owned) are left out.
   * @param props the same that the policies are rendered from
   * @throws InvalidInputError with everything that is wrong with the props
   */
  public static of(props: AdmissionProps): Expectation[] {
    return promises(props, true);
  }

  /**
   * The plainest promises alone, for every namespace of the props alike: what is to be said about one tenant of many, so that all
   * tenants one by one say no more than all at once.
   * @param props the same that the policies are rendered from
   * @throws InvalidInputError with everything that is wrong with the props
   */
  public static plainest(props: AdmissionProps): Expectation[] {
    return promises(props, false);
  }

  /**
   * The namespaces of the props as objects, with the labels and annotations that policies read: what a judge needs beside
   * the policies where no tenancy brings its namespaces.
   * @param props the same that the policies are rendered from
   * @throws InvalidInputError with everything that is wrong with the props
   */
  public static namespaces(props: AdmissionProps): any[] {
    const problems = new Problems();
    contextOf(problems, props);
    problems.throwIfErrors('the admission policies');
    return [...props.namespaces ?? []].sort((a, b) => (a.name < b.name ? -1 : 1)).map(exampleNamespace);
  }

  private constructor() {}
}

function promises(props: AdmissionProps, thorough: boolean): Expectation[] {
  const problems = new Problems();
  const context = contextOf(problems, props);
  problems.throwIfErrors('the admission policies');
  const ids = [...new Set((props.policies ?? AdmissionPolicy.all()).map(({ id }) => id))].sort();
  const rendered = new Set(ids);
  const namespaces = [...props.namespaces ?? []].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return namespaces.flatMap((namespace, index) => ids.flatMap((id) => {
    const input: PromiseInput = { context, namespace, rendered, mutate: props.mutate ?? false };
    return stated(promiseOf(id, input), id, thorough && index === 0);
  }));
}

function stated({ refused, admitted }: AdmissionPromise, id: string, thorough: boolean): Expectation[] {
  const few = (statements: AdmissionStatement[]): AdmissionStatement[] => (thorough ? statements : statements.slice(0, 1))
    .map((statement) => ({ ...statement, reason: `${id}: ${statement.reason}` }));
  return [...few(refused).map((statement) => Expectation.refused(statement)), ...few(admitted).map((statement) => Expectation.admitted(statement))];
}
