import { JsiiLibrary } from './projenrc/jsii-library';
import { Monorepo } from './projenrc/monorepo';
import { TypeScriptLibrary } from './projenrc/typescript-library';
import { AWS_CDK_CLI, EKS_BLUEPRINTS, PEERS } from './projenrc/versions';

const root = new Monorepo({
  name: 'viridial',
  projenVersion: '0.103.25',
  devDeps: ['@types/semver@^7', 'constructs@10.6.0', 'semver@^7', 'verdaccio@6.10.4'],
});

const core = new JsiiLibrary({
  parent: root,
  name: 'core',
  description: 'CIDRs, quantities, manifests, cluster profiles, collected errors and the dated catalogue of versions that Viridial stands on',
  keywords: ['kubernetes', 'cidr', 'yaml'],
  vendored: ['ipaddr.js@^2.5.0'],
  devDeps: ['js-yaml@^5', 'yaml@^2.9.1'],
});
const securityPolicy = new JsiiLibrary({
  parent: root,
  name: 'security-policy',
  description: 'One statement of who may talk to whom and who may do what, rendered for the cluster it runs on',
  keywords: ['kubernetes', 'network-policy', 'rbac', 'pod-security', 'admission-policy'],
  workspacePeers: [core],
  devDeps: ['@marcbachmann/cel-js@8.0.0'], // tests read the expressions of admission policies with it
});
const proof = new JsiiLibrary({
  parent: root,
  name: 'proof',
  description: 'Offline proof that Kubernetes manifests keep what a policy promises: Pod Security, reachability, access, admission',
  keywords: ['kubernetes', 'network-policy', 'rbac', 'pod-security', 'admission', 'cel', 'policy'],
  vendored: ['@marcbachmann/cel-js@8.0.0', 'yaml@^2.9.1'],
  devDeps: [PEERS.cdk8s, PEERS.constructs], // tests only: what validates constructs and charts is told apart by its shape
  workspacePeers: [core],
});
const tenancy = new JsiiLibrary({
  parent: root,
  name: 'tenancy',
  description: 'Tenants and environments to namespaces, quotas, limits, roles and network policies',
  keywords: ['kubernetes', 'cdk8s', 'multi-tenancy'],
  peerDeps: [PEERS.constructs, PEERS.cdk8s],
  workspacePeers: [core, securityPolicy],
  devDeps: ['@viridial/proof@>=0.0.0'], // who judges in the tests what is rendered here
  extraScripts: { test: { dependencies: ['../proof:compile'] } },
});
const platformAddons = new JsiiLibrary({
  parent: root,
  name: 'platform-addons',
  description: 'The Platform, its catalogue of add-ons, and the GitOps repository a cluster reconciles',
  keywords: ['kubernetes', 'gitops', 'argo-cd', 'helm'],
  workspacePeers: [core, securityPolicy, proof, tenancy],
  devDeps: ['yaml@^2.9.1'],
});
const eksPlatform = new TypeScriptLibrary({
  parent: root,
  name: 'eks-platform',
  description: 'One Platform on Amazon EKS, built on EKS Blueprints: network, data and cluster stacks, proved before deploy',
  keywords: ['aws', 'cdk', 'aws-cdk', 'eks', 'kubernetes'],
  peerDeps: [PEERS.constructs, PEERS.awsCdkLib],
  deps: [EKS_BLUEPRINTS], // a dependency, not a peer: its exact peers would block newer aws-cdk-lib (docs/decisions/007-eks-blueprints.md)
  devDeps: ['@aws/cloudformation-validate@1.9.0-beta', 'cdk-nag@^3.0.2'],
  workspacePeers: [core, securityPolicy, proof, tenancy, platformAddons],
});

const eksExample = new TypeScriptLibrary({
  parent: root,
  folder: 'examples',
  directory: 'eks',
  name: 'example-eks',
  description: 'The platform of the example on Amazon EKS',
  jest: false,
  rootDir: '..',
  extraSources: ['../platform.ts'],
  deps: [PEERS.constructs, PEERS.awsCdkLib, 'tsx@^4'],
  devDeps: [AWS_CDK_CLI],
  workspaceDeps: [core, securityPolicy, proof, tenancy, platformAddons, eksPlatform],
});

new TypeScriptLibrary({
  parent: root,
  folder: 'testing',
  name: 'consumers',
  description: 'The first programs a consumer writes, compiled, run, and run again outside the tree on the packed packages',
  deps: [PEERS.constructs, PEERS.awsCdkLib, PEERS.cdk8s],
  workspaceDeps: [core, securityPolicy, proof, tenancy, platformAddons, eksPlatform],
  extraScripts: {
    test: {
      dependencies: [core, securityPolicy, proof, tenancy, platformAddons, eksPlatform].map((w) => `../../${w.workspaceDirectory}:package`),
    },
  },
});
new TypeScriptLibrary({
  parent: root,
  folder: 'testing',
  name: 'monorepo',
  description: 'Tests of the tools and boundaries of this repository',
  testsOnly: true,
  workspaceDeps: [core, securityPolicy, proof, tenancy, platformAddons], // the tools under test use them
  extraScripts: {
    test: {
      files: [
        '../../projenrc/**', '../../.projenrc.ts', '../../.eslintrc.json', '../../package.json', '../../package-lock.json',
        '../../{packages,examples,testing}/*/package.json', '../../packages/*/README.md', '../../README.md', '../../.ci/run',
        '../../.changeset/*', '../release/**', '../cluster/**', '../mutation/**', '../consumers/src/**',
      ],
    },
  },
});
new TypeScriptLibrary({
  parent: root,
  folder: 'testing',
  name: 'demo',
  description: 'The demo of all examples: plans, renders, proves, synthesizes, validates and summarises',
  deps: [PEERS.constructs, PEERS.awsCdkLib, '@aws/cloudformation-validate@1.9.0-beta', 'cdk-nag@^3.0.2', 'yaml@^2.9.1'],
  workspaceDeps: [core, securityPolicy, proof, tenancy, platformAddons, eksPlatform, eksExample],
});

root.synth();
