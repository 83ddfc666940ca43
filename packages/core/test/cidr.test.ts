import fc from 'fast-check';
import { Cidr, InvalidInputError, IpVersion, Problems } from '../src';

const cidrs = (...texts: string[]) => texts.map((text) => Cidr.parse(text));
const texts = (list: Cidr[]) => list.map((cidr) => cidr.toString());

function faultOf(text: any, options = {}) {
  const problems = new Problems();
  expect(Cidr.collect(problems, 'vpc.cidr', text, options)).toBeUndefined();
  expect(problems.all).toHaveLength(1);
  return problems.all[0];
}

describe('reading', () => {
  test.each([
    ['10.0.0.0/16', '10.0.0.0/16', IpVersion.IPV4, 65536],
    ['0.0.0.0/0', '0.0.0.0/0', IpVersion.IPV4, 2 ** 32],
    ['255.255.255.255/32', '255.255.255.255/32', IpVersion.IPV4, 1],
    ['2001:db8::/32', '2001:db8::/32', IpVersion.IPV6, 2 ** 96],
    ['2001:DB8:0:0:0:0:0:0/32', '2001:db8::/32', IpVersion.IPV6, 2 ** 96],
    ['2001:0db8:0000::/48', '2001:db8::/48', IpVersion.IPV6, 2 ** 80],
    ['::/0', '::/0', IpVersion.IPV6, 2 ** 128],
    ['::1/128', '::1/128', IpVersion.IPV6, 1],
    ['fd00:ec2::254/128', 'fd00:ec2::254/128', IpVersion.IPV6, 1],
    ['1:2:3:4:5:6:7::/112', '1:2:3:4:5:6:7:0/112', IpVersion.IPV6, 65536],
    ['64:ff9b::/96', '64:ff9b::/96', IpVersion.IPV6, 2 ** 32],
  ])('%s is %s', (text, canonical, version, size) => {
    const cidr = Cidr.parse(text);
    expect(cidr.toString()).toBe(canonical);
    expect(cidr.version).toBe(version);
    expect(cidr.size).toBe(size);
    expect(`${cidr.address}/${cidr.prefix}`).toBe(canonical);
  });

  test('a cidr with host bits is refused and the message names the network', () => {
    const fault = faultOf('10.0.0.5/8');
    expect(fault.code).toBe('CidrHasHostBits');
    expect(fault.toString()).toBe("vpc.cidr: '10.0.0.5/8' has bits set behind its prefix (CidrHasHostBits); "
      + "allowed: the network address of a /8; cure: write '10.0.0.0/8'");
  });

  test('host bits of an IPv6 block are refused with the network as the cure', () => {
    expect(faultOf('2001:db8::1/64').cure).toBe("write '2001:db8::/64'");
  });

  test('host bits are taken off when that was asked for', () => {
    expect(Cidr.parse('10.1.2.3/8', { allowHostBits: true }).toString()).toBe('10.0.0.0/8');
    expect(Cidr.parse('2001:db8::1/64', { allowHostBits: true }).toString()).toBe('2001:db8::/64');
  });

  test.each([
    ['010.0.0.0/8', /leading zero.*octal/, /without leading zeros/],
    ['10.00.0.0/8', /leading zero/, /without leading zeros/],
    ['0x0a.0.0.0/8', /hexadecimal/, undefined],
    ['10.1/16', /2 parts instead of 4/, /all four/],
    ['10/8', /1 parts instead of 4/, /all four/],
    ['10.0.0.0.0/8', /5 parts instead of 4/, /all four/],
    ['167772160/8', /1 parts instead of 4/, /all four/],
    ['10.0.0.256/32', /256 of '10\.0\.0\.256' is greater than 255/, undefined],
    ['10.0.0.-1/32', /not an IP address/, undefined],
    ['10.0.0./24', /not an IP address/, undefined],
    ['10.0.0.0', /no prefix length/, /write '10\.0\.0\.0\/32' for the single address/],
    ['::1', /no prefix length/, /write '::1\/128'/],
    ['10.0.0.0/', /'' of '10\.0\.0\.0\/' is not a prefix length/, /from 0 to 32/],
    ['10.0.0.0/33', /'33'.*not a prefix length/, /from 0 to 32/],
    ['10.0.0.0/08', /'08'.*not a prefix length/, /without leading zeros/],
    ['10.0.0.0/-1', /not a prefix length/, /from 0 to 32/],
    ['10.0.0.0/8.0', /not a prefix length/, /from 0 to 32/],
    ['10.0.0.0/255.0.0.0', /not a prefix length/, /from 0 to 32/],
    ['10.0.0.0/8/8', /not a prefix length/, /from 0 to 32/],
    ['2001:db8::/129', /not a prefix length/, /from 0 to 128/],
    ['::ffff:10.0.0.0/104', /IPv4 address inside/, /write the IPv4 address/],
    ['::ffff:a00:0/104', /IPv4 address 10\.0\.0\.0 mapped into IPv6/, /write 10\.0\.0\.0 as IPv4/],
    ['::10.0.0.0/104', /IPv4 address inside/, /IPv4 address/],
    ['fe80::1%eth0/64', /zone/, /write 'fe80::1\/64'/],
    ['2001:db8:::/32', /not an IPv6 address/, undefined],
    ['2001::db8::/32', /not an IPv6 address/, undefined],
    ['2001:db8/32', /not an IPv6 address/, undefined],
    ['1:2:3:4:5:6:7:8:9/128', /not an IPv6 address/, undefined],
    ['1:2:3:4:5:6:7::8/128', /not an IPv6 address/, undefined],
    ['12345::/32', /not an IPv6 address/, undefined],
    [':1:2:3:4:5:6:7/128', /not an IPv6 address/, undefined],
    ['g::/16', /not an IPv6 address/, undefined],
    [' 10.0.0.0/8', /white space/, /write '10\.0\.0\.0\/8'/],
    ['10.0.0.0 /8', /white space/, /write '10\.0\.0\.0\/8'/],
    ['10.0.0.0 ', /white space/, /write '10\.0\.0\.0' with a prefix length/],
    ['10.0.0.0/8 ', /not a prefix length/, /from 0 to 32/],
    ['', /not an IP address/, undefined],
    ['/8', /not an IP address/, undefined],
    ['example.com/24', /not an IP address/, undefined],
    ['١٠.0.0.0/8', /not an IP address/, undefined],
  ])('%p is refused', (text, message, cure) => {
    const fault = faultOf(text);
    expect(fault.code).toBe('InvalidCidr');
    expect(fault.message).toMatch(message);
    expect(fault.allowed).toMatch(/10\.0\.0\.0\/16 or 2001:db8::\/32/);
    expect(fault.path).toBe('vpc.cidr');
    expect(fault.value).toBe(text);
    if (cure === undefined) expect(fault.cure).toBeUndefined();
    else expect(fault.cure).toMatch(cure);
  });

  test.each([[undefined], [null], [8], [{}], [['10.0.0.0/8']]])('%p is not text and is refused', (value) => {
    expect(faultOf(value).message).toMatch(/is not a CIDR/);
  });

  test('the version can be demanded', () => {
    expect(Cidr.parse('10.0.0.0/8', { version: IpVersion.IPV4 }).version).toBe(IpVersion.IPV4);
    const fault = faultOf('2001:db8::/32', { version: IpVersion.IPV4 });
    expect(fault.code).toBe('WrongIpVersion');
    expect(fault.message).toBe("'2001:db8::/32' is IPv6");
    expect(fault.cure).toBe('write an IPv4 block');
  });

  test('parse throws what collect collects', () => {
    expect(() => Cidr.parse('10.0.0.5/8')).toThrow(InvalidInputError);
    expect(() => Cidr.parse('10.0.0.5/8')).toThrow("write '10.0.0.0/8'");
  });

  test('every block survives being written and read', () => {
    fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat({ max: 128 }), (address, length) => {
      fc.pre(!address.includes('.') || !address.includes(':'));
      const prefix = address.includes(':') ? length : length % 33;
      const problems = new Problems();
      const cidr = Cidr.collect(problems, '', `${address}/${prefix}`, { allowHostBits: true });
      fc.pre(cidr !== undefined);
      expect(Cidr.parse(cidr!.toString()).isEqualTo(cidr!)).toBe(true);
      expect(cidr!.containsAddress(cidr!.address)).toBe(true);
    }));
  });
});

