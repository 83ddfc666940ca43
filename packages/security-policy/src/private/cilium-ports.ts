import { Port } from './rule';

/** The most ports in one entry of `toPorts` (`maxPorts` of Cilium's pkg/policy/api/rule_validation.go). */
const MOST_PORTS = 40;

const HIGHEST_PORT = 65535;

/** A port of Cilium: a number as text, perhaps the first of a range. Ranges need Cilium 1.16. */
export interface CiliumPort {
  readonly port: string;
  readonly endPort?: number;
  readonly protocol: string;
}

/** Ports in entries of `toPorts` that are short enough; every port of a protocol is written as the range of them all. */
export function ciliumPorts(ports: Port[]): { readonly ports: CiliumPort[] }[] {
  return inEntries(ports.map(({ protocol, port }) => ciliumPort(protocol, port ?? 1, port ?? HIGHEST_PORT)));
}

/** One port, or a range of them. */
export function ciliumPort(protocol: string, from: number, to: number): CiliumPort {
  return from === to ? { port: `${from}`, protocol } : { port: `${from}`, endPort: to, protocol };
}

/** Ports in entries that are short enough. */
export function inEntries(ports: CiliumPort[]): { readonly ports: CiliumPort[] }[] {
  const entries = Math.ceil(ports.length / MOST_PORTS);
  return Array.from({ length: entries }, (_, index) => ({ ports: ports.slice(index * MOST_PORTS, (index + 1) * MOST_PORTS) }));
}
