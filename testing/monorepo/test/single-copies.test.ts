import { evaluate, load } from './child-process';

const repeated = (packages: object, names: string[]) => evaluate<Record<string, string[]>>(
  `${load('repeatedCopies', 'projenrc/tools/single-copies.mts')}answer(repeatedCopies(input.lockfile, input.names));`,
  { lockfile: { packages }, names },
);

test('a framework that is installed twice is reported with both places, one that is installed once is not', () => {
  expect(repeated({
    '': {},
    'node_modules/constructs': { version: '10.6.0' },
    'packages/tenancy/node_modules/constructs': { version: '10.7.0' },
    'node_modules/cdk8s': { version: '2.70.106' },
  }, ['constructs', 'cdk8s'])).toEqual({ constructs: ['node_modules/constructs', 'packages/tenancy/node_modules/constructs'] });
});

test('a copy below another package counts, a package whose name only ends alike does not, and neither does a link', () => {
  expect(repeated({
    'node_modules/constructs': { version: '10.6.0' },
    'node_modules/other/node_modules/constructs': { version: '10.6.0' },
    'node_modules/@other/aws-cdk-lib': { version: '1.0.0' },
    'node_modules/aws-cdk-lib': { version: '2.261.0' },
    'node_modules/cdk8s': { version: '2.70.106' },
    'packages/x/node_modules/cdk8s': { link: true },
  }, ['constructs', 'aws-cdk-lib', 'cdk8s'])).toEqual({ constructs: ['node_modules/constructs', 'node_modules/other/node_modules/constructs'] });
});

test('a scoped framework is found by its whole name', () => {
  expect(repeated({
    'node_modules/@pulumi/pulumi': { version: '3.248.0' },
    'node_modules/x/node_modules/@pulumi/pulumi': { version: '3.249.0' },
  }, ['@pulumi/pulumi'])).toHaveProperty(['@pulumi/pulumi'], expect.arrayContaining(['node_modules/x/node_modules/@pulumi/pulumi']));
});
