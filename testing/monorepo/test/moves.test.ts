import { evaluate, load } from './child-process';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

const MOVES = 'testing/release/moves.mts';
const expected = (manifests: Manifest[], changed: string, step = 'minor') => evaluate<Record<string, string>>(
  `${load('expectedVersions', MOVES)}answer(Object.fromEntries(expectedVersions(input.manifests, input.changed, input.step)));`,
  { manifests, changed, step },
);
const broken = (manifests: Manifest[]) => evaluate<string[]>(`${load('brokenRanges', MOVES)}answer(brokenRanges(input));`, manifests);

const family = (version: string): Manifest[] => [
  { name: 'core', version },
  { name: 'tenancy', version, peerDependencies: { core: `^${version}` } },
  { name: 'addons', version, peerDependencies: { core: `^${version}`, tenancy: `^${version}` } },
  { name: 'eks', version, peerDependencies: { addons: `^${version}`, tenancy: `^${version}` }, dependencies: { 'aws-cdk-lib': '^2.0.0' } },
];

test('below 1.0 a minor leaves the range of those who peer on it: they are released as patches, the others stay', () => {
  expect(expected(family('0.1.0'), 'tenancy')).toEqual({ core: '0.1.0', tenancy: '0.2.0', addons: '0.1.1', eks: '0.1.1' });
});

test('a patch stays within all ranges and moves nobody else', () => {
  expect(expected(family('0.1.0'), 'tenancy', 'patch')).toEqual({ core: '0.1.0', tenancy: '0.1.1', addons: '0.1.0', eks: '0.1.0' });
});

test('from 1.0 on a minor stays within all ranges', () => {
  expect(expected(family('1.0.0'), 'core')).toEqual({ core: '1.1.0', tenancy: '1.0.0', addons: '1.0.0', eks: '1.0.0' });
});

test('a move travels through the packages between', () => {
  const chain: Manifest[] = [
    { name: 'a', version: '0.1.0' },
    { name: 'b', version: '0.0.3', peerDependencies: { a: '^0.1.0' } },
    { name: 'c', version: '0.1.0', dependencies: { b: '^0.0.3' } },
  ];
  expect(expected(chain, 'a')).toEqual({ a: '0.2.0', b: '0.0.4', c: '0.1.1' });
});

test('a range that the version released with it does not satisfy is named with both packages', () => {
  const [core, tenancy, ...others] = family('0.1.0');
  expect(broken([core!, tenancy!, ...others])).toEqual([]);
  expect(broken([{ ...core!, version: '0.2.0' }, tenancy!])).toEqual(['tenancy@0.1.0 wants core ^0.1.0, which is 0.2.0']);
});
