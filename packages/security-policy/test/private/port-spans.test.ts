import { NetworkProtocol } from '@viridial/core';
import * as fc from 'fast-check';
import { EVERY_PORT, merge, PortSpan, spansOf, subtract } from '../../src/private/port-spans';

const { SCTP, TCP, UDP } = NetworkProtocol;

const span: fc.Arbitrary<PortSpan> = fc.tuple(fc.constantFrom(SCTP, TCP, UDP), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 6 }))
  .map(([protocol, from, more]) => ({ protocol, from, to: from + more }));
const spans = fc.array(span, { maxLength: 6 });

function has(list: PortSpan[], protocol: NetworkProtocol, port: number): boolean {
  return list.some((each) => each.protocol === protocol && each.from <= port && port <= each.to);
}

test('ports that follow each other are one span, and a port without a number is every port of its protocol', () => {
  expect(spansOf([{ port: 81 }, { port: 80 }, { port: 53, protocol: UDP }, { protocol: SCTP }])).toEqual([
    { protocol: SCTP, from: 1, to: 65535 }, { protocol: TCP, from: 80, to: 81 }, { protocol: UDP, from: 53, to: 53 },
  ]);
});

test('what is left of every port without some', () => {
  expect(subtract(EVERY_PORT, spansOf([{ port: 1 }, { port: 443 }, { port: 65535 }, { protocol: UDP }]))).toEqual([
    { protocol: SCTP, from: 1, to: 65535 }, { protocol: TCP, from: 2, to: 442 }, { protocol: TCP, from: 444, to: 65534 },
  ]);
  expect(subtract(EVERY_PORT, EVERY_PORT)).toEqual([]);
});

test('any spans lose exactly what is taken, and come out sorted, apart from each other', () => {
  fc.assert(fc.property(spans, spans, (kept, taken) => {
    const left = subtract(kept, taken);
    for (const protocol of [SCTP, TCP, UDP]) {
      for (let port = 1; port <= 50; port++) {
        if (has(left, protocol, port) !== (has(kept, protocol, port) && !has(taken, protocol, port))) throw new Error(`${protocol} ${port}`);
      }
    }
    expect(merge(left)).toEqual(left);
    expect(merge([...kept].reverse())).toEqual(merge(kept));
  }), { numRuns: 200 });
});
