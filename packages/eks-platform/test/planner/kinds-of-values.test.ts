import { planEks } from '../../src/plan-eks';
import { errorsOf, props } from '../fixtures/platform';

const wrong = (changes: object) => errorsOf(() => planEks('production', props(changes as any)));

test('what a program in JavaScript leaves out or mistakes is told together, before anything else', () => {
  expect(wrong({ platform: undefined, subnets: '10.0.0.0/16', nodeGroups: { app: { types: ['m7i.large'] } }, gitOps: 'https://github.com/viridial/platform', natGateways: 9 })).toEqual([
    expect.stringMatching(/^gitOps: 'https:.*allowed: GitOps\.argoCd/),
    expect.stringMatching(/^nodeGroups\.app: this object is something else.*allowed: NodeGroup\.of/),
    expect.stringMatching(/^platform: a value is missing \(WrongKindOfValue\); allowed: new Platform/),
    expect.stringMatching(/^subnets: '10\.0\.0\.0\/16' is something else \(WrongKindOfValue\); allowed: Subnets\.exact/),
  ]);
});

test('no properties at all name everything that is needed', () => {
  const lines = errorsOf(() => planEks('production', undefined as any));
  expect(lines.map((line) => line.split(':')[0])).toEqual(['nodeGroups', 'platform', 'region', 'subnets']);
});

test.each(['environments', 'zones', 'hostedZoneIds', 'ingressCidrs', 'webhookPorts', 'access', 'tags', 'addOnVersions'])('%s of another kind is refused by name', (property) => {
  expect(wrong({ [property]: 7 })).toEqual([expect.stringMatching(new RegExp(`^${property}: this number is something else`))]);
});
