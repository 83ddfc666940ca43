import { PortProtocol } from '@viridial/security-policy';
import { coveredBy, covers, trafficOf } from '../../src/planner/traffic';

const { ANY, ICMP, TCP, UDP } = PortProtocol;

test.each([
  [{ protocol: ANY }, { protocol: UDP, fromPort: 53, toPort: 53 }, true],
  [{ protocol: TCP, fromPort: 1, toPort: 65535 }, { protocol: TCP, fromPort: 443, toPort: 443 }, true],
  [{ protocol: TCP, fromPort: 443, toPort: 443 }, { protocol: TCP, fromPort: 1, toPort: 65535 }, false],
  [{ protocol: TCP, fromPort: 1, toPort: 65535 }, { protocol: UDP, fromPort: 53, toPort: 53 }, false],
  [{ protocol: TCP, fromPort: 1, toPort: 65535 }, { protocol: ANY }, false],
  [{ protocol: ICMP }, { protocol: ICMP }, true],
])('%j covers %j: %j', (wide, narrow, expected) => {
  expect(covers(wide, narrow)).toBe(expected);
});

test('of equal rules the first by id stays', () => {
  const rules = ['b', 'a', 'c'].map((id) => ({ id, protocol: TCP, fromPort: 1, toPort: 2 }));
  expect(rules.filter((rule) => !coveredBy(rule, rules)).map(({ id }) => id)).toEqual(['a']);
});

test('a row with one port is a range of one port', () => {
  expect(trafficOf({ protocol: TCP, fromPort: 80 })).toEqual({ protocol: TCP, fromPort: 80, toPort: 80 });
  expect(trafficOf({ protocol: ICMP })).toEqual({ protocol: ICMP });
});
