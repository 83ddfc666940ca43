import { Problems } from '@viridial/core';
import { Tenant } from '../tenant';
import { sortedOnce } from './compare';

/** The tenants that one tenant calls and is called by. */
export interface Peers {
  readonly calls: string[];
  readonly calledBy: string[];
}

/**
 * The flows between tenants. Each needs both sides to name it: who is called decides who may call, and who calls decides
 * that its egress is opened; one side alone would be a wish of somebody who has no say.
 */
export function collectPeers(problems: Problems, tenants: Tenant[], environments: string[]): Map<string, Peers> {
  const byName = new Map(tenants.map((tenant) => [tenant.name, tenant]));
  const accepted = new Map(tenants.map((tenant) => [tenant.name, new Set(tenant.acceptsFrom)]));
  const called = new Map(tenants.map((tenant) => [tenant.name, new Set(tenant.talksTo)]));
  for (const tenant of tenants) {
    tenant.talksTo.forEach((peer, index) => {
      const path = `tenants.${tenant.name}.talksTo[${index}]`;
      if (!known(problems, path, tenant, peer, byName)) return;
      if (!accepted.get(peer)!.has(tenant.name)) oneSided(problems, path, `${peer} does not accept from ${tenant.name}`, `add ${tenant.name} to acceptsFrom of ${peer}`);
      else collectCommonEnvironment(problems, path, tenant, byName.get(peer)!, environments);
    });
    tenant.acceptsFrom.forEach((peer, index) => {
      const path = `tenants.${tenant.name}.acceptsFrom[${index}]`;
      if (!known(problems, path, tenant, peer, byName) || called.get(peer)!.has(tenant.name)) return;
      oneSided(problems, path, `${peer} does not talk to ${tenant.name}`, `add ${tenant.name} to talksTo of ${peer}`);
    });
  }
  return new Map(tenants.map((tenant) => [tenant.name, { calls: sortedOnce(tenant.talksTo), calledBy: sortedOnce(tenant.acceptsFrom) }]));
}

function known(problems: Problems, path: string, tenant: Tenant, peer: string, byName: Map<string, Tenant>): boolean {
  if (peer === tenant.name) {
    problems.error({ code: 'PeerIsSelf', path, message: `${peer} names itself`, value: peer, cure: 'leave it out: the pods of one namespace reach each other' });
    return false;
  }
  if (byName.has(peer)) return true;
  problems.error({ code: 'UnknownTenant', path, message: `there is no tenant ${peer}`, value: peer, allowed: 'names of tenants', cure: 'correct the name, or add the tenant' });
  return false;
}

function oneSided(problems: Problems, path: string, message: string, cure: string): void {
  problems.error({ code: 'OneSidedPeer', path, message, cure });
}

function collectCommonEnvironment(problems: Problems, path: string, tenant: Tenant, peer: Tenant, environments: string[]): void {
  const theirs = new Set(peer.environments ?? environments);
  if ((tenant.environments ?? environments).some((environment) => theirs.has(environment))) return;
  problems.error({
    code: 'PeerWithoutCommonEnvironment',
    path,
    message: `${tenant.name} and ${peer.name} are in no environment together`,
    value: peer.name,
    cure: 'give them a common environment, or take the flow away',
  });
}
