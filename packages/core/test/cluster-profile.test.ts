import fc from 'fast-check';
import { Cidr, ClusterFeature, ClusterProfile, ClusterProfileProps, Cni, Distribution, InvalidInputError, LoadBalancerKind } from '../src';

const KUBEADM: ClusterProfileProps = { distribution: Distribution.KUBEADM, version: '1.36', cni: Cni.CALICO };

function faults(props: Partial<ClusterProfileProps>): string[] {
  try {
    ClusterProfile.of({ ...KUBEADM, ...props });
  } catch (error) {
    return InvalidInputError.problemsOf(error).map(({ path, code }) => `${path} ${code}`);
  }
  return [];
}

describe('presets', () => {
  test('kubeadm needs a version and a network plugin', () => {
    expect(ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO }).toJson()).toEqual({
      name: 'kubeadm',
      distribution: 'kubeadm',
      version: '1.36',
      cni: 'calico',
      nodeCidrs: [],
      podCidrs: ['10.244.0.0/16'],
      serviceCidrs: ['10.96.0.0/12'],
      apiServerCidrs: [],
      apiServerPort: 6443,
      clusterDomain: 'cluster.local',
      storageClasses: [],
      loadBalancer: 'none',
      features: ['mutating-admission-policy', 'user-namespaces', 'validating-admission-policy'],
    });
  });

  test('EKS takes the VPC CNI, whose pods have addresses of the nodes', () => {
    const profile = ClusterProfile.eks({ version: '1.35', nodeCidrs: ['10.0.10.0/24', '10.0.20.0/24'] });
    expect([profile.distribution, profile.cni]).toEqual([Distribution.EKS, Cni.VPC_CNI]);
    expect([profile.apiServerPort, profile.loadBalancer]).toEqual([443, LoadBalancerKind.CLOUD]);
    expect(profile.podCidrs).toEqual(['10.0.10.0/24', '10.0.20.0/24']);
    expect(profile.serviceCidrs).toEqual(['172.20.0.0/16']);
  });

  test('EKS with another plugin does not know where its pods are', () => {
    expect(ClusterProfile.eks({ version: '1.35', cni: Cni.CILIUM, nodeCidrs: ['10.0.10.0/24'] }).podCidrs).toEqual([]);
  });

  test('k3s takes kube-router and its own ranges', () => {
    const profile = ClusterProfile.k3s({ version: 'v1.35.1+k3s1' });
    expect([profile.cni, profile.version.minorText]).toEqual([Cni.KUBE_ROUTER, '1.35']);
    expect([profile.podCidrs, profile.serviceCidrs]).toEqual([['10.42.0.0/16'], ['10.43.0.0/16']]);
    expect(ClusterProfile.k3s({ version: '1.35', cni: Cni.CILIUM }).cni).toBe(Cni.CILIUM);
  });

  test('Talos has the ranges of its machine configuration', () => {
    const profile = ClusterProfile.talos({ version: '1.36', cni: Cni.CILIUM });
    expect([profile.distribution, profile.podCidrs, profile.serviceCidrs]).toEqual([Distribution.TALOS, ['10.244.0.0/16'], ['10.96.0.0/12']]);
  });

  test('managed Kubernetes says nothing about its ranges', () => {
    const profile = ClusterProfile.of({ distribution: Distribution.KAAS, version: '1.35', cni: Cni.CILIUM });
    expect([profile.podCidrs, profile.serviceCidrs, profile.loadBalancer, profile.name]).toEqual([[], [], LoadBalancerKind.CLOUD, 'kaas']);
  });

  test('a preset cannot be talked into another distribution', () => {
    expect(ClusterProfile.talos({ version: '1.36', cni: Cni.CILIUM, distribution: Distribution.EKS } as any).distribution).toBe(Distribution.TALOS);
  });
});

