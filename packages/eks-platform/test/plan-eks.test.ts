import { AddOnOwner, AwsLoadBalancerController, GitOps, Need, Platform } from '@viridial/platform-addons';
import { Tenant } from '@viridial/tenancy';
import * as fc from 'fast-check';
import { blocks, errorsOf, platform, props } from './fixtures/platform';
import { Access } from '../src/access';
import { NodeGroup } from '../src/node-group';
import { planEks } from '../src/plan-eks';
import { Subnets } from '../src/subnets';

const access = Access.of({ administrators: ['Administrator'] });
const plan = (changes: Parameters<typeof props>[0] = {}) => planEks('production', props({ access, ...changes }));

test('everything that is wrong is reported at once, sorted by where it is', () => {
  const wrong = props({
    region: 'ireland',
    account: '12345',
    version: '1.28',
    zones: ['eu-west-1a', 'eu-west-1b'],
    access: Access.of({ publicEndpointCidrs: ['0.0.0.0/0'] }),
    subnets: Subnets.exact('10.0.0.0/16', { ...blocks, private: ['10.0.10.0/24', '10.0.10.0/25', '10.9.0.0/24'] }),
    nodeGroups: { app: NodeGroup.of(['c5.large'], { min: 5, max: 3 }) },
    hostedZoneIds: ['viridial.com'],
  });
  expect(errorsOf(() => planEks('1st', wrong)).map((line) => /\((\w+)\)/.exec(line)![1]).sort()).toEqual([
    'MalformedAccount', 'MalformedHostedZoneId', 'MalformedId', 'MalformedRegion', 'MinAboveMax', 'OverlappingCidrs', 'PublicEndpointOpenToAll',
    'SubnetOutsideVpc', 'UnsupportedKubernetesVersion', 'ZoneCountMismatch', 'ZoneCountMismatch', 'ZoneOutsideRegion', 'ZoneOutsideRegion',
  ]);
});

test.each<[string, Parameters<typeof props>[0], string]>([
  ['1st', {}, "id: '1st' cannot begin the name of a stack (MalformedId); allowed: letters, digits and hyphens, a letter first, up to 100 characters"],
  ['p', { account: '12345' }, "account: '12345' is not the number of an AWS account (MalformedAccount); allowed: 12 digits"],
  ['p', { hostedZoneIds: ['viridial.com'] }, "hostedZoneIds[0]: 'viridial.com' is not the id of a hosted zone (MalformedHostedZoneId); allowed: an id like Z2FDTNDATAQYW2"],
])('platform %s with %j is refused, and the message says why', (id, changes, message) => {
  expect(errorsOf(() => planEks(id, props(changes)))).toEqual([message]);
});

test('the error says which platform it is about', () => {
  expect(() => plan({ version: '1.28' })).toThrow(/EKS platform 'production'/);
});

test('what the platform itself finds wrong is reported with the rest', () => {
  const owners = GitOps.argoCd({ repository: 'https://github.com/viridial/platform', tenantRepositories: { nobody: ['https://github.com/x/y'] } });
  expect(errorsOf(() => plan({ gitOps: owners, logRetentionDays: 2 }))).toEqual([
    expect.stringContaining('(RetentionNotAllowed)'),
    expect.stringContaining("there is no tenant 'nobody' (UnknownTenant)"),
  ]);
});

test('an environment that the platform has not is an error', () => {
  expect(errorsOf(() => plan({ environments: ['qa'] }))).toEqual([expect.stringContaining('there is no environment qa (UnknownEnvironment)')]);
});

test('needs are met by the drivers of EKS, one each', () => {
  const needy = new Platform({ name: 'p', environments: ['dev'], tenants: [new Tenant('t')], needs: [Need.INGRESS, Need.BLOCK_STORAGE, Need.SHARED_STORAGE] });
  const owners = plan({ platform: needy }).rendered.owners;
  expect(owners).toMatchObject({
    'argo-cd': AddOnOwner.BLUEPRINT,
    'aws-ebs-csi-driver': AddOnOwner.MANAGED,
    'aws-efs-csi-driver': AddOnOwner.MANAGED,
    'aws-load-balancer-controller': AddOnOwner.BLUEPRINT,
  });
});

test('a need that nothing on EKS meets is an error', () => {
  const needy = new Platform({ name: 'p', environments: ['dev'], tenants: [new Tenant('t')], needs: ['gpu' as Need] });
  expect(errorsOf(() => plan({ platform: needy }))).toEqual([expect.stringMatching(/gpu.*\(UnmetNeed\)/)]);
});

