import { PodSecurityLevel, Problems } from '@viridial/core';
import { isAtLeast, readPodSecurityLabels } from '../../../src/private/pod-security/namespace-labels';
import { collectMinor, NEWEST_MINOR } from '../../../src/private/pod-security/version';
import { namespace } from '../../fixtures/cluster';
import { inventoryOf } from '../../fixtures/read';

const { PRIVILEGED, BASELINE, RESTRICTED } = PodSecurityLevel;
const ENFORCE = 'pod-security.kubernetes.io/enforce';
const VERSION = 'pod-security.kubernetes.io/enforce-version';

function read(labels: { [key: string]: string }) {
  const { inventory, problems } = inventoryOf([namespace('shop', labels)]);
  return { ...readPodSecurityLabels(inventory.items[0]), problems: problems.errors.length };
}

test.each([
  [{}, { level: undefined, version: undefined, minor: undefined, problems: 0 }],
  [{ [ENFORCE]: 'baseline' }, { level: BASELINE, version: undefined, minor: undefined, problems: 0 }],
  [{ [ENFORCE]: 'restricted', [VERSION]: 'latest' }, { level: RESTRICTED, version: 'latest', minor: undefined, problems: 0 }],
  [{ [ENFORCE]: 'privileged', [VERSION]: 'v1.30' }, { level: PRIVILEGED, version: 'v1.30', minor: 30, problems: 0 }],
  [{ [VERSION]: 'v1.99' }, { level: undefined, version: 'v1.99', minor: NEWEST_MINOR, problems: 0 }],
  [{ [ENFORCE]: 'Baseline' }, { level: undefined, version: undefined, minor: undefined, problems: 1 }],
  [{ [ENFORCE]: 'baseline', [VERSION]: '1.30' }, { level: BASELINE, version: '1.30', minor: undefined, problems: 1 }],
  [{ [ENFORCE]: '', [VERSION]: 'v1.30.2' }, { level: undefined, version: 'v1.30.2', minor: undefined, problems: 2 }],
])('%j reads as %j', (labels, expected) => {
  expect(read(labels)).toEqual(expected);
});

test('levels are ordered', () => {
  expect([isAtLeast(RESTRICTED, BASELINE), isAtLeast(BASELINE, BASELINE), isAtLeast(PRIVILEGED, BASELINE), isAtLeast(BASELINE, RESTRICTED)]).toEqual([true, true, false, false]);
});

test('a version that is none is told with its path', () => {
  const problems = new Problems();
  expect(collectMinor(problems, 'options.version', 7)).toBeUndefined();
  expect(problems.errors[0]).toMatchObject({ code: 'InvalidPodSecurityVersion', path: 'options.version', value: 7 });
});
