import { NetworkProtocol } from '@viridial/core';
import { closedPorts } from '../../src/private/closed-ports';

const { SCTP, TCP, UDP } = NetworkProtocol;

test('without any opened port the first port of each protocol is closed', () => {
  expect(closedPorts([])).toEqual([{ port: 1, protocol: TCP }, { port: 1, protocol: UDP }]);
});

test('the ports beside an open one are closed, as far as they are ports and no list opens them', () => {
  expect(closedPorts([[{ port: 443 }, { port: 444 }], [{ port: 65535 }]]).filter(({ protocol }) => protocol === TCP).map(({ port }) => port)).toEqual([1, 442, 445, 65534]);
});

test('the first port that no list opens is taken, and a port without a protocol is TCP', () => {
  expect(closedPorts([[{ port: 2 }, { port: 1 }], [{ port: 1, protocol: UDP }]])).toEqual([{ port: 3, protocol: TCP }, { port: 2, protocol: UDP }]);
});

test('a protocol that is open as a whole has no closed port', () => {
  expect(closedPorts([[{ protocol: TCP }]])).toEqual([{ port: 1, protocol: UDP }]);
  expect(closedPorts([[{}], [{ protocol: UDP }]])).toEqual([]);
});

test('other protocols do not count', () => {
  expect(closedPorts([[{ port: 1, protocol: SCTP }]])).toEqual([{ port: 1, protocol: TCP }, { port: 1, protocol: UDP }]);
});

test('a flow that names no port opens everything', () => {
  expect(closedPorts([[{ port: 1 }], undefined])).toEqual([]);
});
