import { KubernetesName, Problems } from '@viridial/core';
import { Tenant } from '../tenant';

/** Checks host names, and that no two tenants can answer for one name. */
export function collectHosts(problems: Problems, tenants: Tenant[]): void {
  const owners = new Map<string, string>();
  eachHost(tenants, (tenant, host, path) => {
    KubernetesName.collectDnsSubdomain(problems, path, host.replace(/^\*\./, ''), 'host name');
    const owner = owners.get(host);
    if (owner === undefined) owners.set(host, tenant);
    else if (owner !== tenant) taken(problems, path, host, `tenant ${owner} has the same host`);
  });
  eachHost(tenants, (tenant, host, path) => {
    const wildcard = `*.${host.slice(host.indexOf('.') + 1)}`;
    const owner = host.startsWith('*.') ? undefined : owners.get(wildcard);
    if (owner !== undefined && owner !== tenant) taken(problems, path, host, `tenant ${owner} has ${wildcard}`);
  });
}

function eachHost(tenants: Tenant[], visit: (tenant: string, host: string, path: string) => void): void {
  for (const tenant of tenants) tenant.ingressHosts.forEach((host, index) => visit(tenant.name, host, `tenants.${tenant.name}.ingressHosts[${index}]`));
}

function taken(problems: Problems, path: string, host: string, why: string): void {
  problems.error({
    code: 'IngressHostTaken',
    path,
    message: `host ${host} cannot be served: ${why}`,
    value: host,
    allowed: 'host names that one tenant has',
    cure: 'give the host to one of them',
  });
}
