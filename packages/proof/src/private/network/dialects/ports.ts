import { NetworkProtocol } from '@viridial/core';
import { NamedPort } from '../policy';
import { PortSet } from '../port-set';

/** Every protocol that policies tell apart. */
export const PROTOCOLS = Object.values(NetworkProtocol);

/** Whether a value is the number of a port. */
export function isPort(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65535;
}

/** Ports by number, and by name. */
export interface Ports {
  readonly numbers: PortSet;
  readonly named: NamedPort[];
}

/** Neither a port by number nor one by name. */
export const NO_PORTS: Ports = { numbers: PortSet.NONE, named: [] };

/** The ports of all together. */
export function together(ports: Ports[]): Ports {
  return { numbers: ports.reduce((set, { numbers }) => set.union(numbers), PortSet.NONE), named: ports.flatMap(({ named }) => named) };
}

/** The same ports of several protocols. */
export function numbered(protocols: NetworkProtocol[], first?: number, last?: number): Ports {
  return { numbers: protocols.reduce((set, protocol) => set.union(PortSet.of(protocol, first, last)), PortSet.NONE), named: [] };
}
