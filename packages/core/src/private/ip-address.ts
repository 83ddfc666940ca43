import { show } from './compare';
import * as vendored from '../vendor/ipaddr';

/** The part of ipaddr.js that is used here. Its own types name the package, which consumers do not have. */
interface IpaddrModule {
  readonly IPv4: { parse(text: string): { readonly octets: number[] } };
  readonly IPv6: {
    new (parts: number[]): { toRFC5952String(): string };
    isValid(text: string): boolean;
    parse(text: string): { readonly parts: number[] };
  };
}

const { IPv4, IPv6 } = vendored as unknown as IpaddrModule;

/** One address as a number. */
export interface IpAddress {
  readonly version: 4 | 6;
  readonly value: bigint;
}

/** Why a text is no address. */
export interface AddressFault {
  readonly reason: string;

  /** The address that was probably meant. */
  readonly instead?: string;

  /** What to do when no address can be named. */
  readonly advice?: string;
}

/** The cure of a fault, for an address that stands for itself. */
export function cureOf(fault: AddressFault): string | undefined {
  return fault.instead === undefined ? fault.advice : `write '${fault.instead}'`;
}

/** Length of an address in bits. */
export function bitsOf(version: number): number {
  return version === 4 ? 32 : 128;
}

const IPV4_SPACE = 2n ** 32n;

/** The 96 bits in front of an IPv4 address that is written as IPv6 (RFC 4291, 2.5.5.2). */
const MAPPED_PREFIX = 0xffffn;

/**
 * Reads one address strictly: what two programs read differently (octal, short forms, zones, IPv4 inside
 * IPv6) is refused, because a firewall and its author must mean the same host (CVE-2021-28918 and kin).
 */
export function parseAddress(text: unknown): IpAddress | AddressFault {
  if (typeof text !== 'string') return { reason: `${show(text)} is not text` };
  if (/\s/.test(text)) return { reason: `'${text}' has white space in it`, instead: text.replace(/\s+/g, '') };
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

function parseV4(text: string): IpAddress | AddressFault {
  const parts = text.split('.');
  if (!parts.every((part) => /^[0-9]+$/.test(part))) {
    return { reason: /0x/i.test(text) ? `'${text}' is written in hexadecimal` : `'${text}' is not an IP address` };
  }
  if (parts.length !== 4) return { reason: `'${text}' has ${parts.length} parts instead of 4`, advice: 'write all four decimal parts' };
  const padded = parts.find((part) => part.length > 1 && part.startsWith('0'));
  if (padded !== undefined) {
    return { reason: `part '${padded}' of '${text}' has a leading zero, which some programs read as octal`, advice: 'write decimal parts without leading zeros' };
  }
  const large = parts.find((part) => Number(part) > 255);
  if (large !== undefined) return { reason: `part ${large} of '${text}' is greater than 255` };
  return { version: 4, value: IPv4.parse(text).octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n) };
}

function parseV6(text: string): IpAddress | AddressFault {
  if (text.includes('%')) {
    return { reason: `'${text}' has a zone, which means something on one machine only`, instead: text.slice(0, text.indexOf('%')) };
  }
  if (text.includes('.')) {
    return { reason: `'${text}' has an IPv4 address inside an IPv6 one`, advice: 'write the IPv4 address, or all groups in hexadecimal' };
  }
  const halves = text.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const wellFormed = groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    && (halves.length === 2 ? groups.length <= 7 : halves.length === 1 && groups.length === 8);
  if (!wellFormed || !IPv6.isValid(text)) return { reason: `'${text}' is not an IPv6 address` };
  const value = IPv6.parse(text).parts.reduce((sum, part) => sum * 65536n + BigInt(part), 0n);
  if (value / IPV4_SPACE === MAPPED_PREFIX) {
    const inner = formatAddress({ version: 4, value: value % IPV4_SPACE });
    return { reason: `'${text}' is the IPv4 address ${inner} mapped into IPv6`, advice: `write ${inner} as IPv4` };
  }
  return { version: 6, value };
}

/** Writes an address: four decimal parts, or IPv6 as RFC 5952 wants it. */
export function formatAddress(address: IpAddress): string {
  if (address.version === 4) return digitsOf(address.value, 256n, 4).join('.');
  return new IPv6(digitsOf(address.value, 65536n, 8)).toRFC5952String();
}

function digitsOf(value: bigint, base: bigint, count: number): number[] {
  const digits: number[] = [];
  for (let rest = value; digits.length < count; rest /= base) digits.unshift(Number(rest % base));
  return digits;
}
