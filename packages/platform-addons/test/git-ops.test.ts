import { InvalidInputError } from '@viridial/core';
import * as fc from 'fast-check';
import { ArgoCdGitOpsProps, GitOps, RepositoryAccess } from '../src';

const REPOSITORY = 'https://github.com/viridial/platform';

function refusal(props: ArgoCdGitOpsProps): string {
  try {
    GitOps.argoCd(props);
  } catch (error) {
    return String(error);
  }
  throw new Error('nothing was refused');
}

test('the tree is below argocd on the default branch when nothing else is said', () => {
  const gitOps = GitOps.argoCd({ repository: REPOSITORY });
  expect([gitOps.path, gitOps.revision, gitOps.access, gitOps.engineAddOn]).toEqual(['argocd', 'HEAD', RepositoryAccess.PUBLIC, 'argo-cd']);
});

test.each(['https://github.com/viridial/platform.git', 'git@github.com:viridial/platform.git', 'ssh://git@git.example.com:2222/platform'])(
  'address %s is accepted', (repository) => {
    expect(GitOps.argoCd({ repository }).repository).toBe(repository);
  });

test('an address over SSH needs a deploy key', () => {
  const gitOps = GitOps.argoCd({ repository: 'git@github.com:viridial/platform' });
  expect(gitOps.access).toBe(RepositoryAccess.SSH_KEY);
  expect(gitOps.secretSlots('argocd').map((slot) => [slot.id, slot.keys])).toEqual([['argocd/platform-repository', ['sshPrivateKey']]]);
});

test('a public repository needs no secret', () => {
  expect(GitOps.argoCd({ repository: REPOSITORY }).secretSlots('argocd')).toEqual([]);
});

test('the slot of a private repository says by which label and address Argo CD finds it', () => {
  const [slot] = GitOps.argoCd({ repository: REPOSITORY, access: RepositoryAccess.HTTPS_TOKEN }).secretSlots('argocd');
  expect(slot.keys).toEqual(['password', 'username']);
  expect(slot.labels).toEqual({ 'argocd.argoproj.io/secret-type': 'repository' });
  expect(slot.publicData).toEqual({ type: 'git', url: REPOSITORY });
  expect(slot.rights).toContain('read');
});

test('a GitHub App needs its three keys', () => {
  const [slot] = GitOps.argoCd({ repository: REPOSITORY, access: RepositoryAccess.GITHUB_APP }).secretSlots('argocd');
  expect(slot.keys).toEqual(['githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey']);
});

test('credentials in an address are refused and never repeated', () => {
  const message = refusal({ repository: 'https://bot:hunter2@github.com/viridial/platform' });
  expect(message).toContain('CredentialsInAddress');
  expect(message).not.toContain('hunter2');
});

test('a repository over plain HTTP is refused', () => {
  expect(refusal({ repository: 'http://git.example.com/platform' })).toContain("repository: 'http://git.example.com/platform' is not the address of a repository over an encrypted connection (UnencryptedRepository)");
});

test('all mistakes are reported together', () => {
  const message = refusal({ repository: 'nowhere', path: '../outside', revision: '-x', tenantRepositories: { shop: ['ftp://x'] } });
  for (const code of ['InvalidRepository', 'InvalidPath', 'InvalidRevision']) expect(message).toContain(code);
  expect(message).toContain('tenantRepositories.shop[0]');
});

test('a deploy key over HTTPS and a token over SSH are refused', () => {
  expect(refusal({ repository: REPOSITORY, access: RepositoryAccess.SSH_KEY })).toContain("access 'ssh-key' does not fit an address over HTTPS (AccessDoesNotFit); allowed: public, https-token, github-app");
  expect(refusal({ repository: 'git@github.com:a/b', access: RepositoryAccess.HTTPS_TOKEN })).toContain('AccessDoesNotFit');
});

test('no path leaves the repository', () => {
  fc.assert(fc.property(fc.string(), (path) => {
    try {
      const gitOps = GitOps.argoCd({ repository: REPOSITORY, path });
      expect(gitOps.path.split('/').every((segment) => segment.length > 0 && !segment.startsWith('.'))).toBe(true);
    } catch (error) {
      expect(InvalidInputError.isInvalidInputError(error)).toBe(true);
    }
  }));
});

test('a tenant comes from the platform repository unless it has its own', () => {
  const gitOps = GitOps.argoCd({ repository: REPOSITORY, tenantRepositories: { shop: ['https://github.com/shop/b', 'https://github.com/shop/a'] } });
  expect(gitOps.repositoriesOf('shop')).toEqual(['https://github.com/shop/a', 'https://github.com/shop/b']);
  expect(gitOps.repositoriesOf('payments')).toEqual([REPOSITORY]);
  expect(gitOps.repositoriesOf('constructor')).toEqual([REPOSITORY]);
});

test('repositories of a tenant that does not exist are an error', () => {
  const gitOps = GitOps.argoCd({ repository: REPOSITORY, tenantRepositories: { shopp: [] } });
  expect(gitOps.problemsWith(['shop']).map(String)).toEqual(["gitOps.tenantRepositories.shopp: there is no tenant 'shopp' (UnknownTenant); allowed: shop"]);
});
