import { NetworkPort, NetworkProtocol } from '@viridial/core';

/**
 * One port of TCP and one of UDP that none of the lists opens, to stand for all that stay closed; none of a protocol that
 * is open as a whole. An absent list opens everything.
 */
export function closedPorts(opened: (NetworkPort[] | undefined)[]): NetworkPort[] {
  if (opened.includes(undefined)) return [];
  const ports = opened.flatMap((list) => list!);
  return [NetworkProtocol.TCP, NetworkProtocol.UDP].flatMap((protocol) => {
    const same = ports.filter((port) => (port.protocol ?? NetworkProtocol.TCP) === protocol).map(({ port }) => port);
    if (same.includes(undefined)) return [];
    const numbers = new Set(same);
    let closed = 1;
    while (numbers.has(closed)) closed++;
    return closed > 65535 ? [] : [{ port: closed, protocol }];
  });
}
