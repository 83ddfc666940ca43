import { evaluate } from './child-process';

interface Message {
  readonly ruleId: string | null;
  readonly message: string;
}

interface Fixture {
  readonly file: string;
  readonly code: string;
  /** What the message must say. */
  readonly says: RegExp;
}

const refused: Record<string, Fixture> = {
  'core imports tenancy': {
    file: 'packages/core/src/fixture.ts',
    code: "import { Tenancy } from '@viridial/tenancy';\nexport class Fixture extends Tenancy {}\n",
    says: /core may import no other package/,
  },
  'proof imports security-policy, whose output it judges': {
    file: 'packages/proof/src/fixture.ts',
    code: "import { Flow } from '@viridial/security-policy';\nexport class Fixture extends Flow {}\n",
    says: /proof may import core/,
  },
  'tenancy imports upwards': {
    file: 'packages/tenancy/src/fixture.ts',
    code: "import { Platform } from '@viridial/platform-addons';\nexport class Fixture extends Platform {}\n",
    says: /tenancy may import core, security-policy/,
  },
  'a target imports another target': {
    file: 'packages/eks-platform/src/adapter/fixture.ts',
    code: "import { VpsCluster } from '@viridial/vps-cluster';\nexport class Fixture extends VpsCluster {}\n",
    says: /eks-platform may import/,
  },
  'a re-export goes upwards': {
    file: 'packages/security-policy/src/fixture.ts',
    code: "export * from '@viridial/tenancy';\n",
    says: /security-policy may import core/,
  },
  'a planner imports aws-cdk-lib': {
    file: 'packages/eks-platform/src/planner/fixture.ts',
    code: "import { aws_ec2 } from 'aws-cdk-lib';\nexport const fixture = aws_ec2.Vpc;\n",
    says: /a planner loads no framework/,
  },
  'a planner imports a module of EKS Blueprints': {
    file: 'packages/eks-platform/src/fixture.ts',
    code: "import { ArgoCDAddOn } from '@aws-quickstart/eks-blueprints/dist/addons';\nexport class Fixture extends ArgoCDAddOn {}\n",
    says: /a planner loads no framework/,
  },
  'a planner imports an adapter': {
    file: 'packages/eks-platform/src/planner/fixture.ts',
    code: "import { EksPlatform } from '../adapter/eks-platform';\nexport class Fixture extends EksPlatform {}\n",
    says: /a planner does not import an adapter/,
  },
  'the planner of tenancy imports cdk8s': {
    file: 'packages/tenancy/src/tenancy.ts',
    code: "import { Chart } from 'cdk8s';\nexport class Fixture extends Chart {}\n",
    says: /a planner loads no framework/,
  },
  'a package is imported by a path into its sources': {
    file: 'packages/tenancy/src/tenancy-chart.ts',
    code: "import { Cidr } from '../../core/src/cidr';\nexport class Fixture extends Cidr {}\n",
    says: /by its name, not by a path/,
  },
  'a package is imported by a path below its name': {
    file: 'packages/tenancy/src/fixture.ts',
    code: "import { Cidr } from '@viridial/core/lib/cidr';\nexport class Fixture extends Cidr {}\n",
    says: /import what the package publishes/,
  },
  'a jsii package exports a function': {
    file: 'packages/core/src/fixture.ts',
    code: 'export function fixture(): number {\n  return 1;\n}\n',
    says: /jsii drops exported functions/,
  },
  'a jsii package exports a constant': {
    file: 'packages/proof/src/fixture.ts',
    code: 'export const FIXTURE = 1;\n',
    says: /jsii drops exported functions/,
  },
  'a jsii package exports a type alias': {
    file: 'packages/platform-addons/src/fixture.ts',
    code: "export type Fixture = 'a' | 'b';\n",
    says: /jsii drops exported functions/,
  },
  'a jsii package has a default export': {
    file: 'packages/tenancy/src/fixture.ts',
    code: 'export default class Fixture {}\n',
    says: /jsii has no default exports/,
  },
  'a library calls Math.random': {
    file: 'packages/core/src/private/fixture.ts',
    code: 'export const fixture = Math.random();\n',
    says: /same input, same bytes/,
  },
  'a library reads the clock': {
    file: 'packages/eks-platform/src/planner/fixture.ts',
    code: 'export const fixture = Date.now();\n',
    says: /same input, same bytes/,
  },
  'a library reads an environment variable': {
    file: 'packages/eks-platform/src/adapter/fixture.ts',
    code: 'export const fixture = process.env.HOME;\n',
    says: /reads no environment variable/,
  },
  'a library takes the environment apart': {
    file: 'packages/core/src/private/fixture.ts',
    code: 'export const { env } = process;\n',
    says: /reads no environment variable/,
  },
  'a jsii package exports a function by a list': {
    file: 'packages/core/src/fixture.ts',
    code: 'function fixture(): number {\n  return 1;\n}\nexport { fixture };\n',
    says: /jsii drops exported functions/,
  },
  'a planner loads a framework late': {
    file: 'packages/eks-platform/src/planner/fixture.ts',
    code: "export const fixture = async () => await import('aws-cdk-lib');\n",
    says: /import at the top of the file/,
  },
  'a package is imported by a path from the root': {
    file: 'packages/tenancy/src/tenancy-chart.ts',
    code: "import { Cidr } from '../../../packages/core/src/cidr';\nexport class Fixture extends Cidr {}\n",
    says: /by its name, not by a path/,
  },
  'a planner asks for the date of today': {
    file: 'packages/core/src/private/fixture.ts',
    code: 'export const fixture = new Date();\n',
    says: /same input, same bytes/,
  },
  'a planner fetches': {
    file: 'packages/core/src/private/fixture.ts',
    code: "export const fixture = async () => await fetch('https://viridial.com');\n",
    says: /same input, same bytes/,
  },
  'a planner makes random bytes': {
    file: 'packages/core/src/private/fixture.ts',
    code: "import { randomBytes } from 'node:crypto';\nexport const fixture = randomBytes(16);\n",
    says: /same input, same bytes/,
  },
  'a planner looks at the machine': {
    file: 'packages/core/src/private/fixture.ts',
    code: 'export const fixture = process.cwd();\n',
    says: /same input, same bytes/,
  },
  'a renderer reads a file': {
    file: 'packages/security-policy/src/fixture.ts',
    code: "import { readFileSync } from 'node:fs';\nexport class Fixture {\n  public readonly text = readFileSync('x', 'utf8');\n}\n",
    says: /touch no file, network or machine/,
  },
  'a planner opens a connection': {
    file: 'packages/eks-platform/src/planner/fixture.ts',
    code: "import { request } from 'https';\nexport const fixture = request;\n",
    says: /touch no file, network or machine/,
  },
};

