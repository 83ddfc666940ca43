import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CanonicalYaml, Catalogue, Cidr, ClusterProfile, Cni, KubernetesVersion, Manifests, Problems, Quantity } from '../src';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
const block = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(readme)![1];

test('the error that the guide shows is the error that is thrown', () => {
  const problems = new Problems();
  Cidr.collect(problems, 'vpc.cidr', '10.0.0.5/8');
  Cidr.collect(problems, 'subnets[0]', '010.0.0.0/24');
  expect(() => problems.throwIfErrors("network 'production'")).toThrow(block('text').trim().replace(/^InvalidInputError: /, ''));
});

test('the YAML that the guide shows is the YAML that is written', () => {
  const data = { country: 'no', version: '1.30', notes: 'one\ntwo\n' };
  const settings = { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'settings', namespace: 'shop' }, data: data };
  const namespace = { kind: 'Namespace', apiVersion: 'v1', metadata: { name: 'shop' } };
  expect(CanonicalYaml.stringifyAll(Manifests.order([settings, namespace]))).toBe(block('yaml'));
});

test('the results that stand behind the examples are the results', () => {
  expect(Quantity.parse('16Gi').split([1, 3]).map(String)).toEqual(['4Gi', '12Gi']);
  expect(Cidr.parse('203.0.113.0/24').host(1)).toBe('203.0.113.1');
  expect(ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO, nodeCidrs: ['192.168.0.0/24'] }).podCidrs).toEqual(['10.244.0.0/16']);
  expect(Cidr.summarise([Cidr.parse('10.0.0.0/24'), Cidr.parse('10.0.1.0/24')]).map(String)).toEqual(['10.0.0.0/23']);
  expect(Quantity.parse('8').splitInSteps([1, 1, 1], Quantity.parse('1m')).map(String)).toEqual(['2668m', '2666m', '2666m']);
  expect(KubernetesVersion.parse('1.35').skewProblems(KubernetesVersion.parse('1.31'), '').map(({ code }) => code)).toEqual(['KubeletTooOld']);
  expect(Catalogue.eksSupport('1.35').standardUntil! > Catalogue.DATE).toBe(true);
});

test('every code that the package gives is in the table, and the table has no other', () => {
  const folder = join(__dirname, '..', 'src');
  const files = readdirSync(folder, { recursive: true }).map(String).filter((file) => file.endsWith('.ts') && !file.startsWith('vendor'));
  const sources = files.map((file) => readFileSync(join(folder, file), 'utf8').replace(/\/\*\*[^]*?\*\//g, '')).join('\n');
  const given = new Set<string>();
  for (const [, code] of sources.matchAll(/(?:code: |fault\(|requireText\(.*, |unknown\(|windowOf\([^)]*?, )'([A-Z][A-Za-z]+)'/g)) given.add(code);
  const told = new Set([...readme.slice(readme.indexOf('## Errors')).matchAll(/`([A-Z][A-Za-z]+)`/g)].map(([, code]) => code));
  expect([...given].filter((code) => !told.has(code))).toEqual([]);
  const table = readme.slice(readme.indexOf('| code |'), readme.indexOf('## Limits'));
  expect([...table.matchAll(/`([A-Z][A-Za-z]+)`/g)].map(([, code]) => code).filter((code) => !given.has(code))).toEqual([]);
});
