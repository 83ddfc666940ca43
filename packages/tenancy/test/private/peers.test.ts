import { Problems } from '@viridial/core';
import * as fc from 'fast-check';
import { collectPeers } from '../../src/private/peers';
import { Tenant } from '../../src/tenant';

const NAMES = ['a', 'b', 'c', 'd'];

test('a tenant that names a peer twice has it once, in one order', () => {
  const tenants = [new Tenant('a', { talksTo: ['c', 'b', 'c'] }), new Tenant('b', { acceptsFrom: ['a'] }), new Tenant('c', { acceptsFrom: ['a'] })];
  expect(collectPeers(new Problems(), tenants, ['staging']).get('a')).toEqual({ calls: ['b', 'c'], calledBy: [] });
});

test('whatever tenants wish, a flow is there only when both name it, and every other wish is a mistake', () => {
  const wishes = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES), fc.boolean()), { maxLength: 12 });
  fc.assert(fc.property(wishes, (all) => {
    const named = (name: string, calling: boolean): string[] =>
      all.filter(([own, peer, calls]) => own === name && peer !== name && calls === calling).map(([, peer]) => peer);
    const tenants = NAMES.map((name) => new Tenant(name, { talksTo: named(name, true), acceptsFrom: named(name, false) }));
    const problems = new Problems();
    const peers = collectPeers(problems, tenants, ['staging']);
    const mutual = tenants.every((tenant) => tenant.talksTo.every((peer) => named(peer, false).includes(tenant.name))
      && tenant.acceptsFrom.every((peer) => named(peer, true).includes(tenant.name)));
    expect(problems.hasErrors).toBe(!mutual);
    if (!mutual) return;
    for (const [name, { calls }] of peers) for (const peer of calls) expect(peers.get(peer)!.calledBy).toContain(name);
  }), { numRuns: 300 });
});
