/** The Node.js that every task of this repository runs on; it comes from the registry as a platform package. */
export const NODE_VERSION = '24.21.0';

/** The lowest Node.js that users of the published packages may have (docs/decisions/002-node.md). */
export const CONSUMER_NODE_VERSION = '22.12.0';

/** TypeScript 7 has no compiler API, which jsii and typescript-eslint need. */
export const TYPESCRIPT_VERSION = '~6.0.3';

/** The jsii compiler; its minor follows TypeScript's. */
export const JSII_VERSION = '~6.0.0';

/** The CDK command line that belongs to the pinned aws-cdk-lib; `latest` rejects our assemblies. */
export const AWS_CDK_CLI = 'aws-cdk@2.1129.0';

/** EKS Blueprints pins its peers exactly, so that it decides which aws-cdk-lib and which CLI we test with. */
export const EKS_BLUEPRINTS = '@aws-quickstart/eks-blueprints@1.19.0';

/** Frameworks that packages take from their users: one range each, tested at its low end. */
export const PEERS = {
  awsCdkLib: 'aws-cdk-lib@^2.261.0',
  cdk8s: 'cdk8s@^2.70.106',
  constructs: 'constructs@^10.6.0',
} as const;

/** Of these, two copies in one program break `instanceof`, tokens or the resource graph. */
export const SINGLE_COPIES = ['constructs', 'aws-cdk-lib', 'cdk8s', '@pulumi/pulumi'];

/** Tools live in the root only; a package lists what its own code imports. */
export const TOOLS = [
  '@changesets/cli@^3.0.3',
  '@types/jest@^30',
  '@types/node@^22',
  'esbuild@^0.28',
  'fast-check@^4',
  'jest@^30',
  'jsii-diff@^1.134.0',
  'jsii-docgen@^10.12.6',
  'jsii-pacmak@^1.140.0',
  'jsii-rosetta@~6.0.0',
  `jsii@${JSII_VERSION}`,
  'tsx@^4',
  `typescript@${TYPESCRIPT_VERSION}`,
  'wireit@^0.14.13',
  'yaml@^2.9.1',
];
