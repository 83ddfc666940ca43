import { Cidr } from '../cidr';
import { ClusterProfileProps } from '../cluster-profile-props';
import { Cni } from '../cni';
import { Distribution } from '../distribution';
import { KubernetesName } from '../kubernetes-name';
import { Problems } from '../problems';
import { Quantity } from '../quantity';
import { cureOf, parseAddress } from './ip-address';

/** The blocks of a profile, by the property path each was read from. */
type Blocks = { [path: string]: Cidr };

/** The address lists of a profile, with defaults in place. */
export interface ProfileAddresses {
  readonly nodeCidrs: string[];
  readonly podCidrs: string[];
  readonly serviceCidrs: string[];
  readonly apiServerCidrs: string[];
}

/** Everything that can be wrong with addresses: each for itself, then who must not overlap whom. */
export function checkAddresses(problems: Problems, cni: Cni, addresses: ProfileAddresses): void {
  const nodes = readBlocks(problems, 'nodeCidrs', addresses.nodeCidrs);
  const pods = readBlocks(problems, 'podCidrs', addresses.podCidrs);
  const services = readBlocks(problems, 'serviceCidrs', addresses.serviceCidrs);
  const endpoints = readBlocks(problems, 'apiServerCidrs', addresses.apiServerCidrs);
  if (cni === Cni.VPC_CNI) {
    // pods get addresses of the subnets that the nodes are in
    Cidr.collectOverlaps(problems, { ...nodes, ...services });
    Cidr.collectOverlaps(problems, { ...pods, ...services });
  } else {
    Cidr.collectOverlaps(problems, { ...nodes, ...pods, ...services });
    Cidr.collectOverlaps(problems, { ...endpoints, ...pods });
  }
  // the endpoints are often nodes; in the range of the Services is only the address that stands for them
  Cidr.collectOverlaps(problems, { ...endpoints, ...services });
}

function readBlocks(problems: Problems, path: string, texts: string[]): Blocks {
  const blocks: Blocks = {};
  texts.forEach((text, index) => {
    const cidr = Cidr.collect(problems, `${path}[${index}]`, text);
    if (cidr !== undefined) blocks[`${path}[${index}]`] = cidr;
  });
  return blocks;
}

/** Everything else that can be wrong with a profile. */
export function checkProfile(problems: Problems, props: ClusterProfileProps): void {
  if (props.cni === Cni.VPC_CNI && props.distribution !== Distribution.EKS) {
    problems.error({
      code: 'CniNotOnDistribution',
      path: 'cni',
      message: `cni ${props.cni} needs network interfaces of Amazon EC2 and does not run on ${props.distribution}`,
      value: props.cni,
      allowed: [Cni.CALICO, Cni.CILIUM, Cni.KUBE_ROUTER].join(', '),
      cure: 'name the network plugin that runs there',
    });
  }
  if (props.cniVersion !== undefined && !/^v?[0-9]+\.[0-9]+(\.[0-9]+)?([-+].*)?$/.test(props.cniVersion)) {
    problems.error({ code: 'InvalidCniVersion', path: 'cniVersion', message: `'${props.cniVersion}' is not a version`, value: props.cniVersion, allowed: "a version such as '3.32.0'" });
  }
  if (props.name !== undefined) KubernetesName.collectDnsLabel(problems, 'name', props.name, 'cluster name');
  if (props.clusterDomain !== undefined) KubernetesName.collectDnsSubdomain(problems, 'clusterDomain', props.clusterDomain, 'cluster domain');
  if (props.apiServerPort !== undefined) checkNumber(problems, 'apiServerPort', props.apiServerPort, 1, 65535);
  if (props.nodeLocalDns !== undefined) {
    const read = parseAddress(props.nodeLocalDns);
    if ('reason' in read) {
      problems.error({ code: 'InvalidIpAddress', path: 'nodeLocalDns', message: read.reason, value: props.nodeLocalDns, allowed: 'an address such as 169.254.20.10', cure: cureOf(read) });
    }
  }
  checkIngress(problems, props);
  checkStorage(problems, props);
  checkCapacity(problems, props);
}

function checkIngress(problems: Problems, { ingress }: ClusterProfileProps): void {
  if (ingress === undefined) return;
  KubernetesName.collectDnsSubdomain(problems, 'ingress.className', ingress.className, 'ingress class');
  if (ingress.namespace !== undefined) KubernetesName.collectDnsLabel(problems, 'ingress.namespace', ingress.namespace, 'namespace');
  (ingress.sourceCidrs ?? []).forEach((text, index) => Cidr.collect(problems, `ingress.sourceCidrs[${index}]`, text));
}

function checkStorage(problems: Problems, { storageClasses = [] }: ClusterProfileProps): void {
  const seen = new Set<string>();
  const defaults: string[] = [];
  storageClasses.forEach((storageClass, index) => {
    const path = `storageClasses[${index}]`;
    KubernetesName.collectDnsSubdomain(problems, `${path}.name`, storageClass.name, 'storage class');
    if (seen.has(storageClass.name)) {
      problems.error({ code: 'DuplicateStorageClass', path: `${path}.name`, message: `storage class '${storageClass.name}' is there twice`, value: storageClass.name, cure: 'name it once' });
    }
    seen.add(storageClass.name);
    if (storageClass.isDefault) defaults.push(storageClass.name);
  });
  if (defaults.length > 1) {
    problems.error({
      code: 'SeveralDefaultStorageClasses',
      path: 'storageClasses',
      message: `storage classes ${[...defaults].sort().join(', ')} are all the default`,
      allowed: 'at most one default',
      cure: 'set isDefault on one of them',
    });
  }
}

function checkCapacity(problems: Problems, { capacity }: ClusterProfileProps): void {
  if (capacity === undefined) return;
  checkNumber(problems, 'capacity.nodes', capacity.nodes, 0, Number.MAX_SAFE_INTEGER);
  checkNumber(problems, 'capacity.pods', capacity.pods, 0, Number.MAX_SAFE_INTEGER);
  for (const resource of ['cpu', 'memory'] as const) {
    const quantity = Quantity.collect(problems, `capacity.${resource}`, capacity[resource]);
    if (quantity?.isNegative) {
      problems.error({ code: 'NegativeQuantity', path: `capacity.${resource}`, message: `${resource} ${capacity[resource]} is negative`, value: capacity[resource], allowed: 'at least 0' });
    }
  }
}

function checkNumber(problems: Problems, path: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  const allowed = most === Number.MAX_SAFE_INTEGER ? `a whole number from ${least}` : `a whole number from ${least} to ${most}`;
  problems.error({ code: 'NumberOutOfRange', path, message: `${value} is out of range`, value: `${value}`, allowed });
}
