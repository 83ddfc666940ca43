import { Cni, NetworkProtocol, Problems } from '@viridial/core';
import { ClusterTierProps } from '../cluster-tier-props';
import { PortMatrix } from '../port-matrix';
import { PortProtocol, PortRule, PortSource, PortTarget } from '../port-rule';
import { merge, PortSpan } from './port-spans';

const TARGETS = [PortTarget.CONTROL_PLANE, PortTarget.NODE, PortTarget.WORKER];
const SOURCES = [PortSource.ADMIN_NETWORKS, PortSource.CONTROL_PLANE, PortSource.NODES];
const PROTOCOLS: { [protocol in PortProtocol]?: NetworkProtocol } = {
  [PortProtocol.TCP]: NetworkProtocol.TCP, [PortProtocol.UDP]: NetworkProtocol.UDP,
};

/** The ports of nodes that are closed for tenants: what nodes open to each other and to administrators. */
export function closedNodePorts(problems: Problems, path: string, props: ClusterTierProps): PortSpan[] {
  const { profile, closeNodePorts } = props;
  if (closeNodePorts === false || !props.namespaces.some(({ tenant }) => tenant !== undefined)) return [];
  if (profile.cni === Cni.VPC_CNI) {
    collectVpcCni(problems, path, closeNodePorts);
    return [];
  }
  if (profile.cni !== Cni.CILIUM && profile.nodeCidrs.length === 0) {
    problems.error({
      code: 'ClusterTierNotExpressible',
      path: `${path}profile.nodeCidrs`,
      message: `the ports of the nodes of ${profile.name} cannot be closed: it names no nodeCidrs`,
      value: [],
      cure: 'set nodeCidrs in the profile, or closeNodePorts: false',
    });
    return [];
  }
  return merge((props.portMatrix ?? PortMatrix.of(profile)).rules.flatMap(spansOf));
}

/** The agent of the VPC CNI always lets a pod talk to its own node, and takes pods in the nodes' subnets for nodes. */
function collectVpcCni(problems: Problems, path: string, asked: boolean | undefined): void {
  const said = {
    path: `${path}closeNodePorts`,
    message: 'the VPC CNI cannot close the ports of nodes for pods: its agent lets a pod talk to its own node always, and blocks of nodes hold pods',
    value: asked ?? 'the default',
  };
  if (asked) {
    problems.error({ ...said, code: 'ClusterTierNotExpressible', cure: 'leave closeNodePorts out, and close the kubelet by a security group of pods' });
  } else {
    problems.warning({ ...said, code: 'NodePortsStayOpen', cure: 'set closeNodePorts: false to say that this is known; security groups of pods can close the kubelet' });
  }
}

function spansOf({ target, source, protocol, fromPort, toPort }: PortRule): PortSpan[] {
  const transport = PROTOCOLS[protocol];
  if (transport === undefined || !TARGETS.includes(target) || !SOURCES.includes(source)) return [];
  return [{ protocol: transport, from: fromPort!, to: toPort ?? fromPort! }];
}
