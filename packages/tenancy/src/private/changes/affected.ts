import { sortedOnce } from '../compare';
import { TenantModel } from '../model';
import { RenderInput } from '../render';

/**
 * Names of the tenants that can be rendered differently, sorted. A tenant is rendered from what it says itself, from what
 * its peers say of their ports and environments, and from what holds for the whole tenancy.
 */
export function affectedTenants(before: RenderInput, after: RenderInput): string[] {
  const all = sortedOnce([...before.model.tenants.keys(), ...after.model.tenants.keys()]);
  if (before !== after && wholeKey(before) !== wholeKey(after)) return all;
  return all.filter((name) => {
    const old = before.model.tenants.get(name);
    const now = after.model.tenants.get(name);
    if (old === undefined || now === undefined) return true;
    return !sameTenant(old, now, before, after) && tenantKey(old, before) !== tenantKey(now, after);
  });
}

/** What every tenant is rendered from. */
function wholeKey({ model, profile, environments }: RenderInput): string {
  return JSON.stringify([model.name, model.metricsFrom, model.oidcGroupsPrefix, environments, profile.toJson()]);
}

/** Whether nothing was written anew, which is cheap to see. */
function sameTenant(old: TenantModel, now: TenantModel, before: RenderInput, after: RenderInput): boolean {
  return old.tenant === now.tenant && sameTexts(old.environments, now.environments)
    && [...now.peers.calls, ...now.peers.calledBy].every((peer) => before.model.tenants.get(peer)?.tenant === after.model.tenants.get(peer)?.tenant);
}

function tenantKey({ tenant, environments, peers }: TenantModel, { model }: RenderInput): string {
  const others = [...peers.calls, ...peers.calledBy].map((name) => {
    const peer = model.tenants.get(name)!;
    return [name, peer.environments, peer.tenant.peerPorts];
  });
  return JSON.stringify([tenant, environments, peers, others]);
}

function sameTexts(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
