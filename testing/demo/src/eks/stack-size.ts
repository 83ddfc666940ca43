import { SynthesizedStack } from './synthesis';
import { Check, checkOf } from '../check';

/** CloudFormation's own limits are 500 resources and 1 MB; these leave room for what a user adds. */
const MOST_RESOURCES = 400;
const MOST_BYTES = 800 * 1024;

/** Whether the stacks stay well below CloudFormation's limits. */
export function stackSizeCheck(stacks: readonly Pick<SynthesizedStack, 'name' | 'text' | 'template'>[]): Check {
  const sizes = stacks.map(({ name, text, template }) => (
    { name, bytes: Buffer.byteLength(text), resources: Object.keys(template.Resources).length }
  ));
  const tooLarge = sizes.filter(({ bytes, resources }) => bytes > MOST_BYTES || resources > MOST_RESOURCES);
  return checkOf('stack-size',
    sizes.map(({ name, bytes, resources }) => `${name} ${resources} resources, ${Math.round(bytes / 1024)} kB`).join('; '),
    tooLarge.map(({ name, bytes, resources }) => `${name} has ${resources} resources and ${bytes} bytes; allowed are ${MOST_RESOURCES} and ${MOST_BYTES}`));
}
