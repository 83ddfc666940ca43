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

test('an unknown property is found, with template, resource and rule', () => {
  const { findings } = validateTemplates([template({ Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueNmae: 'x' } } })], []);
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.join('\n')).toMatch(/x\.template\.json Queue \w+: .*QueueNmae/);
});

test('an exception covers its rule on its resource only, and is counted', () => {
  const file = template({
    Queue1A: { Type: 'AWS::SQS::Queue', Properties: { QueueNmae: 'x' } },
    Other: { Type: 'AWS::SQS::Queue', Properties: { QueueNmae: 'x' } },
  });
  const rules = validateTemplates([file], []).findings.map((finding) => / (\w+): /.exec(finding)![1]!);
  const exceptions = [...new Set(rules)].map((ruleId) => ({ ruleId, resourceType: 'AWS::SQS::Queue', logicalId: 'Queue1A', reason: 'test' }));
  const { findings, excluded } = validateTemplates([file], exceptions);
  expect(excluded.reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
  expect(findings.some((finding) => finding.includes('Queue1A'))).toBe(false);
  expect(findings.some((finding) => finding.includes('Other'))).toBe(true);
});
