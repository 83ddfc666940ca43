import { IpVersion } from './ip-version';
import { AddressBlock, AddressRange, blocksOf, compareRanges, mergeRanges, subtractRanges } from './private/address-range';
import { parseCidr } from './private/cidr-text';
import { bitsOf, cureOf, formatAddress, IpAddress, parseAddress } from './private/ip-address';
import { Problems } from './problems';

/** How strictly a CIDR is read. */
export interface CidrOptions {
  /**
   * Accepts an address inside the block (`10.0.0.5/8`) and takes the block it lies in.
   *
   * @default false - refused, with the network address in the message, because many programs refuse it too
   */
  readonly allowHostBits?: boolean;

  /**
   * The only IP version that is accepted.
   *
   * @default - both
   */
  readonly version?: IpVersion;
}

/** More blocks than this are a mistake in the prefix, and would only fill the memory. */
const MOST_SUBNETS = 65536;

/**
 * A block of IPv4 or IPv6 addresses.
 *
 * Reading is strict: four decimal parts, no octal or hexadecimal, no short form, no zone, no IPv4 mapped
 * into IPv6, no bits behind the prefix. Writing is canonical (RFC 5952 for IPv6). All arithmetic is exact.
 */
export class Cidr {
  /**
   * Reads a block.
   *
   * @param text the block: `10.0.0.0/16`, `2001:db8::/32`
   * @param options how strictly it is read
   * @throws InvalidInputError when the text is no block
   */
  public static parse(text: string, options: CidrOptions = {}): Cidr {
    const problems = new Problems();
    const cidr = Cidr.collect(problems, 'cidr', text, options);
    problems.throwIfErrors(`CIDR '${text}'`);
    return cidr!;
  }

  /**
   * Reads a block that is part of a larger input.
   *
   * @param problems where what is wrong goes
   * @param path property path of the text
   * @param text the block
   * @param options how strictly it is read
   * @returns the block, or nothing when a problem was added
   */
  public static collect(problems: Problems, path: string, text: string, options: CidrOptions = {}): Cidr | undefined {
    const read = parseCidr(text, { allowHostBits: options.allowHostBits ?? false, version: options.version });
    if ('code' in read) {
      problems.error({ ...read, path, value: text });
      return undefined;
    }
    return Cidr.ofBlock(read);
  }

  /**
   * Reports every block that lies in another one; for inputs whose blocks must be disjoint.
   *
   * @param problems where what is wrong goes, with code `OverlappingCidrs`
   * @param cidrsByPath the blocks by the property path each was read from
   */
  public static collectOverlaps(problems: Problems, cidrsByPath: { [path: string]: Cidr }): void {
    const open: { path: string; cidr: Cidr }[] = [];
    const entries = Object.keys(cidrsByPath).sort().map((path) => ({ path, cidr: cidrsByPath[path] }));
    for (const entry of entries.sort((a, b) => Cidr.compare(a.cidr, b.cidr))) {
      while (open.length > 0 && !open[open.length - 1].cidr.contains(entry.cidr)) open.pop();
      const outer = open[open.length - 1];
      if (outer !== undefined) {
        const relation = outer.cidr.isEqualTo(entry.cidr) ? 'is the same as' : 'overlaps';
        problems.error({
          code: 'OverlappingCidrs',
          path: entry.path,
          message: `${entry.cidr.toString()} ${relation} ${outer.cidr.toString()} of ${outer.path}`,
          value: entry.cidr.toString(),
          allowed: 'blocks that share no address',
          cure: `move ${entry.path} or ${outer.path} to a block of its own`,
        });
      }
      open.push(entry);
    }
  }

  /**
   * The fewest blocks that cover exactly the same addresses, sorted.
   *
   * @param cidrs blocks of either version, in any order, overlapping or not
   */
  public static summarise(cidrs: Cidr[]): Cidr[] {
    return Cidr.ofRanges(mergeRanges(cidrs.map((cidr) => cidr.range)));
  }

  /**
   * The fewest blocks that cover what is in the first list and not in the second, sorted.
   *
   * @param cidrs what to keep
   * @param removed what to take away
   */
  public static difference(cidrs: Cidr[], removed: Cidr[]): Cidr[] {
    return Cidr.ofRanges(subtractRanges(cidrs.map((cidr) => cidr.range), removed.map((cidr) => cidr.range)));
  }

  /**
   * Order for sorting: IPv4 before IPv6, then by address, then the larger block first.
   *
   * @param a one block
   * @param b the other block
   */
  public static compare(a: Cidr, b: Cidr): number {
    return compareRanges(a.range, b.range);
  }

  /**
   * The first two blocks, in sorted order, that share an address; empty when all are disjoint.
   *
   * @param cidrs blocks in any order
   */
  public static firstOverlap(cidrs: Cidr[]): Cidr[] {
    const sorted = [...cidrs].sort(Cidr.compare);
    // blocks nest or are disjoint: whatever follows a block's container directly lies in it
    const second = sorted.findIndex((cidr, index) => index > 0 && sorted[index - 1].overlaps(cidr));
    return second < 0 ? [] : [sorted[second - 1], sorted[second]];
  }

