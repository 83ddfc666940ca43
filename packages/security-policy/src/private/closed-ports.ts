import { NetworkPort, NetworkProtocol } from '@viridial/core';

/**
 * Ports of TCP and UDP that none of the lists opens, to stand for all that stay closed: the first, and those beside each that
 * is open, where a range that is too wide by one shows. None of a protocol that is open as a whole. An absent list opens
 * everything.
 */
export function closedPorts(opened: (NetworkPort[] | undefined)[]): NetworkPort[] {
  if (opened.includes(undefined)) return [];
  const ports = opened.flatMap((list) => list!);
  return [NetworkProtocol.TCP, NetworkProtocol.UDP].flatMap((protocol) => {
    const same = ports.filter((port) => (port.protocol ?? NetworkProtocol.TCP) === protocol).map(({ port }) => port);
    if (same.includes(undefined)) return [];
    const numbers = new Set(same);
    let first = 1;
    while (numbers.has(first)) first++;
    const beside = same.flatMap((port) => [port! - 1, port! + 1]);
    const closed = [...new Set([first, ...beside])].filter((port) => port >= 1 && port <= 65535 && !numbers.has(port));
    return closed.sort((a, b) => a - b).map((port) => ({ port, protocol }));
  });
}
