import { evaluated } from '../../../fixtures/expressions';

// every outcome is that of cel-go 0.26 with the libraries of Kubernetes 1.36
describe('semantic versions', () => {
  const cases: [source: string, outcome: string, object?: any][] = [
    ['semver(\'1.2.3\').major()', '1'],
    ['semver(\'1.2.3\').minor()', '2'],
    ['semver(\'1.2.3\').patch()', '3'],
    ['semver(\'1.2\')', 'error: "1.2" is not a semantic version'],
    ['semver(\'v1.2.3\')', 'error: "v1.2.3" is not a semantic version'],
    ['semver(\'v1.2\', true) == semver(\'1.2.0\')', 'true'],
    ['semver(\'01.2.3\')', 'error: "01.2.3" is not a semantic version'],
    ['semver(\'01.02.03\', true) == semver(\'1.2.3\')', 'true'],
    ['semver(\'1.2.3-a.1\').isLessThan(semver(\'1.2.3\'))', 'true'],
    ['semver(\'1.2.3-a.2\').compareTo(semver(\'1.2.3-a.10\'))', '-1'],
    ['semver(\'1.2.3-a\').compareTo(semver(\'1.2.3-1\'))', '1'],
    ['semver(\'1.2.3-a\').compareTo(semver(\'1.2.3-a.1\'))', '-1'],
    ['semver(\'1.2.3+x\') == semver(\'1.2.3+y\')', 'true'],
    ['isSemver(\'1.2.3-\')', 'false'],
    ['isSemver(\'1.2.3-01\')', 'false'],
    ['isSemver(\'1.2.3+\')', 'false'],
    ['isSemver(\'1.2.3+01\')', 'true'],
    ['isSemver(\'1.2.3.4\')', 'false'],
    ['isSemver(\'v1\', true)', 'true'],
    ['isSemver(\'1-a\', true)', 'false'],
    ['isSemver(\'1.2.3-a+b\')', 'true'],
    ['isSemver(\'\')', 'false'],
    ['isSemver(\'\', true)', 'false'],
    ['semver(\'1.2.3\').isGreaterThan(semver(\'1.2.2\'))', 'true'],
  ];

  test.each(cases)('%s yields %s', (source, outcome, object = null) => {
    expect(evaluated(source, object)).toBe(outcome);
  });
});
