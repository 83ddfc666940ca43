import { CelError } from '../cel-error';
import { CelObject } from '../values';
import { Library } from './library';

/** An address. */
class Ip extends CelObject {
  public readonly kind = 'ip';

  constructor(
    public readonly version: 4 | 6,
    public readonly number: bigint,
  ) {
    super();
  }

  public equals(other: Ip): boolean {
    return this.version === other.version && this.number === other.number;
  }

  /** Whether it lies in a block. */
  public in(version: 4 | 6, network: bigint, length: number): boolean {
    return this.version === version && prefix(this, length) === prefix(new Ip(version, network), length);
  }

  public toString(): string {
    if (this.version === 4) return [24n, 16n, 8n, 0n].map((shift) => String((this.number >> shift) & 255n)).join('.');
    const parts = Array.from({ length: 8 }, (_, index) => ((this.number >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
    const runs = [...parts.join(':').matchAll(/\b0(?::0\b)+/g)].sort((a, b) => b[0].length - a[0].length || a.index - b.index);
    if (runs.length === 0) return parts.join(':');
    const text = parts.join(':');
    const { 0: run, index } = runs[0];
    return `${text.slice(0, index).replace(/:$/, '')}::${text.slice(index + run.length).replace(/^:/, '')}`;
  }
}

/** A block of addresses; its address may have bits beyond its length. */
class IpBlock extends CelObject {
  public readonly kind = 'cidr';

  constructor(
    public readonly address: Ip,
    public readonly length: number,
  ) {
    super();
  }

  public equals(other: IpBlock): boolean {
    return this.address.equals(other.address) && this.length === other.length;
  }

  public contains(address: Ip): boolean {
    return address.in(this.address.version, this.address.number, this.length);
  }

  public toString(): string {
    return `${this.address}/${this.length}`;
  }
}

/** Addresses and blocks of addresses. */
export function addNetwork(library: Library): void {
  const zero = ({ number }: Ip) => number === 0n;
  const loopback = (own: Ip) => own.in(4, 127n << 24n, 8) || (own.version === 6 && own.number === 1n);
  const multicast = (own: Ip) => own.in(4, 224n << 24n, 4) || own.in(6, 0xffn << 120n, 8);
  const linkMulticast = (own: Ip) => own.in(4, 224n << 24n, 24)
    || (own.version === 6 && own.number >> 120n === 0xffn && ((own.number >> 112n) & 0xfn) === 2n);
  const linkUnicast = (own: Ip) => own.in(4, (169n << 24n) | (254n << 16n), 16) || own.in(6, 0xfe80n << 112n, 10);
  library.function('ip', 'string', 'ip', parseIp)
    .function('isIP', 'string', 'bool', (text: string) => tells(() => parseIp(text)))
    .function('ip.isCanonical', 'string', 'bool', (text: string) => parseIp(text).toString() === text)
    .function('string', 'ip', 'string', String)
    .method('family', 'ip', 'int', ({ version }: Ip) => BigInt(version))
    .method('isUnspecified', 'ip', 'bool', zero)
    .method('isLoopback', 'ip', 'bool', loopback)
    .method('isLinkLocalMulticast', 'ip', 'bool', linkMulticast)
    .method('isLinkLocalUnicast', 'ip', 'bool', linkUnicast)
    .method('isGlobalUnicast', 'ip', 'bool', (own: Ip) => !zero(own) && !loopback(own) && !multicast(own) && !linkUnicast(own) && !(own.version === 4 && own.number === 0xffffffffn))
    .function('cidr', 'string', 'cidr', parseBlock)
    .function('isCIDR', 'string', 'bool', (text: string) => tells(() => parseBlock(text)))
    .function('string', 'cidr', 'string', String)
    .method('ip', 'cidr', 'ip', ({ address }: IpBlock) => address)
    .method('prefixLength', 'cidr', 'int', ({ length }: IpBlock) => BigInt(length))
    .method('masked', 'cidr', 'cidr', ({ address, length }: IpBlock) => new IpBlock(new Ip(address.version, prefix(address, length) << BigInt(bits(address) - length)), length))
    .method('containsIP', 'cidr, ip', 'bool', (block: IpBlock, address: Ip) => block.contains(address))
    .method('containsIP', 'cidr, string', 'bool', (block: IpBlock, text: string) => block.contains(parseIp(text)))
    .method('containsCIDR', 'cidr, cidr', 'bool', covers)
    .method('containsCIDR', 'cidr, string', 'bool', (block: IpBlock, text: string) => covers(block, parseBlock(text)));
}

function tells(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

function covers(block: IpBlock, other: IpBlock): boolean {
  return block.contains(other.address) && block.length <= other.length;
}

function bits({ version }: Ip): number {
  return version === 4 ? 32 : 128;
}

function prefix(address: Ip, length: number): bigint {
  return address.number >> BigInt(bits(address) - length);
}

function parseIp(text: string): Ip {
  if (/^[^%]*:[^%]*%./.test(text)) throw new CelError(`IP address "${text}" with zone value is not allowed`);
  const read = text.includes(':') ? parseV6(text) : parseV4(text);
  if (read === undefined) throw new CelError(`IP Address "${text}" parse error during conversion from string: ParseAddr("${text}"): unable to parse IP`);
  if (read.in(6, 0xffffn << 32n, 96)) throw new CelError(`IPv4-mapped IPv6 address "${text}" is not allowed`);
  return read;
}

function parseBlock(text: string): IpBlock {
  const slash = text.lastIndexOf('/');
  const address = slash < 0 || text.includes('%') ? undefined : text.slice(0, slash);
  const read = address === undefined ? undefined : address.includes(':') ? parseV6(address) : parseV4(address);
  const length = text.slice(slash + 1);
  if (read === undefined || !/^(?:0|[1-9]\d{0,2})$/.test(length) || Number(length) > bits(read)) throw new CelError(`network address parse error during conversion from string: netip.ParsePrefix("${text}")`);
  if (read.in(6, 0xffffn << 32n, 96)) throw new CelError(`IPv4-mapped IPv6 address "${text}" is not allowed`);
  return new IpBlock(read, Number(length));
}

function parseV4(text: string): Ip | undefined {
  if (!/^(?:(?:0|[1-9]\d{0,2})(?:\.(?!$)|$)){4}$/.test(text)) return undefined;
  const parts = text.split('.').map(BigInt);
  return parts.some((part) => part > 255n) ? undefined : new Ip(4, parts.reduce((number, part) => (number << 8n) | part));
}

function parseV6(text: string): Ip | undefined {
  let groups = text;
  const tail = /:((?:\d+\.){3}\d+)$/.exec(text);
  if (tail !== null) {
    const last = parseV4(tail[1]);
    if (last === undefined) return undefined;
    groups = `${text.slice(0, -tail[1].length)}${(last.number >> 16n).toString(16)}:${(last.number & 0xffffn).toString(16)}`;
  }
  const halves = groups.split('::');
  if (halves.length > 2) return undefined;
  const [left, right] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const filled = right === undefined ? left : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  if (filled.length !== 8 || (right !== undefined && left.length + right.length > 7) || filled.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return new Ip(6, filled.reduce((number, group) => (number << 16n) | BigInt(`0x${group}`), 0n));
}
