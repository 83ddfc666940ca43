/** What is known of an EC2 instance type. */
export interface InstanceFacts {
  /** Virtual processors. */
  readonly vcpus: number;

  /** Memory in GiB. */
  readonly memoryGibibytes: number;

  /** Network interfaces that can be attached. */
  readonly interfaces: number;

  /** IPv4 addresses of each network interface. */
  readonly addressesPerInterface: number;

  /** Processor architecture. */
  readonly architecture: 'x86_64' | 'arm64';
}

type Size = readonly [vcpus: number, interfaces: number, addressesPerInterface: number];

/**
 * Sizes of the general (m), compute (c) and memory (r) families of the fifth generation and later: virtual processors,
 * network interfaces, addresses of each.
 *
 * Source: amazon-vpc-cni-k8s, `misc/eni-max-pods.txt` and `pkg/vpc/vpc_ip_resource_limit.go`, which are made from
 * `aws ec2 describe-instance-types`; the numbers are the same for all these families.
 */
const SIZES: { readonly [size: string]: Size } = {
  'medium': [1, 2, 4],
  'large': [2, 3, 10],
  'xlarge': [4, 4, 15],
  '2xlarge': [8, 4, 15],
  '4xlarge': [16, 8, 30],
  '8xlarge': [32, 8, 30],
  '9xlarge': [36, 8, 30],
  '12xlarge': [48, 8, 30],
  '16xlarge': [64, 15, 50],
  '18xlarge': [72, 15, 50],
  '24xlarge': [96, 15, 50],
};

const LATER_SIZES = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge', '24xlarge'];
const GRAVITON_SIZES = ['medium', 'large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'];
const FAMILIES: { readonly [family: string]: readonly string[] } = {
  c5: ['large', 'xlarge', '2xlarge', '4xlarge', '9xlarge', '12xlarge', '18xlarge', '24xlarge'],
  c5a: LATER_SIZES,
  c6a: LATER_SIZES,
  c6i: LATER_SIZES,
  c7a: LATER_SIZES,
  c7i: LATER_SIZES,
  m5: LATER_SIZES,
  m5a: LATER_SIZES,
  m6a: LATER_SIZES,
  m6i: LATER_SIZES,
  m7a: LATER_SIZES,
  m7i: LATER_SIZES,
  r5: LATER_SIZES,
  r5a: LATER_SIZES,
  r6a: LATER_SIZES,
  r6i: LATER_SIZES,
  r7a: LATER_SIZES,
  r7i: LATER_SIZES,
  c6g: GRAVITON_SIZES,
  c7g: GRAVITON_SIZES,
  c8g: [...GRAVITON_SIZES, '24xlarge'],
  m6g: GRAVITON_SIZES,
  m7g: GRAVITON_SIZES,
  m8g: [...GRAVITON_SIZES, '24xlarge'],
  r6g: GRAVITON_SIZES,
  r7g: GRAVITON_SIZES,
  r8g: [...GRAVITON_SIZES, '24xlarge'],
};

/** GiB of memory for each virtual processor, by the first letter of the family. */
const MEMORY_PER_VCPU: { readonly [letter: string]: number } = { c: 2, m: 4, r: 8 };

/** Burstable sizes: memory in GiB beside the numbers of `SIZES`. Same source. */
const BURSTABLE: { readonly [size: string]: readonly [...Size, memoryGibibytes: number] } = {
  'small': [2, 3, 4, 2],
  'medium': [2, 3, 6, 4],
  'large': [2, 3, 12, 8],
  'xlarge': [4, 4, 15, 16],
  '2xlarge': [8, 4, 15, 32],
};

const FORM = /^(?<family>[a-z]+[0-9]+[a-z-]*)\.(?<size>[a-z0-9-]+)$/;

/** Whether a text has the form of an instance type; whether AWS has the type is another question. */
export function isInstanceType(text: string): boolean {
  return FORM.test(text);
}

