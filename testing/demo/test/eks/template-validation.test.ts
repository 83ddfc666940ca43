import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { validateTemplates } from '../../src/eks/template-validation';

let directory: string;
beforeEach(() => { directory = mkdtempSync(path.join(tmpdir(), 'templates-')); });
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function template(resources: object): string {
  const file = path.join(directory, 'x.template.json');
  writeFileSync(file, JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources: resources }));
  return file;
}

test('an unknown property is found on its resource; an exception covers its rule on its own resource only, and is counted', () => {
  const queue = { Type: 'AWS::SQS::Queue', Properties: { QueueNmae: 'x' } };
  // one call, because the validator takes a second to start
  const { findings, excluded } = validateTemplates([template({ Known: queue, Other: queue })], [
    { ruleId: 'F3002', resourceType: 'AWS::SQS::Queue', logicalId: 'Known', reason: 'test' },
    { ruleId: 'F3002', resourceType: 'AWS::SQS::Queue', logicalId: 'Absent', reason: 'test' },
  ]);
  expect(excluded).toEqual([1, 0]);
  expect(findings.filter((finding) => finding.includes('Known'))).toEqual([]);
  expect(findings.join('\n')).toMatch(/x\.template\.json Other F3002: .*QueueNmae/);
});