test('every add-on is there once, with one owner, an explicit version and a namespace', () => {
  const { addOns } = plan();
  expect(new Set(addOns.map(({ name }) => name)).size).toBe(addOns.length);
  expect(addOns.map(({ name, owner }) => `${name} ${owner}`)).toEqual([
    'argo-cd blueprint', 'aws-ebs-csi-driver managed', 'aws-efs-csi-driver managed', 'aws-load-balancer-controller blueprint', 'cert-manager tree', 'coredns managed',
    'eks-pod-identity-agent managed', 'external-dns tree', 'fluentd tree', 'kube-prometheus-stack tree', 'kube-proxy managed', 'vpc-cni managed',
  ]);
  for (const { version, namespace, source } of addOns) {
    expect(version).toMatch(/^v?[0-9]+\.[0-9]+/);
    expect(namespace).not.toBe('');
    expect(source).toMatch(/^EKS add-on$|^https:\/\/|^oci:\/\//);
  }
});

test('no add-on that the tree installs is also installed by EKS or the blueprint', () => {
  const { addOns, rendered } = plan();
  const outside = addOns.filter(({ owner }) => owner !== AddOnOwner.TREE).map(({ name }) => name);
  const applications = Object.keys(rendered.repository.files).map((file) => /add-ons\/(.+)\.yaml$/.exec(file)?.[1]).filter((name) => name !== undefined);
  expect(applications.filter((name) => outside.includes(name))).toEqual([]);
});

test('without GitOps the plan warns that nobody installs what the tree would', () => {
  const { warnings, addOns } = plan({ gitOps: undefined });
  expect(warnings.map((warning) => warning.toString())).toContainEqual(
    "gitOps: nobody installs the add-ons and tenants of platform 'viridial': they are left to whoever applies them (NoGitOps); cure: set gitOps: GitOps.argoCd({ repository: 'https://…' })",
  );
  expect(addOns.map(({ name }) => name)).not.toContain('argo-cd');
});

test('the profile tells the platform where nodes, pods, services, load balancers and the API server are', () => {
  expect(plan().profile.toJson()).toMatchObject({
    name: 'dpj-prod-cluster',
    distribution: 'eks',
    cni: 'vpc-cni',
    nodeCidrs: blocks.private,
    podCidrs: blocks.private,
    serviceCidrs: ['172.20.0.0/16'],
    apiServerCidrs: blocks.private,
    apiServerPort: 443,
    ingress: { className: 'alb', sourceCidrs: blocks.public },
    loadBalancer: 'cloud',
    // 20 c5.large and 6 t3.medium at most
    capacity: { nodes: 26, cpu: '50180m', memory: '81756Mi', pods: 20 * 29 + 6 * 17 },
  });
});

test('with a range for pods the profile knows where they are', () => {
  expect(plan({ secondaryCidr: '100.64.0.0/16' }).profile.podCidrs).toEqual(['100.64.0.0/18', '100.64.64.0/18', '100.64.128.0/18']);
});

test('the capacity is not known when a type is not', () => {
  expect(plan({ nodeGroups: { app: NodeGroup.of(['p5.48xlarge'], { min: 1, max: 2 }) } }).profile.capacity).toBeUndefined();
});

test('the same props give the same plan, and the plan is plain data', () => {
  const text = JSON.stringify(plan().toJson());
  expect(JSON.stringify(plan().toJson())).toBe(text);
  expect(JSON.parse(text)).toEqual(plan().toJson());
  expect(text).not.toContain('[object');
});

test('the plan does not depend on the order of environments, groups or roles', () => {
  const { nodeGroups } = props();
  const text = (groups: string[], administrators: string[], environments: string[]) => JSON.stringify(plan({
    nodeGroups: Object.fromEntries(groups.map((name) => [name, nodeGroups[name]])), access: Access.of({ administrators }), environments,
  }).toJson());
  const given: [string[], string[], string[]] = [Object.keys(nodeGroups), ['a', 'b', 'c'], ['production', 'staging']];
  const shuffled = given.map((list) => fc.shuffledSubarray(list, { minLength: list.length }));
  fc.assert(fc.property(fc.tuple(...shuffled), ([groups, administrators, environments]) => {
    expect(text(groups, administrators, environments)).toBe(text(...given));
  }), { numRuns: 10 });
});

test('the bill counts what the plan holds', () => {
  const lines = Object.fromEntries(plan().billOfMaterials.lines.map((line) => [line.id, `${line.quantity} ${line.unit} ${line.sku}`]));
  expect(lines).toMatchObject({
    'cluster.controlPlane': '730 hour eks',
    'network.natGateways': '2190 hour nat-gateway',
    'nodeGroups.app-nodes': '4380 hour c5.large',
    'nodeGroups.system-nodes': '2190 hour t3.medium',
    'nodeGroups.system-nodes.disks': '150 GB-month gp3',
    'data.keys': '2 month kms-customer-managed',
  });
});

test('a platform that brings a driver of its own keeps it', () => {
  const own = platform().with(new AwsLoadBalancerController({ sharedGroup: 'shared' }));
  const controllers = plan({ platform: own }).rendered.installations.filter(({ name }) => name === 'aws-load-balancer-controller');
  expect(controllers).toHaveLength(1);
  expect(controllers[0].values.ingressClassParams.spec.group.name).toBe('shared');
});

describe('the tier above the policies of namespaces', () => {
  const tiers = (changes: object) => planEks('production', props(changes)).rendered.manifests.filter(({ kind }) => kind === 'ClusterNetworkPolicy');

  test('is left out, with a warning that says how to have it', () => {
    expect(tiers({})).toEqual([]);
    expect(planEks('production', props()).warnings.filter(({ code }) => code === 'NoClusterTier').map((warning) => warning.toString()))
      .toEqual([expect.stringMatching(/^clusterTier: no tier .*cure: set clusterTier: true/)]);
  });

  test('is written for the network policy agent of EKS when it is asked for, and keeps what it promises', () => {
    const asked = planEks('production', props({ clusterTier: true }));
    expect(new Set(tiers({ clusterTier: true }).map(({ apiVersion }) => apiVersion))).toEqual(new Set(['networking.k8s.aws/v1alpha1']));
    expect(asked.warnings.filter(({ code }) => code === 'NoClusterTier')).toEqual([]);
    expect(asked.rendered.proof().ok).toBe(true);
  });
});
