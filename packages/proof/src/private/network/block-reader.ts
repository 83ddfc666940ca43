import { Cidr, Problems } from '@viridial/core';
import { AddressBlock, AddressRange, rangeOf } from './address';
import { Shape } from '../shape';

/** Reads `cidr` and `except` of a block; nothing when the block is none. */
export function readBlock(shape: Shape): AddressBlock | undefined {
  const range = readCidr(shape, 'cidr', shape.text('cidr'));
  if (range === undefined) return undefined;
  const except = shape.texts('except').flatMap((text, index) => {
    const part = readCidr(shape, `except[${index}]`, text);
    if (part === undefined) return [];
    const inside = part.version === range.version && part.first >= range.first && part.last <= range.last;
    if (inside && part.last - part.first < range.last - range.first) return [part];
    shape.wrong(`except[${index}]`, `${text} is not a part of ${shape.text('cidr')}`, 'a smaller block inside cidr');
    return [];
  });
  return { range, except };
}

/** Reads a block that is text, or one address when the dialect takes those; API servers before 1.36 take host bits, which then do not count. */
export function readCidr(shape: Shape, field: string, text: string | undefined, allowAddress: boolean = false): AddressRange | undefined {
  const problems = new Problems();
  const whole = text !== undefined && allowAddress && !text.includes('/') ? `${text}/${text.includes(':') ? 128 : 32}` : text;
  const cidr = whole === undefined ? undefined : Cidr.collect(problems, field, whole, { allowHostBits: true });
  if (cidr !== undefined) return rangeOf(cidr);
  const [problem] = problems.errors;
  shape.wrong(field, problem?.message ?? 'the block has no cidr', problem?.allowed ?? 'a CIDR', problem?.cure);
  return undefined;
}
