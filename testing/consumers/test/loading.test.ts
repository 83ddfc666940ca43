import { node, removeStages, stage, Tarball } from './tarball';

const tarballs = Tarball.all();
afterAll(removeStages);

/** What a consumer imports first. */
const EXPORTS: Record<string, string[]> = {
  '@viridial/core': [
    'BillOfMaterials', 'CanonicalYaml', 'Catalogue', 'Cidr', 'ClusterProfile', 'Cni', 'Expectation', 'InvalidInputError', 'KubernetesVersion', 'Labels',
    'Manifests', 'Problems', 'Quantity', 'SecretSlot',
  ],
  '@viridial/security-policy': ['Flow', 'NetworkPolicies', 'PodSecurityLabels', 'PortMatrix', 'TenantRole', 'TenantRoles'],
  '@viridial/proof': ['AccessReview', 'Endpoint', 'PodSecurity', 'Proof', 'Reachability'],
  '@viridial/tenancy': ['Role', 'Tenancy', 'TenancyChart', 'Tenant'],
  '@viridial/platform-addons': ['AddOn', 'CertManager', 'GitOps', 'Installation', 'Jaeger', 'KubePrometheusStack', 'Need', 'Platform', 'Repository'],
  '@viridial/eks-platform': [
    'CertManager', 'EksPlatform', 'GitOps', 'Jaeger', 'KubePrometheusStack', 'Need', 'NodeGroup', 'Platform', 'Role', 'Subnets', 'Tenant',
  ],
};

/** Classes and enums of a jsii assembly: all of it that exists at run time. */
function assemblyTypes(tarball: Tarball): string[] {
  const { types } = JSON.parse(tarball.read('.jsii')) as { types: Record<string, { kind: string; name: string; namespace?: string }> };
  return Object.values(types).filter(({ kind, namespace }) => kind !== 'interface' && !namespace).map(({ name }) => name);
}

test('the exports of every published package are looked at', () => {
  expect(Object.keys(EXPORTS).sort()).toEqual([...tarballs.keys()].sort());
});

describe.each([...tarballs])('%s, in an empty folder with only what it declares', (name, tarball) => {
  const folder = stage(tarballs, name);
  const wanted = [...EXPORTS[name]!, ...(tarball.jsii ? assemblyTypes(tarball) : [])];

  test('loads by require', () => {
    const names = JSON.parse(node(folder, ['--eval', `console.log(JSON.stringify(Object.keys(require('${name}'))))`])) as string[];
    expect(names).toEqual(expect.arrayContaining(wanted));
  });

  test('loads by import, with its names', () => {
    const code = `import { ${EXPORTS[name]!.join(', ')} } from '${name}'; import * as all from '${name}';
      if ([${EXPORTS[name]!.join(', ')}].includes(undefined)) throw new Error('a name without a value');
      console.log(JSON.stringify(Object.keys(all)));`;
    expect(JSON.parse(node(folder, ['--input-type=module', '--eval', code]))).toEqual(expect.arrayContaining(wanted));
  });
});
