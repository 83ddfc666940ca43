import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { node, removeStages, ROOT, stage, Tarball } from './tarball';

const tarballs = Tarball.all();
afterAll(removeStages);

/** An empty folder with a compiled program and the packages it is for. */
function withProgram(program: string, ...names: string[]): string {
  const folder = stage(tarballs, ...names);
  mkdirSync(path.join(folder, 'lib'));
  cpSync(path.join(ROOT, 'testing/consumers/lib', `${program}.js`), path.join(folder, 'lib', `${program}.js`));
  return folder;
}

interface Artifact {
  readonly type: string;
  readonly properties: { readonly stackName: string };
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const manifests = (text: string) => parseAllDocuments(text).map((document) => document.toJS() as Manifest);
const namespaces = (text: string) => manifests(text).filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
const TENANT_NAMESPACES = ['payments-production', 'payments-staging', 'shop-production', 'shop-staging'];

test('the tenancy program writes the namespaces of its tenants, each with a quota, limits and a policy', () => {
  const folder = withProgram('tenancy-program', '@viridial/tenancy');
  node(folder, ['lib/tenancy-program.js']);
  const text = readdirSync(path.join(folder, 'dist')).map((file) => readFileSync(path.join(folder, 'dist', file), 'utf8')).join('---\n');
  expect(namespaces(text)).toEqual(expect.arrayContaining(TENANT_NAMESPACES));
  for (const name of TENANT_NAMESPACES) {
    const kinds = manifests(text).filter(({ metadata }) => metadata.namespace === name).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['LimitRange', 'NetworkPolicy', 'ResourceQuota', 'RoleBinding']));
  }
});

test('the plain program writes the same namespaces and proves them, and loads nothing but our packages', () => {
  const folder = withProgram('plain-program', '@viridial/tenancy', '@viridial/proof');
  const code = "require('./lib/plain-program'); require('node:fs').writeFileSync('loaded.json', JSON.stringify(Object.keys(require.cache)));";
  expect(namespaces(node(folder, ['--eval', code]))).toEqual(expect.arrayContaining(TENANT_NAMESPACES));
  const loaded = JSON.parse(readFileSync(path.join(folder, 'loaded.json'), 'utf8')) as string[];
  const ours = [path.join(folder, 'lib'), path.join(folder, 'node_modules/@viridial')];
  expect(loaded.filter((file) => !ours.some((place) => file.startsWith(place + path.sep)))).toEqual([]);
});

test('the EKS program synthesizes its three stacks when CDK says where, with nothing awaited', () => {
  const folder = withProgram('eks-program', '@viridial/eks-platform');
  const out = path.join(folder, 'cdk.out');
  node(folder, ['lib/eks-program.js'], { CDK_OUTDIR: out });
  const { artifacts } = JSON.parse(readFileSync(path.join(out, 'manifest.json'), 'utf8')) as { artifacts: Record<string, Artifact> };
  const stacks = Object.values(artifacts).filter(({ type }) => type === 'aws:cloudformation:stack').map(({ properties }) => properties.stackName);
  expect(stacks.sort()).toEqual(['production-cluster', 'production-data', 'production-network']);
});
