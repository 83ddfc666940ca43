import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Catalogue, KubernetesName, KubernetesVersion, PodSecurityLevel } from '../src';

const charts = Catalogue.chartNames.map((name) => Catalogue.chart(name));
const data = (file: string) => readFileSync(join(__dirname, '..', 'src', 'private', file), 'utf8').split('\n');

describe('charts', () => {
  test('the charts of the first platform are there, sorted', () => {
    expect(Catalogue.chartNames).toEqual([
      'argo-cd', 'aws-ebs-csi-driver', 'aws-efs-csi-driver', 'aws-load-balancer-controller', 'cert-manager', 'external-dns', 'fluentd', 'jaeger',
      'kube-prometheus-stack', 'metrics-server',
    ]);
  });

  test.each(charts)('$name is pinned, has a repository, a namespace and a day', (chart) => {
    expect(chart.version).toMatch(/^v?[0-9]+\.[0-9]+\.[0-9]+$/);
    expect(chart.repository).toMatch(/^(https|oci):\/\/[a-z0-9.-]+(\/[a-z0-9.-]+)*$/);
    expect(KubernetesName.isDnsLabel(chart.namespace)).toBe(true);
    expect(chart.readOn).toMatch(/^2026-[0-9]{2}-[0-9]{2}$/);
    expect(chart.readOn <= Catalogue.DATE).toBe(true);
    expect(chart.kubernetesRange ?? '>=1.0-0').toMatch(/^>= ?1\.[0-9]+(\.[0-9]+)?-0$/);
  });

  test.each(charts)('the definitions of $name are full names, sorted, each once', ({ crds }) => {
    expect(crds.every((crd) => KubernetesName.isDnsSubdomain(crd) && crd.split('.').length > 2)).toBe(true);
    expect(crds).toEqual([...new Set(crds)].sort());
  });

  test('what mounts host paths is told to need a privileged namespace', () => {
    const privileged = charts.filter(({ podSecurityLevel }) => podSecurityLevel === PodSecurityLevel.PRIVILEGED).map(({ name }) => name);
    expect(privileged).toEqual(['aws-ebs-csi-driver', 'aws-efs-csi-driver', 'fluentd', 'kube-prometheus-stack']);
  });

  test('changing what was returned does not change the catalogue', () => {
    Catalogue.chart('cert-manager').crds.pop();
    Catalogue.chartNames.pop();
    expect(Catalogue.chart('cert-manager').crds).toHaveLength(6);
    expect(Catalogue.chartNames).toHaveLength(10);
  });

  test('an unknown chart is refused with the names that are known', () => {
    expect(() => Catalogue.chart('istio')).toThrow(/the catalogue of 2026-11-21 has no chart 'istio' \(UnknownChart\); allowed: argo-cd, .*, metrics-server; cure: /);
    expect(() => Catalogue.chart('toString')).toThrow(/UnknownChart/);
  });
});

describe('managed add-ons of EKS', () => {
  test('every add-on has a version for every minor version', () => {
    expect(Catalogue.eksMinors).toEqual(['1.34', '1.35', '1.36']);
    expect(Catalogue.eksAddOnNames).toEqual(['aws-ebs-csi-driver', 'aws-efs-csi-driver', 'coredns', 'eks-pod-identity-agent', 'kube-proxy', 'vpc-cni']);
    for (const minor of Catalogue.eksMinors) {
      for (const name of Catalogue.eksAddOnNames) expect(Catalogue.eksAddOn(name, minor)).toMatch(/^v[0-9]+\.[0-9]+\.[0-9]+-eksbuild\.[0-9]+$/);
    }
  });

  test('kube-proxy is never newer than the cluster', () => {
    for (const minor of Catalogue.eksMinors) {
      const proxy = KubernetesVersion.parse(Catalogue.eksAddOn('kube-proxy', minor));
      expect(KubernetesVersion.parse(minor).skewProblems(proxy, '')).toEqual([]);
      expect(proxy.minorText).toBe(minor);
    }
  });

  test('the VPC CNI enforces cluster-wide policies on every minor version', () => {
    for (const minor of Catalogue.eksMinors) {
      const [major, minorNumber] = Catalogue.eksAddOn('vpc-cni', minor).slice(1).split('.').map(Number);
      expect(major * 100 + minorNumber).toBeGreaterThanOrEqual(122);
    }
  });

  test('a patch version asks for its minor version', () => {
    expect(Catalogue.eksAddOn('coredns', 'v1.35.4-eks-1234567')).toBe(Catalogue.eksAddOn('coredns', '1.35'));
  });

  test('what is not known is refused, never guessed', () => {
    expect(() => Catalogue.eksAddOn('vpc-cni', '1.37')).toThrow(/no EKS add-on 'vpc-cni' for Kubernetes 1\.37 \(UnknownEksAddOnVersion\); allowed: 1\.34, 1\.35, 1\.36/);
    expect(() => Catalogue.eksAddOn('velero', '1.35')).toThrow(/UnknownEksAddOn\).*allowed: aws-ebs-csi-driver/);
    expect(() => Catalogue.eksAddOn('constructor', '1.35')).toThrow(/UnknownEksAddOn\)/);
    expect(() => Catalogue.eksAddOn('vpc-cni', 'latest')).toThrow(/InvalidKubernetesVersion/);
  });
});

