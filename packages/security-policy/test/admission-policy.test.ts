import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AdmissionPolicy } from '../src';

test('the catalogue is in the order of its ids, each once', () => {
  const ids = AdmissionPolicy.all().map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
});

test('every policy says what it refuses, why, and who asks for it', () => {
  for (const policy of AdmissionPolicy.all()) {
    for (const text of [policy.refuses, policy.reason]) expect(text).toMatch(/^\S.*[^.]$/);
    expect(policy.references.length).toBeGreaterThan(0);
    for (const reference of policy.references) expect(reference).toMatch(/^(CIS-[1-5]\.\d+\.\d+|CVE-\d{4}-\d+|MTB-[A-Za-z0-9-]+|NSA-CISA-[a-z-]+)$/);
  }
});

test('the guide has a row for every policy, with its references', () => {
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  for (const { id, references } of AdmissionPolicy.all()) {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${id}\` |`));
    expect([id, references.filter((reference) => !row?.includes(reference))]).toEqual([id, []]);
  }
});
