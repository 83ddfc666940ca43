import fc from 'fast-check';
import { KubernetesVersion, Problems } from '../src';

const v = (text: string) => KubernetesVersion.parse(text);

test.each([
  ['1.35', 35, undefined, '1.35'],
  ['1.35.2', 35, 2, '1.35.2'],
  ['v1.35.2', 35, 2, '1.35.2'],
  ['1.35.0', 35, 0, '1.35.0'],
  ['v1.34.1+k3s1', 34, 1, '1.34.1+k3s1'],
  ['v1.35.2-eks-ecaa3a6', 35, 2, '1.35.2-eks-ecaa3a6'],
  ['1.36.0-rc.1', 36, 0, '1.36.0-rc.1'],
])('%s is read', (text, minor, patch, written) => {
  const version = v(text);
  expect([version.major, version.minor, version.patch, version.minorText, version.toString()]).toEqual([1, minor, patch, `1.${minor}`, written]);
});

test.each(['', '1', '1.', '1.x', '1.035', '01.35', '2.0', '0.9', '1.35.', '1.35.02', '1.35.2.1', 'V1.35', ' 1.35', '1.35\n', 'latest', '1.35-', '1.-3'])('%p is no version', (text) => {
  const problems = new Problems();
  expect(KubernetesVersion.collect(problems, 'cluster.version', text)).toBeUndefined();
  expect(problems.all.map(({ path, code }) => `${path} ${code}`)).toEqual(['cluster.version InvalidKubernetesVersion']);
  expect(problems.all[0].message).toContain(`'${text}'`);
});

test('a version written as a number is refused, because 1.30 would be 1.3', () => {
  const problems = new Problems();
  KubernetesVersion.collect(problems, 'version', 1.30 as any);
  expect(problems.all[0].message).toBe('the number 1.3 is not a version of Kubernetes');
  expect(problems.all[0].cure).toBe('write it in quotes: as a number, 1.30 is 1.3');
});

test('parse throws what collect collects', () => {
  expect(() => v('latest')).toThrow(/InvalidKubernetesVersion.*'1\.35' or '1\.35\.2'/);
});

test('versions compare by minor, then by patch, and not as text', () => {
  const sorted = ['1.9', '1.35.10', '1.35.9', '1.36', '1.35', '1.10'].map(v).sort((a, b) => a.compareTo(b));
  expect(sorted.map((version) => version.toString())).toEqual(['1.9', '1.10', '1.35', '1.35.9', '1.35.10', '1.36']);
  expect(v('1.35').compareTo(v('1.35.0+k3s1'))).toBe(0);
});

test('a patch of a minor version is at least that minor version', () => {
  expect(v('1.30').isAtLeast('1.30')).toBe(true);
  expect(v('1.30.4').isAtLeast('1.30')).toBe(true);
  expect(v('1.29.9').isAtLeast('1.30')).toBe(false);
  expect(v('1.100').isAtLeast('1.30')).toBe(true);
});

describe('version skew', () => {
  test.each(['1.35', '1.35.9', '1.34.1', '1.33', '1.32.0'])('a kubelet of %s may run under 1.35', (kubelet) => {
    expect(v('1.35').skewProblems(v(kubelet), 'nodes')).toEqual([]);
  });

  test('a kubelet is never newer than its API server', () => {
    const [problem] = v('1.35.2').skewProblems(v('1.36.0'), 'nodes.version');
    expect(problem.toString()).toBe("nodes.version: kubelet 1.36.0 is newer than the API server's 1.35.2 (KubeletNewerThanApiServer); "
      + 'allowed: 1.32 to 1.35; cure: upgrade the control plane to 1.36 first');
  });

  test('a kubelet is at most three minor versions older', () => {
    const [problem] = v('1.35').skewProblems(v('1.31.9'), 'nodes.version');
    expect(problem.code).toBe('KubeletTooOld');
    expect(problem.message).toBe("kubelet 1.31.9 is 4 minor versions older than the API server's 1.35");
    expect(problem.cure).toBe('upgrade the nodes to 1.32 or later first');
  });

  test('exactly four minor versions are allowed', () => {
    fc.assert(fc.property(fc.integer({ min: 4, max: 60 }), fc.integer({ min: 0, max: 64 }), (server, kubelet) => {
      const found = v(`1.${server}`).skewProblems(v(`1.${kubelet}`), '');
      expect(found.length).toBe(kubelet <= server && kubelet >= server - 3 ? 0 : 1);
    }));
  });
});
