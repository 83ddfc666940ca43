import { Problem } from '@viridial/core';
import type { ArgoCdGitOpsProps } from '../git-ops';

const HTTPS = /^https:\/\/(?!-)[A-Za-z0-9.-]+(:\d{1,5})?\/[A-Za-z0-9._~/-]+$/;
const SSH = /^(ssh:\/\/[A-Za-z0-9._-]+@[A-Za-z0-9.-]+(:\d{1,5})?\/[A-Za-z0-9._~/-]+|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[A-Za-z0-9._~/-]+)$/;
const PATH = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;
const REVISION = /^(?!-)[A-Za-z0-9._/-]+$/;
const ADDRESSES = 'https://host/path, ssh://git@host/path or git@host:path';

/** An address with a password in it must not be printed, so it is told apart before anything else. */
function addressProblem(path: string, address: string): Problem[] {
  if (/^[a-z+]+:\/\/[^/@]*:[^/@]*@/.test(address)) {
    return [Problem.error({
      code: 'CredentialsInAddress',
      path,
      message: 'the address of the repository has credentials in it, which would end up in Git',
      allowed: ADDRESSES,
      cure: 'take them out, revoke them, and say how the engine is let in with access',
    })];
  }
  if (HTTPS.test(address) || SSH.test(address)) return [];
  return [Problem.error({
    code: address.startsWith('http://') ? 'UnencryptedRepository' : 'InvalidRepository',
    path,
    message: `'${address}' is not the address of a repository over an encrypted connection`,
    value: address,
    allowed: ADDRESSES,
  })];
}

/** What is wrong with the props of a repository that Argo CD reconciles. */
export function gitOpsProblems(props: ArgoCdGitOpsProps): Problem[] {
  const problems = addressProblem('repository', props.repository);
  for (const tenant of Object.keys(props.tenantRepositories ?? {}).sort()) {
    (props.tenantRepositories?.[tenant] ?? []).forEach((address, index) => problems.push(...addressProblem(`tenantRepositories.${tenant}[${index}]`, address)));
  }
  if (props.path !== undefined && !PATH.test(props.path)) {
    problems.push(Problem.error({
      code: 'InvalidPath',
      path: 'path',
      message: `'${props.path}' is not a folder inside the repository`,
      value: props.path,
      allowed: 'names of letters, digits, points, hyphens and underscores, joined by slashes; none begins with a point',
    }));
  }
  if (props.revision !== undefined && !REVISION.test(props.revision)) {
    problems.push(Problem.error({
      code: 'InvalidRevision', path: 'revision', message: `'${props.revision}' is not a branch, tag or commit`, value: props.revision, allowed: 'a Git reference',
    }));
  }
  const overHttps = props.repository.startsWith('https:');
  const wrong = props.access !== undefined && (overHttps ? props.access === 'ssh-key' : props.access !== 'ssh-key');
  if (wrong) {
    problems.push(Problem.error({
      code: 'AccessDoesNotFit',
      path: 'access',
      message: `access '${props.access}' does not fit an address over ${overHttps ? 'HTTPS' : 'SSH'}`,
      value: props.access,
      allowed: overHttps ? 'public, https-token, github-app' : 'ssh-key',
    }));
  }
  return problems;
}
