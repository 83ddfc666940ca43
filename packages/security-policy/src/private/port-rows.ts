import { ClusterProfile, Distribution, LoadBalancerKind } from '@viridial/core';
import { PodRouting } from '../pod-routing';
import { PortProtocol, PortRule, PortSource, PortTarget } from '../port-rule';

/** What the rows of a matrix depend on, every default filled in. */
export interface PortChoices {
  readonly profile: ClusterProfile;
  readonly selfManaged: boolean;
  readonly routing: PodRouting;
  readonly wireguard: boolean;
  readonly ssh: boolean;
  readonly apiServerBehindLoadBalancer: boolean;
  readonly webhookPorts: number[];
}

const { ADMIN_NETWORKS, CONTROL_PLANE, LOAD_BALANCER, NODES, WORLD } = PortSource;

/** API server, etcd and what a distribution adds; empty where the provider runs the control plane. */
export function controlPlaneRows({ profile, selfManaged, apiServerBehindLoadBalancer }: PortChoices): PortRule[] {
  if (!selfManaged) return [];
  const target = PortTarget.CONTROL_PLANE;
  const port = profile.apiServerPort;
  return [
    tcp('api-server-from-admins', target, ADMIN_NETWORKS, port, port, 'administrators use the Kubernetes API'),
    tcp('api-server-from-nodes', target, NODES, port, port, 'kubelets and pods use the Kubernetes API'),
    ...(apiServerBehindLoadBalancer
      ? [tcp('api-server-from-load-balancer', target, LOAD_BALANCER, port, port, 'the load balancer spreads calls of the Kubernetes API')] : []),
    tcp('etcd', target, CONTROL_PLANE, 2379, 2380, 'API servers and etcd members talk to etcd'),
    ...(profile.distribution === Distribution.TALOS ? [
      tcp('talos-api-from-admins', target, ADMIN_NETWORKS, 50000, 50000, 'talosctl talks to the control plane'),
      tcp('talos-trustd', target, NODES, 50001, 50001, 'workers get their certificates'),
    ] : []),
  ];
}

/** Kubelet, SSH, ping, and calls of the control plane into the cluster. */
export function nodeRows({ profile, selfManaged, ssh, webhookPorts }: PortChoices): PortRule[] {
  return [
    tcp('kubelet', PortTarget.NODE, NODES, 10250, 10250, 'API server, metrics-server and monitoring ask kubelets'),
    ...(selfManaged ? [] : [
      tcp('kubelet-from-control-plane', PortTarget.WORKER, CONTROL_PLANE, 10250, 10250, 'logs, exec and port-forward of a managed control plane'),
      ...webhookPorts.map((port) => tcp(`webhook-${port}`, PortTarget.POD, CONTROL_PLANE, port, port, 'a managed control plane calls webhooks of pods')),
    ]),
    ...(profile.distribution === Distribution.TALOS
      ? [tcp('talos-api-from-control-plane', PortTarget.NODE, CONTROL_PLANE, 50000, 50000, 'the control plane passes calls of talosctl on')] : []),
    ...(ssh ? [tcp('ssh', PortTarget.NODE, ADMIN_NETWORKS, 22, 22, 'administrators repair a node')] : []),
    icmp('icmp-from-admins', ADMIN_NETWORKS, 'administrators see whether a node answers'),
    icmp('icmp-from-nodes', NODES, 'nodes learn the size of packets that their network carries'),
  ];
}

/** What lets requests from outside reach the ingress of the profile. */
export function ingressRows({ profile }: PortChoices): PortRule[] {
  const { ingress, loadBalancer } = profile;
  if (ingress === undefined) return [];
  const cloud = loadBalancer === LoadBalancerKind.CLOUD;
  if (ingress.sourceCidrs && ingress.sourceCidrs.length > 0) {
    return [tcp('ingress-to-pods', PortTarget.POD, LOAD_BALANCER, 1, 65535, 'the load balancer sends requests to pods')];
  }
  if (cloud && !ingress.hostNetwork) {
    return [tcp('ingress-node-ports', PortTarget.WORKER, LOAD_BALANCER, 30000, 32767, 'the load balancer sends requests to node ports')];
  }
  if (!ingress.hostNetwork && loadBalancer === LoadBalancerKind.NONE) return [];
  const source = cloud ? LOAD_BALANCER : WORLD;
  return [
    tcp('ingress-http', PortTarget.WORKER, source, 80, 80, 'requests and their redirection to HTTPS'),
    tcp('ingress-https', PortTarget.WORKER, source, 443, 443, 'requests'),
  ];
}

/** A row for ports of TCP. */
export function tcp(id: string, target: PortTarget, source: PortSource, fromPort: number, toPort: number, reason: string): PortRule {
  return { id, target, source, protocol: PortProtocol.TCP, fromPort, toPort, reason };
}

function icmp(id: string, source: PortSource, reason: string): PortRule {
  return { id, target: PortTarget.NODE, source, protocol: PortProtocol.ICMP, reason };
}