/** Graviton families carry a `g` behind their generation (`m7gd`); GPU families are called `g`, of which one is Graviton. */
function architectureOf(family: string): 'x86_64' | 'arm64' {
  return /^(?:a1|g5g|(?:[cmrtxi]|im|is|hpc)[0-9]+g[a-z]*)$/.test(family) ? 'arm64' : 'x86_64';
}

/** Processor architecture of an instance type, also of one that is not in the table. */
export function instanceArchitecture(instanceType: string): 'x86_64' | 'arm64' {
  return architectureOf(instanceType.split('.')[0]);
}

/** What is known of an instance type; nothing when it is not in the table. */
export function instanceFacts(instanceType: string): InstanceFacts | undefined {
  const [family, size] = instanceType.split('.');
  const architecture = architectureOf(family);
  if (['t3', 't3a', 't4g'].includes(family) && Object.hasOwn(BURSTABLE, size ?? '')) {
    if (family === 't3a' && size === 'small') return undefined;
    const [vcpus, interfaces, addressesPerInterface, memoryGibibytes] = BURSTABLE[size];
    return { vcpus, memoryGibibytes, interfaces, addressesPerInterface, architecture };
  }
  if (!Object.hasOwn(FAMILIES, family) || !FAMILIES[family].includes(size)) return undefined;
  const [vcpus, interfaces, addressesPerInterface] = SIZES[size];
  return { vcpus, memoryGibibytes: vcpus * MEMORY_PER_VCPU[family[0]], interfaces, addressesPerInterface, architecture };
}

/**
 * Pods that one node can run.
 *
 * Formula of amazon-vpc-cni-k8s: the first address of each interface is not for pods; two pods (the CNI itself and
 * kube-proxy) use the node's own address. With custom networking the first interface has no pods. Managed node groups
 * stop at 110 below 30 virtual processors, at 250 from there on (EKS user guide, "Choosing an instance type").
 */
export function maxPods(facts: InstanceFacts, customNetworking: boolean): number {
  const interfaces = facts.interfaces - (customNetworking ? 1 : 0);
  const byAddresses = interfaces * (facts.addressesPerInterface - 1) + 2;
  return Math.min(byAddresses, facts.vcpus < 30 ? 110 : 250);
}

/**
 * Addresses of the pods' subnets that one node holds when it is full: whole interfaces, with one more in reserve
 * (`WARM_ENI_TARGET` is 1) as long as the type has one.
 */
export function podAddresses(facts: InstanceFacts, customNetworking: boolean): number {
  const available = facts.interfaces - (customNetworking ? 1 : 0);
  const needed = Math.ceil((maxPods(facts, customNetworking) - 2) / (facts.addressesPerInterface - 1));
  return Math.min(available, needed + 1) * facts.addressesPerInterface;
}

/** What pods of one node can use: processors in thousandths, memory in MiB. */
export interface Allocatable {
  /** Thousandths of a processor. */
  readonly millicpus: number;

  /** MiB of memory. */
  readonly memoryMebibytes: number;
}

/**
 * What is left for pods on one node.
 *
 * Processors: 6 % of the first, 1 % of the second, 0.5 % of the next two and 0.25 % of the others are kept for the kubelet;
 * memory: 255 MiB and 11 MiB for each pod, and 100 MiB before pods are evicted (amazon-eks-ami, nodeadm). The instance
 * itself shows some 7.5 % less memory than its type promises (Karpenter's `VM_MEMORY_OVERHEAD_PERCENT`).
 */
export function allocatable(facts: InstanceFacts, customNetworking: boolean): Allocatable {
  const kept = [60, 10, 5, 5];
  const reservedCpu = Array.from({ length: facts.vcpus }, (_, i) => kept[i] ?? 2.5).reduce((sum, part) => sum + part, 0);
  const reservedMemory = 255 + 11 * maxPods(facts, customNetworking) + 100;
  return {
    millicpus: Math.floor(facts.vcpus * 1000 - reservedCpu),
    memoryMebibytes: Math.floor(facts.memoryGibibytes * 1024 * 0.925 - reservedMemory),
  };
}
