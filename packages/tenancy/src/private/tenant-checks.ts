import { PodSecurityLevel, Problems } from '@viridial/core';
import { FlowKind } from '@viridial/security-policy';
import { Tenant } from '../tenant';
import { collectApplications } from './applications';
import { collectExceptions, ExceptionContext } from './exceptions';
import { collectLabels } from './labels';
import { collectLifecycle } from './lifecycle';
import { collectRegistries } from './registries';
import { collectTags } from './tags';

/** Checks what concerns one tenant alone. */
export function collectTenant(problems: Problems, tenant: Tenant, context: ExceptionContext): void {
  const path = `tenants.${tenant.name}`;
  collectLabels(problems, `${path}.labels`, tenant.labels);
  collectTags(problems, tenant);
  collectRegistries(problems, tenant);
  collectLifecycle(problems, tenant);
  collectApplications(problems, tenant, context.environments);
  collectExceptions(problems, tenant, context);
  collectNarrowing(problems, path, tenant);
  if (tenant.podSecurity !== PodSecurityLevel.RESTRICTED) {
    problems.warning({
      code: 'PodSecurityLowered',
      path: `${path}.podSecurity`,
      message: `pods of ${tenant.name} are only held to ${tenant.podSecurity}`,
      value: tenant.podSecurity,
      allowed: PodSecurityLevel.RESTRICTED,
      cure: 'run its pods without root and without extra capabilities, and leave podSecurity out',
    });
  }
}

/** Ports that narrow a flow which is not there would look like protection and be none. */
function collectNarrowing(problems: Problems, path: string, tenant: Tenant): void {
  const pairs: [string, unknown, string, string[]][] = [
    ['ingressPorts', tenant.ingressPorts, 'ingressHosts', tenant.ingressHosts],
    ['peerPorts', tenant.peerPorts, 'acceptsFrom', tenant.acceptsFrom],
  ];
  for (const [property, ports, narrowed, list] of pairs) {
    if (ports === undefined || list.length > 0) continue;
    problems.error({
      code: 'NothingToNarrow',
      path: `${path}.${property}`,
      message: `${property} narrows ${narrowed}, which is empty`,
      value: ports,
      cure: `name something in ${narrowed}, or take ${property} away`,
    });
  }
}

/** Reports flows of a tenant that would reach another tenant without its consent. */
export function collectConsent(problems: Problems, tenant: Tenant, own: Set<string>, all: Set<string>): void {
  const named = [FlowKind.NAMESPACE_IN, FlowKind.NAMESPACE_OUT, FlowKind.METRICS_IN];
  tenant.flows.forEach((flow, index) => {
    const { kind, namespace } = flow;
    if (!named.includes(kind) || namespace === undefined || !all.has(namespace) || own.has(namespace)) return;
    problems.error({
      code: 'FlowNeedsConsent',
      path: `tenants.${tenant.name}.flows[${index}]`,
      message: `flow ${kind} names ${namespace}, which belongs to another tenant`,
      value: namespace,
      allowed: 'namespaces of no other tenant',
      cure: 'use talksTo and acceptsFrom, which both tenants have to name',
    });
  });
}
