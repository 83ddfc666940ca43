import { NetworkPort, NetworkProtocol } from '@viridial/core';
import { FlowContext, Port } from './rule';

const HIGHEST_PORT = 65535;

/** Every TCP port: what flows of HTTP kinds open when no port is named. */
export const EVERY_TCP_PORT: Port[] = [{ protocol: NetworkProtocol.TCP }];

/** DNS as RFC 7766 has it: TCP is not optional. */
export const DNS_PORTS: Port[] = [{ protocol: NetworkProtocol.TCP, port: 53 }, { protocol: NetworkProtocol.UDP, port: 53 }];

/** The ports of a flow in one order and each once; absent when the flow names none. */
export function portsOf(context: FlowContext): Port[] | undefined {
  const { flow, problems, path } = context;
  if (flow.ports === undefined) return undefined;
  if (flow.ports.length === 0) {
    problems.error({
      code: 'EmptyPorts',
      path: `${path}.ports`,
      message: 'ports is an empty list, which Kubernetes reads as every port',
      value: [],
      allowed: 'at least one port',
      cure: 'name the ports, or leave ports out to mean the default of the flow',
    });
    return undefined;
  }
  flow.ports.forEach((port, index) => collectPort(context, port, index));
  const byText = new Map(flow.ports.map((port) => [sortKey(port), portOf(port)]));
  return [...byText.keys()].sort().map((key) => byText.get(key)!);
}

function portOf(port: NetworkPort): Port {
  const protocol = port.protocol ?? NetworkProtocol.TCP;
  return port.port === undefined ? { protocol } : { protocol, port: port.port };
}

function sortKey(port: NetworkPort): string {
  return `${port.protocol ?? NetworkProtocol.TCP} ${String(port.port ?? 0).padStart(5, '0')}`;
}

function collectPort(context: FlowContext, { port }: NetworkPort, index: number): void {
  if (port === undefined || (Number.isInteger(port) && port >= 1 && port <= HIGHEST_PORT)) return;
  context.problems.error({
    code: 'InvalidPort',
    path: `${context.path}.ports[${index}]`,
    message: `port ${port} does not exist`,
    value: port,
    allowed: `1 to ${HIGHEST_PORT}`,
    cure: 'give the port on which the container listens',
  });
}
