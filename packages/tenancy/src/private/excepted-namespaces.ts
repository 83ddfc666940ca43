import { Expectation, Problem, Problems, Severity } from '@viridial/core';
import { AdmissionPolicy, ExceptedKind, PodSecurityControl as Control, PodSecurityExceptions, PodSecurityExceptionsProps } from '@viridial/security-policy';
import { PodSecurityControl, PodSecurityException } from '../pod-security-exception';
import { exceptionsIn } from './exceptions';
import { isRendered } from './guards';
import { isRetired } from './lifecycle';
import { TenantModel } from './model';
import { tenantNamespace } from './namespaces';
import type { RenderInput } from './render';

/** What the policy about access to nodes refuses every tenant, whatever its level. */
const OF_THE_NODE = [PodSecurityControl.HOST_NAMESPACES, PodSecurityControl.HOST_PATH_VOLUMES, PodSecurityControl.HOST_PORTS];

/** Pod Security labels of a namespace with exceptions; nothing where none holds, or where some make no sense and are reported. */
export function exceptedLabels(input: RenderInput, tenant: TenantModel, environment: string): { [key: string]: string } | undefined {
  const props = exceptionProps(input, tenant, environment);
  const problems = new Problems();
  if (props) PodSecurityExceptions.collect(problems, '', props);
  return props === undefined || problems.hasErrors ? undefined : PodSecurityExceptions.labels(props);
}

/** What exceptions promise, in a namespace. */
export function exceptionPromises(input: RenderInput, tenant: TenantModel, environment: string): Expectation[] {
  const props = exceptionProps(input, tenant, environment);
  return props ? PodSecurityExceptions.expectations(props) : [];
}

/** The policies that hold everything else in namespaces with exceptions. They are there before the namespaces lower their level. */
export function exceptionObjects(input: RenderInput): any[] {
  return namespacesWithExceptions(input).flatMap(({ props }) => PodSecurityExceptions.policies(props));
}

/** Reports exceptions that make no sense on this cluster, or that another policy takes back. */
export function collectTenantExceptions(problems: Problems, input: RenderInput): void {
  for (const { tenant, props } of namespacesWithExceptions(input)) {
    const found = new Problems();
    PodSecurityExceptions.collect(found, '', props);
    for (const problem of found.all) problems.add(placed(problem, `tenants.${tenant.tenant.name}.podSecurityExceptions`));
  }
  for (const { tenant } of input.model.tenants.values()) {
    tenant.podSecurityExceptions.forEach((exception, index) => {
      if (!isTakenBack(input, exception)) return;
      problems.warning({
        code: 'ExceptionWithoutEffect',
        path: `tenants.${tenant.name}.podSecurityExceptions[${index}]`,
        message: `${exception.workload} is still refused for ${exception.control}: the policy ${AdmissionPolicy.HOST_ACCESS.id} keeps every tenant from the nodes`,
        value: exception.workload,
        cure: 'run it in a namespace of the platform, or leave the policy out of admissionSettings.policies',
      });
    });
  }
}

interface NamespaceWithExceptions {
  readonly tenant: TenantModel;
  readonly props: PodSecurityExceptionsProps;
}

function namespacesWithExceptions(input: RenderInput): NamespaceWithExceptions[] {
  return [...input.model.tenants.values()].filter(({ tenant }) => tenant.podSecurityExceptions.length > 0).flatMap((tenant) => tenant.environments
    .filter((environment) => input.environments.includes(environment)).flatMap((environment) => {
      const props = exceptionProps(input, tenant, environment);
      return props ? [{ tenant, props }] : [];
    }));
}

function isTakenBack({ guards: { admission } }: RenderInput, { control }: PodSecurityException): boolean {
  return admission !== undefined && OF_THE_NODE.includes(control) && isRendered(admission, AdmissionPolicy.HOST_ACCESS);
}

function exceptionProps(input: RenderInput, { tenant }: TenantModel, environment: string): PodSecurityExceptionsProps | undefined {
  const { model, profile, guards: { admission } } = input;
  if (admission === undefined || model.date === undefined || tenant.podSecurityExceptions.length === 0 || isRetired(tenant)) return undefined;
  const exceptions = exceptionsIn(tenant, environment).filter((exception) => !isTakenBack(input, exception));
  if (exceptions.length === 0) return undefined;
  const registry = (tenant.allowedRegistries ?? admission.registries ?? [])[0];
  return {
    namespace: tenantNamespace(tenant.name, environment),
    profile,
    level: tenant.podSecurity,
    today: model.date,
    ...(registry === undefined ? {} : { exampleImage: registry.includes('/') ? `${registry}:1.0` : `${registry}/app:1.0` }),
    exceptions: exceptions.map(({ workload, control, reason, expires }) => {
      const [kind, name] = workload.split('/');
      // the two lists of kinds and of controls are one, by the names that the API server gives them
      return { kind: kind as ExceptedKind, name, control: `${control}` as Control, reason, expires };
    }),
  };
}

function placed(problem: Problem, path: string): Problem {
  const { code, message, value, allowed, cure } = problem;
  const props = { code, path, message, value, allowed, cure };
  return problem.severity === Severity.ERROR ? Problem.error(props) : Problem.warning(props);
}
