import { Expectation, Labels, Problems } from '@viridial/core';
import { PodSecurityExceptionsProps } from './pod-security-exception';
import { PodSecurityLabels } from './pod-security-labels';
import { policyObjects } from './private/admission/objects';
import { ExceptionModel, exceptionModel } from './private/pod-security/exception-model';
import { exceptionPolicy } from './private/pod-security/exception-policy';
import { exceptionPromises } from './private/pod-security/exception-promises';

/**
 * Named exceptions from Pod Security.
 *
 * The labels of a namespace know no single workload. So an exception lowers the level that the namespace enforces to what
 * the excepted control needs, keeps the wanted level in its warnings and audit, and brings an admission policy that holds
 * every other workload of the namespace, and the excepted one in every other respect, to the controls that the lower level
 * gives up.
 */
export class PodSecurityExceptions {
  /**
   * The Pod Security labels of the namespace: `enforce` lowered, `warn` and `audit` as wanted.
   * @param props the namespace and its exceptions
   * @throws InvalidInputError with every exception that is expired or makes no sense
   */
  public static labels(props: PodSecurityExceptionsProps): { [key: string]: string } {
    const { wanted, enforced, version } = modelOf(props);
    return { ...PodSecurityLabels.of(wanted, version), 'pod-security.kubernetes.io/enforce': enforced };
  }

  /**
   * The policy that makes up for the lower level, and its binding; nothing when there is no exception.
   * @param props the namespace and its exceptions
   * @throws InvalidInputError with every exception that is expired or makes no sense
   */
  public static policies(props: PodSecurityExceptionsProps): any[] {
    const problems = new Problems();
    const objects = PodSecurityExceptions.collect(problems, '', props);
    problems.throwIfErrors(`the Pod Security exceptions of namespace ${props.namespace}`);
    return objects;
  }

  /**
   * Renders like `policies`, but adds what is wrong to `problems`.
   * @param problems where problems are collected
   * @param path property path of the props, for the paths of the problems; empty for none
   * @param props the namespace and its exceptions
   * @returns the objects; only to be used when no error was added
   */
  public static collect(problems: Problems, path: string, props: PodSecurityExceptionsProps): any[] {
    const found = new Problems();
    const model = exceptionModel(found, props);
    problems.addAll(found.all, path);
    if (found.hasErrors || model.exceptions.length === 0) return [];
    const reason = model.exceptions.map(({ kind, name, control, expires, reason: why }) => `${kind} ${name} may break ${control} until ${expires}: ${why}`).join('; ');
    return policyObjects(
      { name: `viridial-pod-security-${props.namespace}`, reason },
      exceptionPolicy(model.controls, model.minor, (control) => model.exceptedFrom(control)),
      { matchLabels: { [Labels.NAMESPACE_NAME]: props.namespace } },
    );
  }

  /**
   * What the exceptions promise: every other workload is refused for each control that the level gives up, the excepted one
   * is admitted with its control broken and refused with another one broken.
   * @param props the namespace and its exceptions
   * @throws InvalidInputError with every exception that is expired or makes no sense
   */
  public static expectations(props: PodSecurityExceptionsProps): Expectation[] {
    return exceptionPromises(modelOf(props), props.namespace, props.exampleImage ?? 'registry.invalid/app:1.0');
  }

  private constructor() {}
}

function modelOf(props: PodSecurityExceptionsProps): ExceptionModel {
  const problems = new Problems();
  const model = exceptionModel(problems, props);
  problems.throwIfErrors(`the Pod Security exceptions of namespace ${props.namespace}`);
  return model;
}
