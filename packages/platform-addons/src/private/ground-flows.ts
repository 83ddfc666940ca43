import { Distribution } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import type { AddOnContext } from '../add-on-context';

/** Address of the agent that hands pods on EKS their cloud credentials (https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html). */
const POD_IDENTITY_AGENT = { cidr: '169.254.170.23/32', ports: [{ port: 80 }] };

/** What a pod needs to get credentials of the cloud without keys. */
export function identityFlows(context: AddOnContext): Flow[] {
  if (context.profile.distribution !== Distribution.EKS) return [];
  return [Flow.cidrOut({ ...POD_IDENTITY_AGENT, reason: 'the EKS Pod Identity agent of the node hands out credentials' })];
}

/**
 * What a pod needs to reach the ingress of its own cluster by a public name: the address of the load balancer is on the internet,
 * but kube-proxy sends the pod straight to the controller, and a controller on the host network is at the nodes' addresses.
 */
export function ownIngressFlows(context: AddOnContext, ports: number[], reason: string): Flow[] {
  const { ingress, nodeCidrs } = context.profile;
  if (!ingress) return [];
  return [
    ...(ingress.namespace && !ingress.hostNetwork ? [Flow.namespaceOut({ namespace: ingress.namespace, reason })] : []),
    ...(ingress.hostNetwork ? nodeCidrs.map((cidr) => Flow.cidrOut({ cidr, ports: ports.map((port) => ({ port })), reason })) : []),
  ];
}

/** Egress to a host that a person named: a Service of this cluster is in a namespace, everything else is outside. */
export function hostFlow(host: string, port: number, reason: string): Flow {
  const [, namespace] = /^[^.]+\.([^.]+)\.svc(?:\.|$)/.exec(host) ?? [];
  if (namespace) return Flow.namespaceOut({ namespace, ports: [{ port }], reason });
  return Flow.internet({ ports: [{ port }], privateNetworks: true, reason });
}