const allowed: Record<string, Omit<Fixture, 'says'>> = {
  'tenancy imports core and security-policy': {
    file: 'packages/tenancy/src/fixture.ts',
    code: "import { Cidr } from '@viridial/core';\nimport { Flow } from '@viridial/security-policy';\nexport class Fixture {\n  public constructor(public readonly cidr: Cidr, public readonly flow: Flow) {}\n}\n",
  },
  'a target imports platform-addons': {
    file: 'packages/eks-platform/src/planner/fixture.ts',
    code: "import { Platform } from '@viridial/platform-addons';\nexport class Fixture extends Platform {}\n",
  },
  'the adapter of the target loads its framework': {
    file: 'packages/eks-platform/src/adapter/fixture.ts',
    code: "import { Stack } from 'aws-cdk-lib';\nexport class Fixture extends Stack {}\n",
  },
  'a planner makes a digest': {
    file: 'packages/eks-platform/src/planner/fixture.ts',
    code: "import { createHash } from 'node:crypto';\nexport const fixture = createHash('sha256').update('x').digest('hex');\n",
  },
  'a planner reads a date it was given': {
    file: 'packages/core/src/private/fixture.ts',
    code: "export const fixture = new Date('2026-11-21');\n",
  },
  'the writer of trees writes files': {
    file: 'packages/platform-addons/src/private/tree-files.ts',
    code: "export const fixture = process.getBuiltinModule('node:fs');\n",
  },
  'the chart of tenancy loads cdk8s': {
    file: 'packages/tenancy/src/tenancy-chart.ts',
    code: "import { Chart } from 'cdk8s';\nexport class TenancyChart extends Chart {}\n",
  },
  'a jsii package exports a class, an enum and a struct': {
    file: 'packages/core/src/fixture.ts',
    code: 'export class Fixture {}\nexport enum Kind { A = 1 }\nexport interface FixtureProps {\n  readonly kind: Kind;\n}\n',
  },
  'a private file of a jsii package exports a function': {
    file: 'packages/core/src/private/fixture.ts',
    code: 'export function fixture(): number {\n  return 1;\n}\n',
  },
  'a TypeScript package exports a function': {
    file: 'packages/eks-platform/src/planner/fixture.ts',
    code: 'export function fixture(): number {\n  return 1;\n}\n',
  },
  'a test imports what it likes': {
    file: 'packages/core/test/fixture.test.ts',
    code: "import { readFileSync } from 'node:fs';\nimport { Tenancy } from '@viridial/tenancy';\nexport const fixture = [readFileSync, Tenancy, Math.random(), process.env.HOME];\n",
  },
};

// one process and one ESLint for all fixtures; the rules that need types are off, because a file that does not
// exist has none
const LINT = `
import { loadESLint } from 'eslint';
const ESLint = await loadESLint({ useFlatConfig: false });
const eslint = new ESLint({
  cwd: process.cwd(),
  overrideConfig: {
    parserOptions: { projectService: false },
    rules: Object.fromEntries(input.typed.map((rule) => [rule, 'off'])),
  },
});
const found = {};
for (const [name, { file, code }] of Object.entries(input.fixtures)) {
  const [result] = await eslint.lintText(code, { filePath: file });
  found[name] = result.messages.map(({ ruleId, message }) => ({ ruleId, message }));
}
answer(found);
`;
const TYPED = ['@typescript-eslint/no-floating-promises', '@typescript-eslint/return-await', 'import/no-unresolved', 'import/no-extraneous-dependencies'];
const BOUNDARY = /^no-restricted-(globals|imports|properties|syntax)$/;

let found: Record<string, Message[]>;
beforeAll(() => {
  found = evaluate(LINT, { fixtures: { ...refused, ...allowed }, typed: TYPED });
});

describe('lint refuses it when', () => {
  test.each(Object.keys(refused))('%s', (name) => {
    const messages = found[name]!.filter(({ ruleId }) => BOUNDARY.test(ruleId ?? ''));
    expect(messages.map(({ message }) => message).join('\n')).toMatch(refused[name]!.says);
  });
});

describe('lint has nothing against it when', () => {
  test.each(Object.keys(allowed))('%s', (name) => {
    expect(found[name]!.filter(({ ruleId }) => ruleId === null || BOUNDARY.test(ruleId))).toEqual([]);
  });
});