  private static ofBlock(block: AddressBlock): Cidr {
    const address: IpAddress = { version: block.version === 4 ? 4 : 6, value: block.first };
    const size = 2n ** BigInt(bitsOf(block.version) - block.prefix);
    return new Cidr(address, block.prefix, { version: block.version, first: block.first, last: block.first + size - 1n });
  }

  private static ofRanges(ranges: AddressRange[]): Cidr[] {
    return ranges.flatMap((range) => blocksOf(range).map((block) => Cidr.ofBlock(block)));
  }

  /** The IP version of the addresses. */
  public readonly version: IpVersion;

  /** The network address, canonical: `10.0.0.0`, `2001:db8::`. */
  public readonly address: string;

  /** How many leading bits all addresses share. */
  public readonly prefix: number;

  /** How many addresses there are; a double, thus rounded above 2^53 (IPv6 blocks larger than a /75). */
  public readonly size: number;

  private readonly range: AddressRange;

  private constructor(address: IpAddress, prefix: number, range: AddressRange) {
    this.version = address.version === 4 ? IpVersion.IPV4 : IpVersion.IPV6;
    this.address = formatAddress(address);
    this.prefix = prefix;
    this.size = 2 ** (bitsOf(address.version) - prefix);
    this.range = range;
  }

  /**
   * Whether every address of the other block lies in this one.
   *
   * @param other the other block; one of the other IP version is never contained
   */
  public contains(other: Cidr): boolean {
    return this.version === other.version && this.range.first <= other.range.first && other.range.last <= this.range.last;
  }

  /**
   * Whether an address lies in this block.
   *
   * @param address the address, without prefix
   * @throws InvalidInputError when the text is no address
   */
  public containsAddress(address: string): boolean {
    const read = parseAddress(address);
    if ('reason' in read) {
      const problems = new Problems();
      problems.error({ code: 'InvalidIpAddress', path: 'address', message: read.reason, value: address, allowed: 'an IPv4 or IPv6 address', cure: cureOf(read) });
      problems.throwIfErrors(`address '${address}'`);
      return false;
    }
    return read.version === this.version && this.range.first <= read.value && read.value <= this.range.last;
  }

  /**
   * Whether the two blocks share an address.
   *
   * @param other the other block
   */
  public overlaps(other: Cidr): boolean {
    return this.contains(other) || other.contains(this);
  }

  /**
   * The fewest blocks that cover this one without the other, sorted.
   *
   * @param other what to take away
   */
  public subtract(other: Cidr): Cidr[] {
    return Cidr.difference([this], [other]);
  }

  /**
   * One address of the block.
   *
   * @param index 0 is the network address, 1 the first host; negative counts from the end, -1 is the last address
   * @throws InvalidInputError when the block has no such address
   */
  public host(index: number): string {
    const value = Number.isSafeInteger(index) ? (index < 0 ? this.range.last + 1n : this.range.first) + BigInt(index) : undefined;
    if (value === undefined || value < this.range.first || value > this.range.last) {
      const problems = new Problems();
      problems.error({
        code: 'NoSuchHost',
        path: 'index',
        message: `${this.toString()} has no address at index ${index}`,
        value: index,
        allowed: `whole numbers from -${this.size} to ${this.size - 1}`,
        cure: 'ask for an address inside the block, or take a larger block',
      });
      problems.throwIfErrors(`address ${index} of ${this.toString()}`);
      return '';
    }
    return formatAddress({ version: this.version === IpVersion.IPV4 ? 4 : 6, value });
  }

  /**
   * The block cut into equal parts, in order.
   *
   * @param prefix prefix length of the parts, at least that of this block
   * @throws InvalidInputError when the prefix does not fit, or there would be more than 65536 parts
   */
  public subnets(prefix: number): Cidr[] {
    const bits = bitsOf(this.range.version);
    const most = Math.min(bits, this.prefix + Math.log2(MOST_SUBNETS));
    if (!Number.isInteger(prefix) || prefix < this.prefix || prefix > most) {
      const problems = new Problems();
      problems.error({
        code: 'NoSuchSubnets',
        path: 'prefix',
        message: `${this.toString()} cannot be cut into blocks of prefix ${prefix}`,
        value: prefix,
        allowed: `whole numbers from ${this.prefix} to ${most}`,
        cure: 'ask for a prefix in that range',
      });
      problems.throwIfErrors(`subnets of ${this.toString()}`);
      return [];
    }
    const step = 2n ** BigInt(bits - prefix);
    return Array.from({ length: 2 ** (prefix - this.prefix) }, (_, index) => Cidr.ofBlock({
      version: this.range.version,
      first: this.range.first + step * BigInt(index),
      prefix,
    }));
  }

  /**
   * Whether both are the same block. (jsii reserves the name `equals`.)
   *
   * @param other the other block
   */
  public isEqualTo(other: Cidr): boolean {
    return this.version === other.version && this.prefix === other.prefix && this.range.first === other.range.first;
  }

  /** Canonical text: `10.0.0.0/16`, `2001:db8::/32`. */
  public toString(): string {
    return `${this.address}/${this.prefix}`;
  }
}
