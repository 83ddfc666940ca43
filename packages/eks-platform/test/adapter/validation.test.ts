import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Engine, RegoEngine, TemplateFile } from '@aws/cloudformation-validate';
import { Stack } from 'aws-cdk-lib';
import { Access } from '../../src/access';
import { VALIDATION_EXCEPTIONS } from '../../src/validation-exceptions';
import { templateOf, testPlatform } from '../fixtures/templates';

let engine: Engine;
let directory: string;
beforeAll(() => {
  engine = new RegoEngine();
  directory = mkdtempSync(path.join(tmpdir(), 'validate-'));
});
afterAll(() => {
  engine.free();
  rmSync(directory, { recursive: true, force: true });
});

/** Findings of the strict validator that are more than hints, as `rule type message`. */
function findings(...stacks: Stack[]): string[] {
  return stacks.flatMap((stack) => {
    const file = path.join(directory, `${stack.stackName}.template.json`);
    writeFileSync(file, JSON.stringify(templateOf(stack).toJSON()));
    return engine.validateStandard(new TemplateFile(file), { strict: true, severityLevel: 'ERROR' }).diagnostics
      .map((diagnostic) => `${diagnostic.ruleId} ${diagnostic.entity?.resourceType} ${diagnostic.message}`);
  });
}

test('the strict validator finds nothing in the templates of the architecture decision', () => {
  const platform = testPlatform({ access: Access.of({ administrators: ['ssm:/viridial/administrators'], networks: ['192.168.0.0/16'] }) });
  expect(findings(platform.networkStack, platform.dataStack, platform.clusterStack)).toEqual([]);
});

test('no finding has to be excepted', () => {
  expect(VALIDATION_EXCEPTIONS).toEqual([]);
});

test('with a range for pods the validator only misses that a VPC can have two blocks', () => {
  const found = findings(testPlatform({ secondaryCidr: '100.64.0.0/16' }).networkStack);
  expect(found).toEqual(['100.64.0.0/18', '100.64.64.0/18', '100.64.128.0/18'].map((cidr) => `E3059 AWS::EC2::Subnet Subnet CIDR '${cidr}' is not within VPC CIDR '10.0.0.0/16'`));
});
