import { NetworkPort, NetworkProtocol } from '@viridial/core';

const FIRST_PORT = 1;
const HIGHEST_PORT = 65535;

/** Ports of one protocol that follow each other. */
export interface PortSpan {
  readonly protocol: NetworkProtocol;
  readonly from: number;
  readonly to: number;
}

const PROTOCOLS = [NetworkProtocol.SCTP, NetworkProtocol.TCP, NetworkProtocol.UDP];

/** Every port of every protocol that a policy tells apart. */
export const EVERY_PORT: PortSpan[] = PROTOCOLS.map((protocol) => ({ protocol, from: FIRST_PORT, to: HIGHEST_PORT }));

/** Ports as spans; one without a number is every port of its protocol. */
export function spansOf(ports: NetworkPort[]): PortSpan[] {
  return merge(ports.map(({ port, protocol = NetworkProtocol.TCP }) => ({ protocol, from: port ?? FIRST_PORT, to: port ?? HIGHEST_PORT })));
}

/** The same ports in the fewest spans, in one order. */
export function merge(spans: PortSpan[]): PortSpan[] {
  return PROTOCOLS.flatMap((protocol) => {
    const merged: PortSpan[] = [];
    for (const span of spans.filter((each) => each.protocol === protocol).sort((a, b) => a.from - b.from || a.to - b.to)) {
      const last = merged[merged.length - 1];
      if (last === undefined || span.from > last.to + 1) merged.push(span);
      else merged[merged.length - 1] = { ...last, to: Math.max(last.to, span.to) };
    }
    return merged;
  });
}

/** What is left of some ports without others. */
export function subtract(spans: PortSpan[], taken: PortSpan[]): PortSpan[] {
  const holes = merge(taken);
  return merge(spans).flatMap(({ protocol, from, to }) => {
    const left: PortSpan[] = [];
    let next = from;
    for (const hole of holes) {
      if (hole.protocol !== protocol || hole.to < next || hole.from > to) continue;
      if (hole.from > next) left.push({ protocol, from: next, to: hole.from - 1 });
      next = hole.to + 1;
    }
    return next > to ? left : [...left, { protocol, from: next, to }];
  });
}