test('what is said wins over every default', () => {
  const props: ClusterProfileProps = {
    distribution: Distribution.EKS,
    version: '1.36.1',
    cni: Cni.VPC_CNI,
    name: 'production',
    cniVersion: 'v1.22.4-eksbuild.3',
    nodeCidrs: ['10.0.0.0/16'],
    podCidrs: ['100.64.0.0/16'],
    serviceCidrs: ['10.100.0.0/16', 'fd00::/108'],
    apiServerCidrs: ['10.0.1.0/24'],
    apiServerPort: 6444,
    clusterDomain: 'prod.internal',
    nodeLocalDns: '169.254.20.10',
    ingress: { className: 'alb', hostNetwork: false, namespace: 'kube-system', sourceCidrs: ['10.0.1.0/24'] },
    storageClasses: [{ name: 'gp3', provisioner: 'ebs.csi.aws.com', isDefault: true }, { name: 'efs', provisioner: 'efs.csi.aws.com', shared: true }],
    loadBalancer: LoadBalancerKind.NONE,
    capacity: { nodes: 6, cpu: '48', memory: '192Gi', pods: 300 },
  };
  const { features, ...json } = ClusterProfile.of(props).toJson();
  expect(json).toEqual(props);
  expect(features).toContain('cluster-network-policy');
});

test('changing what was given or returned does not change the profile', () => {
  const nodeCidrs = ['10.0.0.0/24'];
  const storageClasses = [{ name: 'a', provisioner: 'p' }];
  const capacity = { nodes: 1, cpu: '1', memory: '1Gi', pods: 10 };
  const ingress = { className: 'nginx' };
  const profile = ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO, nodeCidrs, storageClasses, capacity, ingress });
  capacity.nodes = 2;
  ingress.className = 'alb';
  expect([profile.capacity!.nodes, profile.ingress!.className]).toEqual([1, 'nginx']);
  nodeCidrs.push('wrong');
  storageClasses.pop();
  profile.nodeCidrs.push('wrong');
  profile.podCidrs.pop();
  profile.storageClasses.pop();
  expect([profile.nodeCidrs, profile.podCidrs, profile.storageClasses]).toEqual([['10.0.0.0/24'], ['10.244.0.0/16'], [{ name: 'a', provisioner: 'p' }]]);
});

describe('what is wrong', () => {
  test('everything is told at once', () => {
    expect(faults({
      version: '1',
      nodeCidrs: ['10.0.0.5/24', 'x'],
      apiServerPort: 0,
      clusterDomain: '-',
      nodeLocalDns: '169.254.20.10/32',
      name: 'My cluster',
      cniVersion: 'newest',
      ingress: { className: 'A', namespace: 'B', sourceCidrs: ['10.0.0.1'] },
      storageClasses: [{ name: 'a', provisioner: 'p', isDefault: true }, { name: 'a', provisioner: 'p', isDefault: true }],
      capacity: { nodes: -1, cpu: '8GB', memory: '-1Gi', pods: 1.5 },
    })).toEqual([
      'apiServerPort NumberOutOfRange',
      'capacity.cpu InvalidQuantity',
      'capacity.memory NegativeQuantity',
      'capacity.nodes NumberOutOfRange',
      'capacity.pods NumberOutOfRange',
      'clusterDomain InvalidDnsSubdomain',
      'cniVersion InvalidCniVersion',
      'ingress.className InvalidDnsSubdomain',
      'ingress.namespace InvalidDnsLabel',
      'ingress.sourceCidrs[0] InvalidCidr',
      'name InvalidDnsLabel',
      'nodeCidrs[0] CidrHasHostBits',
      'nodeCidrs[1] InvalidCidr',
      'nodeLocalDns InvalidIpAddress',
      'storageClasses SeveralDefaultStorageClasses',
      'storageClasses[1].name DuplicateStorageClass',
      'version InvalidKubernetesVersion',
    ]);
  });

  test('the error names the cluster', () => {
    expect(() => ClusterProfile.of({ ...KUBEADM, name: 'lab', version: 'x' })).toThrow(/^1 problem in profile of cluster 'lab':/);
  });

  test('nodes, pods and Services share no address', () => {
    expect(faults({ nodeCidrs: ['10.244.3.0/24'] })).toEqual(['nodeCidrs[0] OverlappingCidrs']);
    expect(faults({ podCidrs: ['10.100.0.0/16'] })).toEqual(['podCidrs[0] OverlappingCidrs']);
    expect(faults({ nodeCidrs: ['10.0.0.0/8'] })).toEqual(['podCidrs[0] OverlappingCidrs', 'serviceCidrs[0] OverlappingCidrs']);
    expect(faults({ podCidrs: ['10.244.0.0/16', '10.244.0.0/24'] })).toEqual(['podCidrs[1] OverlappingCidrs']);
    expect(faults({ nodeCidrs: ['192.168.0.0/24'], podCidrs: ['10.244.0.0/16', 'fd00:1::/64'], serviceCidrs: ['10.96.0.0/12', 'fd00:2::/108'] })).toEqual([]);
  });

  test("pods of the VPC CNI share the nodes' subnets, but never the Services'", () => {
    const eks = { distribution: Distribution.EKS, cni: Cni.VPC_CNI };
    expect(faults({ ...eks, nodeCidrs: ['10.0.0.0/16'], podCidrs: ['10.0.64.0/18'] })).toEqual([]);
    expect(faults({ ...eks, nodeCidrs: ['172.20.0.0/20'] })).toContain('nodeCidrs[0] OverlappingCidrs');
    expect(faults({ ...eks, nodeCidrs: ['10.0.0.0/24', '10.0.0.0/25'] })).toContain('nodeCidrs[1] OverlappingCidrs');
  });

  test('the API server may be one of the nodes, but is neither a pod nor a Service', () => {
    expect(faults({ nodeCidrs: ['192.168.0.0/24'], apiServerCidrs: ['192.168.0.10/32'] })).toEqual([]);
    expect(faults({ apiServerCidrs: ['10.96.0.1/32'] })).toEqual(['apiServerCidrs[0] OverlappingCidrs']);
    expect(faults({ apiServerCidrs: ['10.244.0.1/32'] })).toEqual(['apiServerCidrs[0] OverlappingCidrs']);
  });

  test('the VPC CNI runs on EKS only', () => {
    expect(faults({ cni: Cni.VPC_CNI })).toEqual(['cni CniNotOnDistribution']);
    expect(() => ClusterProfile.k3s({ version: '1.35', cni: Cni.VPC_CNI })).toThrow(/does not run on k3s.*allowed: calico, cilium, kube-router/);
  });
});

