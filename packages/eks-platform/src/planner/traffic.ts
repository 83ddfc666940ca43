import { PortProtocol } from '@viridial/security-policy';
import { TrafficPlan } from '../plan/firewall-plan';

/** Whether everything that one rule lets through, another one does too. */
export function covers(wide: TrafficPlan, narrow: TrafficPlan): boolean {
  if (wide.protocol === PortProtocol.ANY) return true;
  if (wide.protocol !== narrow.protocol) return false;
  if (wide.fromPort === undefined || wide.toPort === undefined) return true;
  if (narrow.fromPort === undefined || narrow.toPort === undefined) return false;
  return wide.fromPort <= narrow.fromPort && narrow.toPort <= wide.toPort;
}

/**
 * The one of several rules between the same two sides that makes another one needless: AWS refuses the same rule
 * twice, and a narrower rule beside a wider one only hides what is open. Of two equal rules the first counts.
 */
export function coveredBy<T extends TrafficPlan & { readonly id: string }>(rule: T, others: readonly T[]): T | undefined {
  return others.find((other) => other.id !== rule.id && covers(other, rule) && (!covers(rule, other) || other.id < rule.id));
}

/** Traffic of a row of the matrix, in which a single port needs no last one. */
export function trafficOf({ protocol, fromPort, toPort }: { protocol: PortProtocol; fromPort?: number; toPort?: number }): TrafficPlan {
  return { protocol, ...(fromPort === undefined ? {} : { fromPort, toPort: toPort ?? fromPort }) };
}
