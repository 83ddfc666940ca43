import { AddressBlock } from './address-range';
import { show } from './compare';
import { bitsOf, formatAddress, IpAddress, parseAddress } from './ip-address';

/** What is wrong with a text that should be a CIDR, but for its path. */
export interface CidrFault {
  readonly code: string;
  readonly message: string;
  readonly allowed: string;
  readonly cure?: string;
}

interface Strictness {
  readonly allowHostBits: boolean;
  readonly version?: number;
}

/** Reads a CIDR; see `Cidr` for the rules. */
export function parseCidr(text: unknown, strictness: Strictness): AddressBlock | CidrFault {
  const allowed = strictness.version === undefined
    ? 'an IPv4 or IPv6 block such as 10.0.0.0/16 or 2001:db8::/32'
    : strictness.version === 4 ? 'an IPv4 block such as 10.0.0.0/16' : 'an IPv6 block such as 2001:db8::/32';
  const invalid = (message: string, cure?: string): CidrFault => ({ code: 'InvalidCidr', message, allowed, cure });

  if (typeof text !== 'string') return invalid(`${show(text)} is not a CIDR`, "write it as text: '10.0.0.0/16'");
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if ('reason' in address) {
    const { reason, instead, advice } = address;
    if (slash < 0) return invalid(reason, instead === undefined ? advice : `write '${instead}' with a prefix length`);
    return invalid(`'${text}' is not a CIDR: ${reason}`, instead === undefined ? advice : `write '${instead}${text.slice(slash).replace(/\s+/g, '')}'`);
  }
  const bits = bitsOf(address.version);
  if (slash < 0) return invalid(`'${text}' has no prefix length`, `write '${formatAddress(address)}/${bits}' for the single address`);

  const prefixText = text.slice(slash + 1);
  if (!/^(0|[1-9][0-9]{0,2})$/.test(prefixText) || Number(prefixText) > bits) {
    return invalid(`'${prefixText}' of '${text}' is not a prefix length`, `write a whole number from 0 to ${bits} without leading zeros`);
  }
  return checkBlock(text, address, Number(prefixText), strictness, allowed);
}

function checkBlock(text: string, address: IpAddress, prefix: number, strictness: Strictness, allowed: string): AddressBlock | CidrFault {
  if (strictness.version !== undefined && strictness.version !== address.version) {
    return { code: 'WrongIpVersion', message: `'${text}' is IPv${address.version}`, allowed, cure: `write an IPv${strictness.version} block` };
  }
  const size = 2n ** BigInt(bitsOf(address.version) - prefix);
  const first = address.value - address.value % size;
  if (first !== address.value && !strictness.allowHostBits) {
    return {
      code: 'CidrHasHostBits',
      message: `'${text}' has bits set behind its prefix`,
      allowed: `the network address of a /${prefix}`,
      cure: `write '${formatAddress({ version: address.version, value: first })}/${prefix}'`,
    };
  }
  return { version: address.version, first, prefix };
}
