import { parseArguments } from '../src/arguments';

const KNOWN = ['eks', 'vps'];

test('without words all targets run', () => {
  expect(parseArguments([], KNOWN)).toEqual({ help: false, targets: ['eks', 'vps'] });
});

test('named targets run in the fixed order, each once', () => {
  expect(parseArguments(['vps', 'eks', 'vps'], KNOWN).targets).toEqual(['eks', 'vps']);
});

test('an unknown word is refused with what is allowed', () => {
  expect(() => parseArguments(['azure', 'gke'], KNOWN)).toThrow('unknown target \'azure\', \'gke\'; known are eks, vps');
});

test('help is asked for by either form', () => {
  expect(parseArguments(['-h'], KNOWN).help).toBe(true);
  expect(parseArguments(['--help'], KNOWN).help).toBe(true);
});