describe('features', () => {
  const supports = (feature: ClusterFeature, version: string, cni = Cni.CALICO, cniVersion?: string) => {
    const distribution = cni === Cni.VPC_CNI ? Distribution.EKS : Distribution.KUBEADM;
    return ClusterProfile.of({ distribution, version, cni, cniVersion }).supports(feature);
  };

  test.each([
    [ClusterFeature.VALIDATING_ADMISSION_POLICY, '1.29', '1.30'],
    [ClusterFeature.MUTATING_ADMISSION_POLICY, '1.35.9', '1.36'],
    [ClusterFeature.USER_NAMESPACES, '1.32', '1.33.0'],
  ])('%s is not there in %s and is there from %s on', (feature, before, since) => {
    expect([supports(feature, before), supports(feature, since)]).toEqual([false, true]);
  });

  test.each([
    [Cni.VPC_CNI, '1.35', 'v1.21.0-eksbuild.4', false],
    [Cni.VPC_CNI, '1.35', 'v1.21.1-eksbuild.1', true],
    [Cni.VPC_CNI, '1.35', 'v1.22.0', true],
    [Cni.VPC_CNI, '1.28', 'v1.22.0', false],
    [Cni.VPC_CNI, '1.35', undefined, false],
    [Cni.CALICO, '1.35', '3.31.6', false],
    [Cni.CALICO, '1.35', '3.32', true],
    [Cni.CALICO, '1.35', '4.0.0', true],
    [Cni.CILIUM, '1.35', '1.20.0', false],
    [Cni.KUBE_ROUTER, '1.35', '2.6.0', false],
  ])('ClusterNetworkPolicy on %s, Kubernetes %s, plugin %s: %p', (cni, version, cniVersion, expected) => {
    expect(supports(ClusterFeature.CLUSTER_NETWORK_POLICY, version, cni, cniVersion)).toBe(expected);
  });
});

test('an error of overlap is told when, and only when, two ranges share an address', () => {
  const block = fc.tuple(fc.nat({ max: 255 }), fc.integer({ min: 20, max: 24 }))
    .map(([third, prefix]) => Cidr.parse(`10.0.${third}.0/${prefix}`, { allowHostBits: true }));
  fc.assert(fc.property(fc.array(block, { maxLength: 3 }), fc.array(block, { maxLength: 3 }), (nodes, pods) => {
    const all = [...nodes, ...pods];
    const shared = all.some((one, index) => all.slice(index + 1).some((other) => one.overlaps(other)));
    expect(faults({ nodeCidrs: nodes.map(String), podCidrs: pods.map(String), serviceCidrs: ['172.16.0.0/16'] }).length > 0).toBe(shared);
  }));
});
