import { Problems } from '@viridial/core';
import { Tenant } from '../tenant';

const REGISTRY = /^[a-z0-9]+([.-][a-z0-9]+)*(:[0-9]{1,5})?(\/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*$/;

/** Checks where the images of a tenant may come from. */
export function collectRegistries(problems: Problems, tenant: Tenant): void {
  const path = `tenants.${tenant.name}.allowedRegistries`;
  if (tenant.allowedRegistries?.length === 0) {
    problems.error({ code: 'EmptyList', path, message: 'allowedRegistries is empty, so no image could be run', value: [], allowed: 'at least one', cure: 'name one, or leave it out' });
  }
  (tenant.allowedRegistries ?? []).forEach((registry, index) => {
    const [host] = registry.split('/');
    if (REGISTRY.test(registry) && (host.includes('.') || host.includes(':') || host === 'localhost')) return;
    problems.error({
      code: 'InvalidRegistry',
      path: `${path}[${index}]`,
      message: `'${registry}' is not a registry or a part of one`,
      value: registry,
      allowed: 'a host with a point or a port, and a path: registry.example.com/shop; no scheme, tag or wildcard',
      cure: 'write docker.io/library/nginx for nginx, registry.example.com for the whole of a registry',
    });
  });
}
