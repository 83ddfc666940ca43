import { github, JsonFile, TextFile } from 'projen';
import { Monorepo } from './monorepo';
import { NODE_VERSION } from './versions';

const CHECKOUT = 'actions/checkout@v5';
const SETUP_NODE = 'actions/setup-node@v5';
const SETUP_GO = 'actions/setup-go@v6';

/** setup-envtest brings the API server of the version that its evaluators know; the controller manager of the same version comes beside it. */
const CONTROL_PLANE = [
  'go install sigs.k8s.io/controller-runtime/tools/setup-envtest@latest',
  'assets=$("$(go env GOPATH)/bin/setup-envtest" use 1.36.x -p path)',
  'version=$("$assets/kube-apiserver" --version | cut -d " " -f 2)',
  'mkdir -p "$RUNNER_TEMP/control-plane"',
  'curl -fsSLo "$RUNNER_TEMP/control-plane/kube-controller-manager" "https://dl.k8s.io/$version/bin/linux/amd64/kube-controller-manager"',
  'chmod +x "$RUNNER_TEMP/control-plane/kube-controller-manager"',
  'echo "$RUNNER_TEMP/control-plane" >> "$GITHUB_PATH"',
  'echo "KUBEBUILDER_ASSETS=$assets" >> "$GITHUB_ENV"',
].join('\n');

/** What a pull request says of itself. */
export const PULL_REQUEST_TEMPLATE = [
  '## Why',
  '',
  'What a user could not do before, or what went wrong. Link the issue.',
  '',
  '## What was tried for real',
  '',
  'Which programs judged the output (API server, kubeadm, kustomize, validators, CLIs), and what was not tried.',
  '',
  '- [ ] `npx projen build` and `npx projen demo` pass',
  '- [ ] a changeset tells users of it (`npx changeset`), or nothing published changed',
  '- [ ] README, decision record and diagrams say what is true now',
];

const { JobPermission } = github.workflows;

/** Workflows and ownership under `.github`. */
export function addGithub(root: Monorepo): void {
  const setUp = (fetchDepth = 1): github.workflows.JobStep[] => [
    { name: 'Checkout', uses: CHECKOUT, with: { 'fetch-depth': fetchDepth } },
    { name: 'Node.js', uses: SETUP_NODE, with: { 'node-version': NODE_VERSION, 'cache': 'npm' } },
  ];

  const build = new github.GithubWorkflow(root.github!, 'build', { limitConcurrency: true });
  build.on({ pullRequest: {}, push: { branches: ['main'] }, workflowDispatch: {} });
  build.addJobs({
    build: {
      runsOn: ['ubuntu-latest'],
      permissions: { contents: JobPermission.READ },
      env: { CI: 'true' },
      steps: [
        ...setUp(),
        { name: 'Build', run: 'npm ci && npx projen build' },
        // the only language whose sources a runner compiles without the packages they import
        { name: 'Compile the Python sources', run: 'python3 -m compileall -q packages/*/dist/python' },
      ],
    },
    demo: {
      runsOn: ['ubuntu-latest'],
      permissions: { contents: JobPermission.READ },
      steps: [
        ...setUp(),
        { name: 'Demo', run: 'npm ci && npx projen demo' },
        { name: 'Keep what it made', uses: 'actions/upload-artifact@v4', with: { name: 'demo', path: 'dist/demo' } },
      ],
    },
    cluster: {
      name: 'test:cluster',
      runsOn: ['ubuntu-latest'],
      permissions: { contents: JobPermission.READ },
      env: { CI: 'true' },
      steps: [
        ...setUp(),
        { name: 'Go', uses: SETUP_GO, with: { 'go-version': 'stable', 'cache': false } },
        { name: 'etcd, kube-apiserver and kube-controller-manager', run: CONTROL_PLANE },
        { name: 'Ask a real API server', run: 'npm ci && npx projen test:cluster' },
      ],
    },
    mutation: {
      name: 'test:mutation',
      runsOn: ['ubuntu-latest'],
      permissions: { contents: JobPermission.READ },
      env: { CI: 'true' },
      steps: [...setUp(), { name: 'Weaken what is rendered', run: 'npm ci && npx projen test:mutation' }],
    },
    release: {
      name: 'test:release',
      runsOn: ['ubuntu-latest'],
      permissions: { contents: JobPermission.READ },
      env: { CI: 'true' },
      steps: [...setUp(), { name: 'Publish to loopback and consume', run: 'npm ci && npx projen test:release' }],
    },
  });

  const release = new github.GithubWorkflow(root.github!, 'release', { limitConcurrency: true, concurrencyOptions: { cancelInProgress: false } });
  release.on({ push: { branches: ['main'] }, workflowDispatch: {} });
  release.addJob('release', {
    runsOn: ['ubuntu-latest'],
    // id-token: npm's trusted publishing; no npm token exists
    permissions: { contents: JobPermission.WRITE, pullRequests: JobPermission.WRITE, idToken: JobPermission.WRITE },
    env: { CI: 'true', NPM_CONFIG_PROVENANCE: 'true' },
    steps: [
      ...setUp(0),
      { name: 'Build', run: 'npm ci && npx projen build' },
      {
        name: 'Open the release pull request, or publish what it released',
        uses: 'changesets/action@v1',
        with: { version: 'npx projen release:version', publish: 'npx projen release:publish', title: 'chore: release', commit: 'chore: release' },
        env: { GITHUB_TOKEN: '${{ secrets.GITHUB_TOKEN }}' },
      },
    ],
  });

  // npm packages are raised by the upgrade workflow; charts and add-ons of the catalogue carry a comment each
  new JsonFile(root, '.github/renovate.json', {
    marker: false,
    obj: {
      $schema: 'https://docs.renovatebot.com/renovate-schema.json',
      enabledManagers: ['custom.regex'],
      customManagers: [{
        customType: 'regex',
        managerFilePatterns: ['/^packages/core/src/private/.+\\.ts$/'],
        matchStrings: ['// renovate: datasource=(?<datasource>\\S+) depName=(?<depName>\\S+)( registryUrl=(?<registryUrl>\\S+))?\\n\\s+version: \'(?<currentValue>[^\']+)\''],
      }],
    },
  });

  new TextFile(root, '.github/CODEOWNERS', { lines: ['* @viridial/maintainers', '/packages/security-policy/ @viridial/security', '/packages/proof/ @viridial/security', '/.github/ @viridial/maintainers'] });
}
