import { ClusterProfile } from '@viridial/core';
import { Installation } from '@viridial/platform-addons';
import { FlowKind, PortMatrix, PortProtocol, PortRule, PortSource, PortTarget } from '@viridial/security-policy';

/** Rows that AWS's ground adds: here the interfaces of the control plane are in our own subnets, behind a group of ours. */
function controlPlaneRows(port: number): PortRule[] {
  const row = (id: string, source: PortSource, reason: string): PortRule =>
    ({ id, target: PortTarget.CONTROL_PLANE, source, protocol: PortProtocol.TCP, fromPort: port, reason });
  return [
    row('api-server-from-nodes', PortSource.NODES, 'kubelets and pods use the Kubernetes API'),
    row('api-server-from-admins', PortSource.ADMIN_NETWORKS, 'administrators use the Kubernetes API'),
  ];
}

/** Ports of the pods that the API server calls: those that the flows of the add-ons name, and those of the user's own. */
function webhookPortsOf(installations: readonly Installation[], own: readonly number[]): number[] {
  const flows = installations.flatMap(({ footprint }) => footprint?.flows ?? []).filter((flow) => flow.kind === FlowKind.WEBHOOK_IN);
  const ports = flows.flatMap((flow) => flow.ports ?? []).map(({ port }) => port).filter((port) => typeof port === 'number');
  return [...new Set([...ports, ...own])].sort((a, b) => a - b);
}

/**
 * The port matrix of a cluster.
 *
 * @param profile the cluster
 * @param installations what is installed on it
 * @param webhookPorts further ports of pods that the API server calls
 */
export function portMatrixOf(profile: ClusterProfile, installations: readonly Installation[], webhookPorts: readonly number[]): PortRule[] {
  return PortMatrix.of(profile, {
    webhookPorts: webhookPortsOf(installations, webhookPorts),
    additional: controlPlaneRows(profile.apiServerPort),
  }).rules;
}