describe('support', () => {
  test('EKS has standard support, then a year more', () => {
    expect(Catalogue.eksSupport('1.35')).toEqual({ standardUntil: '2027-03-27', extendedUntil: '2028-03-27' });
    expect(Catalogue.eksSupport('1.34.6')).toEqual({ standardUntil: '2026-12-02', extendedUntil: '2027-12-02' });
  });

  test('on the day of the catalogue 1.33 is in extended support and 1.31 is about to leave it', () => {
    expect(Catalogue.eksSupport('1.33').standardUntil! < Catalogue.DATE).toBe(true);
    expect(Catalogue.eksSupport('1.33').extendedUntil! > Catalogue.DATE).toBe(true);
    expect(Catalogue.eksSupport('1.31').extendedUntil).toBe('2026-11-26');
  });

  test('every minor version with add-ons is supported on the day of the catalogue', () => {
    for (const minor of Catalogue.eksMinors) expect(Catalogue.eksSupport(minor).standardUntil! > Catalogue.DATE).toBe(true);
  });

  test('the project itself supports a version for a shorter time than EKS', () => {
    for (const minor of Catalogue.eksMinors) {
      expect(Catalogue.kubernetesSupport(minor).standardUntil! < Catalogue.eksSupport(minor).standardUntil!).toBe(true);
      expect(Catalogue.kubernetesSupport(minor).extendedUntil).toBeUndefined();
    }
  });

  test('versions that are gone or not yet known are refused', () => {
    expect(() => Catalogue.eksSupport('1.28')).toThrow(/UnknownEksVersion.*allowed: 1\.31, 1\.32, 1\.33, 1\.34, 1\.35, 1\.36/);
    expect(() => Catalogue.kubernetesSupport('1.99')).toThrow(/UnknownKubernetesVersion/);
  });
});

test('the day is a day', () => {
  expect(new Date(`${Catalogue.DATE}T00:00:00Z`).toISOString().slice(0, 10)).toBe(Catalogue.DATE);
});

test('every version is behind a note for renovate that names what it is the version of', () => {
  const charted = data('chart-releases.ts');
  charted.forEach((text, index) => {
    const version = /^ {4}version: '(.*)',$/.exec(text);
    if (version) expect(charted[index - 1]).toMatch(/^ {4}\/\/ renovate: datasource=helm depName=[a-z-]+ registryUrl=https:\/\/\S+$/);
  });
  expect(charted.filter((text) => text.includes('// renovate:'))).toHaveLength(Catalogue.chartNames.length);

  let minor = '';
  const added = data('eks-add-ons.ts');
  added.forEach((text, index) => {
    minor = /^ {2}(1\.[0-9]+): \{$/.exec(text)?.[1] ?? minor;
    const name = /^ {4}'(.*)': 'v.*',$/.exec(text)?.[1];
    if (name) expect(added[index - 1]).toBe(`    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"${minor}","addonName":"${name}"}`);
  });
  expect(added.filter((text) => text.includes('// renovate:'))).toHaveLength(Catalogue.eksMinors.length * Catalogue.eksAddOnNames.length);
});

test('versions are nowhere else in the package', () => {
  const folder = join(__dirname, '..', 'src');
  const files = readdirSync(folder, { recursive: true }).map(String).filter((file) => file.endsWith('.ts') && !file.startsWith('vendor'));
  const pinned = charts.map(({ version }) => `'${version}'`);
  const holders = files.filter((file) => pinned.some((version) => readFileSync(join(folder, file), 'utf8').includes(version)));
  expect(holders).toEqual([join('private', 'chart-releases.ts')]);
});
