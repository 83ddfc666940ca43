import { Cidr, IpVersion, Problems } from '@viridial/core';
import fc from 'fast-check';
import { AddressBlock, AddressBoundaries, collectAddress, inBlock, inRange, rangeOf, showAddress } from '../../../src/private/network/address';

const block = (cidr: string, ...except: string[]): AddressBlock => ({ range: rangeOf(Cidr.parse(cidr)), except: except.map((own) => rangeOf(Cidr.parse(own))) });
const address = (text: string) => {
  const range = collectAddress(new Problems(), 'address', text)!;
  return { version: range.version, value: range.first };
};

describe('reading', () => {
  test.each(['0.0.0.0', '10.1.2.3', '255.255.255.255'])('%s is read and written', (text) => {
    expect(showAddress(address(text))).toBe(text);
  });

  test.each([
    ['::', '0:0:0:0:0:0:0:0'],
    ['fd00::1', 'fd00:0:0:0:0:0:0:1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6'],
    ['::ffff:1', '0:0:0:0:0:0:ffff:1'],
    ['fe80::', 'fe80:0:0:0:0:0:0:0'],
  ])('%s is read as %s', (text, shown) => {
    expect(showAddress(address(text))).toBe(shown);
  });

  test('what is no address is told', () => {
    for (const text of ['10.0.0.256', '10.0.0', 'shop', '']) {
      const problems = new Problems();
      expect(collectAddress(problems, 'source', text)).toBeUndefined();
      expect(problems.errors[0].path).toBe('source');
    }
  });

  test('a range ends where its block ends', () => {
    expect(showAddress({ version: IpVersion.IPV4, value: rangeOf(Cidr.parse('10.0.0.0/9')).last })).toBe('10.127.255.255');
    expect(showAddress({ version: IpVersion.IPV6, value: rangeOf(Cidr.parse('fd00::/120')).last })).toBe('fd00:0:0:0:0:0:0:ff');
    expect(rangeOf(Cidr.parse('0.0.0.0/0'))).toEqual({ version: IpVersion.IPV4, first: 0n, last: 4294967295n });
  });
});

describe('blocks', () => {
  const own = block('10.0.0.0/8', '10.1.0.0/16');

  test.each([['10.0.0.0', true], ['10.255.255.255', true], ['10.1.0.0', false], ['10.1.255.255', false], ['10.2.0.0', true], ['9.255.255.255', false], ['11.0.0.0', false]])('%s is inside: %p', (text, inside) => {
    expect(inBlock(address(text), own)).toBe(inside);
  });

  test('an address of the other version is in no block', () => {
    expect(inBlock(address('::'), block('0.0.0.0/0'))).toBe(false);
    expect(inRange(address('0.0.0.0'), rangeOf(Cidr.parse('::/0')))).toBe(false);
  });
});

describe('boundaries', () => {
  // the last byte of 192.0.2.0/24 is small enough to look at every address
  const small = fc.record({ start: fc.integer({ min: 0, max: 255 }), prefix: fc.integer({ min: 24, max: 32 }) })
    .map(({ start, prefix }) => block(Cidr.parse(`192.0.2.${start}/${prefix}`, { allowHostBits: true }).toString()));
  const whole = rangeOf(Cidr.parse('192.0.2.0/24'));
  const every = Array.from({ length: 256 }, (_, index) => ({ version: IpVersion.IPV4, value: whole.first + BigInt(index) }));
  const answers = (blocks: AddressBlock[], own: { version: IpVersion; value: bigint }) => blocks.map((other) => inBlock(own, other)).join();

  test('every way in which blocks answer has a representative, and every representative is in the range', () => {
    fc.assert(fc.property(fc.array(small, { maxLength: 6 }), (blocks) => {
      const representatives = new AddressBoundaries(blocks).representatives(whole);
      expect(new Set(representatives.map((own) => answers(blocks, own)))).toEqual(new Set(every.map((own) => answers(blocks, own))));
      for (const own of representatives) expect(inRange(own, whole)).toBe(true);
    }));
  });

  test('an address and its canonical one get the same answers', () => {
    fc.assert(fc.property(fc.array(small, { maxLength: 6 }), fc.constantFrom(...every), (blocks, own) => {
      expect(answers(blocks, new AddressBoundaries(blocks).canonical(own))).toBe(answers(blocks, own));
    }));
  });

  test('without blocks one address speaks for all', () => {
    expect(new AddressBoundaries([]).representatives(rangeOf(Cidr.parse('::/0')))).toEqual([{ version: IpVersion.IPV6, value: 0n }]);
  });
});