describe('comparing', () => {
  test('a block contains itself and what lies in it, and not what is around it', () => {
    const vpc = Cidr.parse('10.0.0.0/16');
    expect(vpc.contains(vpc)).toBe(true);
    expect(vpc.contains(Cidr.parse('10.0.255.0/24'))).toBe(true);
    expect(vpc.contains(Cidr.parse('10.1.0.0/24'))).toBe(false);
    expect(Cidr.parse('10.0.255.0/24').contains(vpc)).toBe(false);
  });

  test('IPv4 and IPv6 never contain or overlap each other', () => {
    expect(Cidr.parse('::/0').contains(Cidr.parse('10.0.0.0/8'))).toBe(false);
    expect(Cidr.parse('0.0.0.0/0').overlaps(Cidr.parse('::/0'))).toBe(false);
    expect(Cidr.parse('::/0').containsAddress('10.0.0.1')).toBe(false);
  });

  test('addresses at both ends are inside and their neighbours are not', () => {
    const cidr = Cidr.parse('10.0.1.0/24');
    expect(['10.0.1.0', '10.0.1.255'].every((address) => cidr.containsAddress(address))).toBe(true);
    expect(['10.0.0.255', '10.0.2.0'].some((address) => cidr.containsAddress(address))).toBe(false);
    expect(Cidr.parse('2001:db8::/32').containsAddress('2001:db8:ffff:ffff:ffff:ffff:ffff:ffff')).toBe(true);
  });

  test('asking for an address that is none throws', () => {
    expect(() => Cidr.parse('10.0.0.0/8').containsAddress('10.1')).toThrow(/InvalidIpAddress/);
  });

  test('blocks sort by version, address, then the larger first', () => {
    const sorted = cidrs('2001:db8::/32', '10.0.0.0/16', '9.0.0.0/8', '10.0.0.0/8', '::/0').sort(Cidr.compare);
    expect(texts(sorted)).toEqual(['9.0.0.0/8', '10.0.0.0/8', '10.0.0.0/16', '::/0', '2001:db8::/32']);
  });

  test('equal blocks are equal however they were written', () => {
    expect(Cidr.parse('2001:DB8::/32').isEqualTo(Cidr.parse('2001:db8:0::/32'))).toBe(true);
    expect(Cidr.parse('10.0.0.0/8').isEqualTo(Cidr.parse('10.0.0.0/9'))).toBe(false);
    expect(Cidr.parse('0.0.0.0/0').isEqualTo(Cidr.parse('::/0'))).toBe(false);
  });
});

