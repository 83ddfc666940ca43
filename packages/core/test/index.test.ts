import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '../src';

const folder = join(__dirname, '..', 'src');

test('only classes and enums are exported as values, because jsii drops everything else silently', () => {
  for (const [name, value] of Object.entries(core)) {
    const isClass = typeof value === 'function' && /^class /.test(Function.prototype.toString.call(value));
    const isEnum = typeof value === 'object' && Object.values(value).every((member) => typeof member === 'string' || typeof member === 'number');
    expect({ name, exported: isClass || isEnum }).toEqual({ name, exported: true });
  }
});

test('every public file is exported and nothing private is', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'index.ts').map((file) => `export * from './${file.slice(0, -3)}';`);
  expect(readFileSync(join(folder, 'index.ts'), 'utf8').trim().split('\n')).toEqual(files.sort());
});

test('nothing is loaded beside the package itself', () => {
  const outside = new Set<string>();
  for (const file of readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith('.ts') && !name.startsWith('vendor'))) {
    for (const [, module] of readFileSync(join(folder, file), 'utf8').matchAll(/from '([^']+)'/g)) if (!module.startsWith('.')) outside.add(module);
  }
  expect([...outside]).toEqual([]);
});
