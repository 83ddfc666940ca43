import { isIP } from 'node:net';
import fc from 'fast-check';
import { bitsOf, cureOf, formatAddress, parseAddress } from '../../src/private/ip-address';

const address = (text: unknown) => {
  const read = parseAddress(text);
  return 'reason' in read ? undefined : read;
};

test.each([
  ['0.0.0.0', 4, 0n],
  ['0.0.0.1', 4, 1n],
  ['10.0.0.0', 4, 167772160n],
  ['255.255.255.255', 4, 4294967295n],
  ['::', 6, 0n],
  ['::1', 6, 1n],
  ['1::', 6, 2n ** 112n],
  ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 6, 2n ** 128n - 1n],
  ['2001:db8:0:0:1:0:0:1', 6, 0x20010db8000000000001000000000001n],
])('%s is the number it stands for', (text, version, value) => {
  expect(address(text)).toEqual({ version, value });
});

test.each([
  [4, 32],
  [6, 128],
])('an address of IPv%i has %i bits', (version, bits) => {
  expect(bitsOf(version)).toBe(bits);
});

test.each([
  // RFC 5952, sections 4.2.1 to 4.2.3 and 4.3
  ['2001:0db8::0001', '2001:db8::1'],
  ['2001:db8:0:0:0:0:2:1', '2001:db8::2:1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:DB8::A', '2001:db8::a'],
  ['0:0:0:0:0:0:0:0', '::'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['1:0:0:0:0:0:0:0', '1::'],
])('%s is written as %s', (text, written) => {
  expect(formatAddress(address(text)!)).toBe(written);
});

test('what can be read survives being written and read, and Node takes it for an address as well', () => {
  const value = fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }).map((number) => ({ version: 4 as const, value: number })),
    fc.bigInt({ min: 2n ** 64n, max: 2n ** 128n - 1n }).map((number) => ({ version: 6 as const, value: number })),
  );
  fc.assert(fc.property(value, (one) => {
    const text = formatAddress(one);
    expect(address(text)).toEqual(one);
    expect(isIP(text)).toBe(one.version);
  }));
});

test('nothing is read that Node does not take for an address', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789abfx.:%g '), maxLength: 20 });
  const dotted = fc.array(fc.constantFrom('0', '00', '1', '01', '255', '256', '0x1', ''), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('.'));
  const coloned = fc.array(fc.constantFrom('0', '1', 'ffff', '00001', 'g', '', 'db8'), { minLength: 1, maxLength: 10 }).map((parts) => parts.join(':'));
  fc.assert(fc.property(fc.oneof(digits, dotted, coloned), (text) => {
    const read = address(text);
    if (read !== undefined) expect(isIP(text)).toBe(read.version);
  }), { numRuns: 2000 });
});

test('what Node takes for an address and we do not has a zone, an IPv4 address inside, or is one', () => {
  const inner = fc.ipV4().map((text) => `::ffff:${text}`);
  fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), inner), (text) => {
    if (isIP(text) === 0 || address(text) !== undefined) return;
    expect(text.includes('%') || (text.includes(':') && text.includes('.')) || /^[0:]*ffff:/i.test(text)).toBe(true);
  }));
});

test('a fault names the address that was probably meant, or says what to do', () => {
  const cure = (text: unknown) => {
    const read = parseAddress(text);
    return 'reason' in read ? cureOf(read) : 'none';
  };
  expect(cure('10.0.0.1 ')).toBe("write '10.0.0.1'");
  expect(cure('fe80::1%eth0')).toBe("write 'fe80::1'");
  expect(cure('010.0.0.1')).toBe('write decimal parts without leading zeros');
  expect(cure('::ffff:a00:1')).toBe('write 10.0.0.1 as IPv4');
  expect(cure('nonsense')).toBeUndefined();
  expect(cure(7)).toBeUndefined();
  expect(cure('10.0.0.1')).toBe('none');
});
