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

type Rule = TrafficPlan & { readonly id: string };

/** Whether a rule makes another one needless; of two equal ones the first by id stays. */
function replaces(wide: Rule, narrow: Rule): boolean {
  return wide.id !== narrow.id && covers(wide, narrow) && (!covers(narrow, wide) || wide.id < narrow.id);
}

/**
 * The one of several rules between the same two sides that stays and makes another one needless: AWS refuses the same
 * rule twice, and a narrower rule beside a wider one only hides what is open.
 */
export function coveredBy<T extends Rule>(rule: T, others: readonly T[]): T | undefined {
  const wider = others.filter((other) => replaces(other, rule));
  return wider.filter((one) => !wider.some((other) => replaces(other, one))).sort((a, b) => a.id < b.id ? -1 : 1)[0];
}

/** Traffic of a row of the matrix, in which a single port needs no last one. */
export function trafficOf({ protocol, fromPort, toPort }: { protocol: PortProtocol; fromPort?: number; toPort?: number }): TrafficPlan {
  return { protocol, ...(fromPort === undefined ? {} : { fromPort, toPort: toPort ?? fromPort }) };
}
