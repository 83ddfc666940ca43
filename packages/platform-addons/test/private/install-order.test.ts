import * as fc from 'fast-check';
import { Need } from '../../src';
import { installOrder } from '../../src/private/install-order';
import { OtherAddOn } from '../support/example';

const messages = (order: ReturnType<typeof installOrder>) => order.problems.map(String);

test('an add-on comes after what it requires', () => {
  const { waves, problems } = installOrder([
    new OtherAddOn({ name: 'shop', requires: ['database', 'queue'] }),
    new OtherAddOn({ name: 'database', requires: ['storage'] }),
    new OtherAddOn({ name: 'queue' }),
    new OtherAddOn({ name: 'storage' }),
  ], []);
  expect(problems).toEqual([]);
  expect(Object.fromEntries(waves)).toEqual({ storage: 0, queue: 0, database: 10, shop: 20 });
});

test('a requirement may be a need, whoever meets it', () => {
  const { waves } = installOrder([new OtherAddOn({ name: 'web', requires: [Need.INGRESS] }), new OtherAddOn({ name: 'traefik', meets: [Need.INGRESS] })], []);
  expect(waves.get('traefik')).toBeLessThan(waves.get('web')!);
});

test('an add-on that meets the need it requires waits for nobody', () => {
  const { waves, problems } = installOrder([new OtherAddOn({ name: 'all-in-one', meets: [Need.INGRESS], requires: [Need.INGRESS] })], []);
  expect(problems).toEqual([]);
  expect(waves.get('all-in-one')).toBe(0);
});

test('a need that nobody meets is an error that names the cure', () => {
  expect(messages(installOrder([], [Need.SHARED_STORAGE]))).toEqual([
    "needs: no add-on meets the need 'shared-storage' (UnmetNeed); cure: add the add-on that meets it on this ground with platform.with(…), or drop the need",
  ]);
});

test('two add-ons that meet one need are an error that names both', () => {
  const order = installOrder([new OtherAddOn({ name: 'traefik', meets: [Need.INGRESS] }), new OtherAddOn({ name: 'nginx', meets: [Need.INGRESS] })], []);
  expect(messages(order)).toEqual([
    "needs: nginx and traefik both meet the need 'ingress' (NeedMetTwice); allowed: exactly one add-on for a need; cure: keep one of nginx, traefik",
  ]);
});

test('a required add-on that is missing is an error that names who requires it', () => {
  const [message] = messages(installOrder([new OtherAddOn({ name: 'shop', requires: ['database'] })], []));
  expect(message).toBe("addOns.shop.requires: add-on 'shop' requires add-on 'database', which is not on the platform (MissingAddOn); cure: add 'database', or drop 'shop'");
});

test('a required need that nobody meets is an error of the add-on', () => {
  const [message] = messages(installOrder([new OtherAddOn({ name: 'shop', requires: [Need.BLOCK_STORAGE] })], []));
  expect(message).toContain("addOns.shop.requires: add-on 'shop' requires the need 'block-storage', which no add-on meets (UnmetNeed)");
});

test('a conflict is reported once, whichever side declares it', () => {
  const order = installOrder([
    new OtherAddOn({ name: 'metallb', conflictsWith: ['cilium-l2', 'metallb'] }), new OtherAddOn({ name: 'cilium-l2', conflictsWith: ['metallb'] }),
  ], []);
  expect(messages(order)).toEqual(['addOns: cilium-l2 and metallb cannot be on the same cluster (ConflictingAddOns); cure: keep one of them']);
});

test('a conflict with what is not there is none', () => {
  expect(installOrder([new OtherAddOn({ name: 'metallb', conflictsWith: ['cilium-l2'] })], []).problems).toEqual([]);
});

test('add-ons that require each other are an error, and the others still have a place', () => {
  const order = installOrder([
    new OtherAddOn({ name: 'a', requires: ['b'] }), new OtherAddOn({ name: 'b', requires: ['a'] }), new OtherAddOn({ name: 'c', requires: ['a'] }), new OtherAddOn({ name: 'd' }),
  ], []);
  expect(messages(order)).toEqual(['addOns: a, b, c require each other, so none of them can be first (RequirementCycle); cure: drop one of the requirements']);
  expect(order.waves.get('d')).toBe(0);
});

test('several mistakes are reported together', () => {
  const order = installOrder([new OtherAddOn({ name: 'a', requires: ['missing', 'a'] })], [Need.INGRESS]);
  expect(order.problems.map((problem) => problem.code).sort()).toEqual(['MissingAddOn', 'RequirementCycle', 'UnmetNeed']);
});

/** Random add-ons whose requirements point backwards, so that there is always an order. */
const acyclic = fc.integer({ min: 1, max: 25 }).chain((count) => fc.tuple(
  ...Array.from({ length: count }, (_, index) => fc.uniqueArray(fc.nat(Math.max(0, index - 1)), { maxLength: index === 0 ? 0 : 4 })),
)).map((requirements) => requirements.map((required, index) => ({ name: `a${index}`, requires: required.map((each) => `a${each}`) })));

test('every requirement is in an earlier wave, and every wave is as early as that allows', () => {
  fc.assert(fc.property(acyclic, (declared) => {
    const { waves, problems } = installOrder(declared.map((props) => new OtherAddOn(props)), []);
    expect(problems).toEqual([]);
    for (const { name, requires } of declared) {
      expect(waves.get(name)).toBe(requires.length === 0 ? 0 : Math.max(...requires.map((required) => waves.get(required)!)) + 10);
    }
  }));
});

test('the order in which add-ons are given does not matter', () => {
  fc.assert(fc.property(acyclic, fc.infiniteStream(fc.nat()), (declared, random) => {
    const keys = new Map(declared.map((props) => [props.name, random.next().value as number]));
    const shuffled = [...declared].sort((a, b) => keys.get(a.name)! - keys.get(b.name)!);
    const one = installOrder(declared.map((props) => new OtherAddOn(props)), [Need.INGRESS]);
    const other = installOrder(shuffled.map((props) => new OtherAddOn(props)), [Need.INGRESS]);
    expect(Object.fromEntries(other.waves)).toEqual(Object.fromEntries(one.waves));
    expect(messages(other)).toEqual(messages(one));
  }));
});
