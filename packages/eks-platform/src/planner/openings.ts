import { Cidr, IpVersion, Problems } from '@viridial/core';
import { EksPlatformProps } from '../eks-platform-props';

const WORLD = '0.0.0.0/0';
const LOAD_BALANCER_CONTROLLER = 'aws-load-balancer-controller';

/** What the user opens, checked. */
export interface Openings {
  /** Blocks outside the cluster from which administrators come, summarised. */
  readonly adminNetworks: string[];
  /** Blocks from which load balancers are reached, summarised. */
  readonly ingressCidrs: string[];
  /** Further ports of pods that the API server calls. */
  readonly webhookPorts: number[];
}

function collectBlocks(problems: Problems, path: string, texts: readonly string[]): Cidr[] {
  return texts.flatMap((text, index) => Cidr.collect(problems, `${path}[${index}]`, text, { version: IpVersion.IPV4 }) ?? []);
}

const summary = (cidrs: Cidr[]) => Cidr.summarise(cidrs).map((cidr) => cidr.toString());

function adminNetworksOf(problems: Problems, props: EksPlatformProps): string[] {
  const path = 'access.networks';
  const cidrs = collectBlocks(problems, path, props.access?.networks ?? []);
  for (const cidr of Cidr.summarise(cidrs).filter(({ prefix }) => prefix < 8)) {
    problems.error({
      code: 'AdminNetworkTooWide',
      path,
      message: `${cidr.toString()} is more than the networks of any administrators`,
      value: cidr.toString(),
      allowed: 'blocks of a VPN, a peered VPC or a Direct Connect, /8 or smaller',
      cure: 'name the blocks from which administrators come',
    });
  }
  return summary(cidrs);
}

function ingressCidrsOf(problems: Problems, props: EksPlatformProps): string[] {
  const path = 'ingressCidrs';
  const texts = props.ingressCidrs ?? [WORLD];
  if (texts.length === 0) {
    problems.error({
      code: 'NoIngressCidr',
      path,
      message: 'the load balancers have no list of source addresses, which their controller takes for the whole internet',
      allowed: 'at least one block, such as 203.0.113.0/24',
      cure: 'list those who may reach the load balancers, or leave ingressCidrs out for everybody',
    });
  }
  if (props.ingressCidrs && props.networkAcls === false && props.platform.has(LOAD_BALANCER_CONTROLLER)) {
    problems.error({
      code: 'IngressCidrsWithoutEffect',
      path,
      message: `without network ACLs, nothing applies them: the platform brings ${LOAD_BALANCER_CONTROLLER} itself`,
      value: texts,
      cure: 'set ingressClassParams.spec.inboundCIDRs in the values of that add-on, or leave the add-on or networkAcls out',
    });
  }
  return summary(collectBlocks(problems, path, texts));
}

function webhookPortsOf(problems: Problems, props: EksPlatformProps): number[] {
  return (props.webhookPorts ?? []).filter((port, index) => {
    if (Number.isInteger(port) && port >= 1 && port <= 65535) return true;
    problems.error({
      code: 'WebhookPortOutOfRange',
      path: `webhookPorts[${index}]`,
      message: `${port} is no port`,
      value: port,
      allowed: '1 to 65535, a whole number',
      cure: 'name the port on which the pods listen, not the one of their Service',
    });
    return false;
  });
}

/** Reads what the user opens; what is wrong goes to `problems`. */
export function planOpenings(problems: Problems, props: EksPlatformProps): Openings {
  return {
    adminNetworks: adminNetworksOf(problems, props),
    ingressCidrs: ingressCidrsOf(problems, props),
    webhookPorts: webhookPortsOf(problems, props),
  };
}