describe('arithmetic', () => {
  test('halves and neighbours are summarised', () => {
    expect(texts(Cidr.summarise(cidrs('10.0.1.0/24', '10.0.0.0/24', '10.0.3.0/24', '10.0.2.0/25', '10.0.2.128/25')))).toEqual(['10.0.0.0/22']);
    expect(texts(Cidr.summarise(cidrs('2001:db8:8000::/33', '10.0.0.0/8', '2001:db8::/33')))).toEqual(['10.0.0.0/8', '2001:db8::/32']);
  });

  test('neighbours that do not align are not joined', () => {
    expect(texts(Cidr.summarise(cidrs('10.0.1.0/24', '10.0.2.0/24')))).toEqual(['10.0.1.0/24', '10.0.2.0/24']);
  });

  test('the end of IPv4 does not run into IPv6', () => {
    expect(texts(Cidr.summarise(cidrs('255.255.255.255/32', '::/128')))).toEqual(['255.255.255.255/32', '::/128']);
    expect(texts(Cidr.summarise(cidrs('0.0.0.0/1', '128.0.0.0/1', '::/1', '8000::/1')))).toEqual(['0.0.0.0/0', '::/0']);
  });

  test('nothing summarises to nothing', () => {
    expect(Cidr.summarise([])).toEqual([]);
  });

  test('the metadata address is cut out of the internet', () => {
    const rest = Cidr.parse('0.0.0.0/0').subtract(Cidr.parse('169.254.169.254/32'));
    expect(rest).toHaveLength(32);
    expect(rest.some((cidr) => cidr.containsAddress('169.254.169.254'))).toBe(false);
    expect(rest.reduce((sum, cidr) => sum + cidr.size, 0)).toBe(2 ** 32 - 1);
  });

  test('subtracting what is not there changes nothing, and subtracting all leaves nothing', () => {
    const vpc = Cidr.parse('10.0.0.0/16');
    expect(texts(vpc.subtract(Cidr.parse('10.1.0.0/16')))).toEqual(['10.0.0.0/16']);
    expect(texts(vpc.subtract(Cidr.parse('::/0')))).toEqual(['10.0.0.0/16']);
    expect(vpc.subtract(Cidr.parse('10.0.0.0/8'))).toEqual([]);
    expect(vpc.subtract(vpc)).toEqual([]);
  });

  test('several blocks are taken out at once', () => {
    expect(texts(Cidr.difference(cidrs('10.0.0.0/24', '2001:db8::/127'), cidrs('10.0.0.0/26', '10.0.0.64/26', '2001:db8::1/128'))))
      .toEqual(['10.0.0.128/25', '2001:db8::/128']);
  });

  test('the first overlap in order is found, with the larger block first', () => {
    expect(texts(Cidr.firstOverlap(cidrs('10.2.0.0/16', '10.1.0.0/16', '10.0.0.0/16', '10.1.3.0/24')))).toEqual(['10.1.0.0/16', '10.1.3.0/24']);
    expect(Cidr.firstOverlap(cidrs('10.0.0.0/24', '10.0.1.0/24', '::/0'))).toEqual([]);
    expect(texts(Cidr.firstOverlap(cidrs('10.0.0.0/24', '10.0.0.0/24')))).toEqual(['10.0.0.0/24', '10.0.0.0/24']);
  });

  test('every block that lies in another is reported with both places', () => {
    const problems = new Problems();
    Cidr.collectOverlaps(problems, {
      'vpc': Cidr.parse('10.0.0.0/16'),
      'pods[0]': Cidr.parse('10.0.4.0/22'),
      'pods[1]': Cidr.parse('10.0.5.0/24'),
      'services': Cidr.parse('10.0.0.0/16'),
      'lab': Cidr.parse('192.168.0.0/24'),
    });
    expect(problems.all.map(({ path, code, message }) => [path, code, message])).toEqual([
      ['pods[0]', 'OverlappingCidrs', '10.0.4.0/22 overlaps 10.0.0.0/16 of vpc'],
      ['pods[1]', 'OverlappingCidrs', '10.0.5.0/24 overlaps 10.0.4.0/22 of pods[0]'],
      ['vpc', 'OverlappingCidrs', '10.0.0.0/16 is the same as 10.0.0.0/16 of services'],
    ]);
    expect(problems.all[0].cure).toBe('move pods[0] or vpc to a block of its own');
  });

  test('hosts are counted from both ends', () => {
    const cidr = Cidr.parse('10.0.1.0/24');
    expect([0, 1, 255, -1, -256].map((index) => cidr.host(index))).toEqual(['10.0.1.0', '10.0.1.1', '10.0.1.255', '10.0.1.255', '10.0.1.0']);
    expect(Cidr.parse('2001:db8::/64').host(-2)).toBe('2001:db8::ffff:ffff:ffff:fffe');
  });

  test.each([256, -257, 0.5, NaN, Infinity])('host %p of a /24 is refused', (index) => {
    expect(() => Cidr.parse('10.0.1.0/24').host(index)).toThrow(/NoSuchHost.*allowed: whole numbers from -256 to 255/);
  });

  test('a block is cut into subnets in order', () => {
    expect(texts(Cidr.parse('10.0.0.0/22').subnets(24))).toEqual(['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24']);
    expect(texts(Cidr.parse('2001:db8::/62').subnets(64)).at(-1)).toBe('2001:db8:0:3::/64');
    expect(texts(Cidr.parse('10.0.0.0/24').subnets(24))).toEqual(['10.0.0.0/24']);
    expect(Cidr.parse('::/0').subnets(16)).toHaveLength(65536);
  });

  test.each([['10.0.0.0/24', 23], ['10.0.0.0/24', 33], ['10.0.0.0/24', 24.5], ['::/0', 17]])('%s is not cut at /%p', (text, prefix) => {
    expect(() => Cidr.parse(text).subnets(prefix)).toThrow(/NoSuchSubnets/);
  });
});

describe('against a model: the set of the addresses of a small network', () => {
  const small = fc.tuple(fc.nat({ max: 63 }), fc.integer({ min: 26, max: 32 }), fc.boolean()).map(([host, prefix, six]) => (six
    ? Cidr.parse(`2001:db8::${host.toString(16)}/${prefix + 96}`, { allowHostBits: true })
    : Cidr.parse(`10.0.0.${host}/${prefix}`, { allowHostBits: true })));
  const universe = [...Array(64).keys()].flatMap((host) => [`10.0.0.${host}`, `2001:db8::${host.toString(16)}`]);
  const members = (list: Cidr[]) => universe.filter((address) => list.some((cidr) => cidr.containsAddress(address)));
  const count = (list: Cidr[]) => list.reduce((sum, cidr) => sum + cidr.size, 0);
  const runs = { numRuns: 40 };

  test('a summary has exactly the same addresses, sorted, disjoint, and cannot be shortened', () => {
    fc.assert(fc.property(fc.array(small, { maxLength: 8 }), (list) => {
      const summary = Cidr.summarise(list);
      expect(members(summary)).toEqual(members(list));
      expect(count(summary)).toBe(members(list).length);
      expect([...summary].sort(Cidr.compare)).toEqual(summary);
      expect(Cidr.summarise([...summary].reverse())).toEqual(summary);
      const parents = summary.map((cidr) => Cidr.parse(`${cidr.address}/${cidr.prefix - 1}`, { allowHostBits: true }));
      const siblings = summary.filter(({ prefix }, index) =>
        index > 0 && prefix === summary[index - 1].prefix && parents[index].isEqualTo(parents[index - 1]));
      expect(siblings).toEqual([]);
    }), runs);
  });

  test('a difference has exactly the addresses of the first list that are not in the second', () => {
    fc.assert(fc.property(fc.array(small, { maxLength: 6 }), fc.array(small, { maxLength: 6 }), (kept, removed) => {
      const rest = Cidr.difference(kept, removed);
      const gone = new Set(members(removed));
      expect(members(rest)).toEqual(members(kept).filter((address) => !gone.has(address)));
      expect(count(rest)).toBe(members(rest).length);
    }), runs);
  });

  test('an overlap is found when, and only when, two blocks share an address', () => {
    fc.assert(fc.property(fc.array(small, { maxLength: 5 }), (list) => {
      const shared = list.some((one, index) => list.some((other, at) => index < at && one.overlaps(other)));
      expect(Cidr.firstOverlap(list).length).toBe(shared ? 2 : 0);
      const problems = new Problems();
      Cidr.collectOverlaps(problems, Object.fromEntries(list.map((cidr, index) => [`cidrs[${index}]`, cidr])));
      expect(problems.hasErrors).toBe(shared);
    }), runs);
  });

  test('overlap is containment one way or the other', () => {
    fc.assert(fc.property(small, small, (one, other) => {
      const both = members([one]).filter((address) => other.containsAddress(address));
      expect(one.overlaps(other)).toBe(both.length > 0);
      expect(one.contains(other)).toBe(both.length === members([other]).length && one.version === other.version);
    }), runs);
  });
});

test('many thousand blocks are summarised and searched without comparing every pair', () => {
  const many = Array.from({ length: 30_000 }, (_, index) => Cidr.parse(`10.${Math.floor(index / 65536)}.${Math.floor(index / 256) % 256}.${index % 256}/32`));
  expect(Cidr.firstOverlap(many)).toEqual([]);
  expect(Cidr.summarise(many).reduce((sum, cidr) => sum + cidr.size, 0)).toBe(30_000);
});
