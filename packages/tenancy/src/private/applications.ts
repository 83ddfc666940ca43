import { KubernetesName, Problems } from '@viridial/core';
import { Tenant } from '../tenant';
import { RenderedApplication, TenantApplication } from '../tenant-application';
import { compareText } from './compare';
import { collectEnvironments } from './members';
import { tenantNamespace } from './namespaces';

const HTTPS = /^https:\/\/(?!-)[A-Za-z0-9.-]+(:\d{1,5})?\/[A-Za-z0-9._~/-]+$/;
const SSH = /^(ssh:\/\/[A-Za-z0-9._-]+@[A-Za-z0-9.-]+(:\d{1,5})?\/[A-Za-z0-9._~/-]+|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[A-Za-z0-9._~/-]+)$/;
const OCI = /^oci:\/\/[A-Za-z0-9.-]+(:\d{1,5})?\/[A-Za-z0-9._~/-]+$/;
const FOLDER = /^([A-Za-z0-9_-][A-Za-z0-9._-]*|\{environment\})(\/(?!\.)([A-Za-z0-9._-]|\{environment\})+)*$/;
const REVISION = /^(?!-)([A-Za-z0-9._/+-]|\{environment\})+$/;
const ADDRESSES = 'https://host/path, ssh://git@host/path or git@host:path; oci://host/path for a chart';

/** Helm's own limit on the names of releases, which the engine takes over. */
const LONGEST_RELEASE = 53;

/** Checks the applications of a tenant. */
export function collectApplications(problems: Problems, tenant: Tenant, environments: string[]): void {
  const seen = new Map<string, number>();
  tenant.applications.forEach((application, index) => {
    const path = `tenants.${tenant.name}.applications[${index}]`;
    const { name } = application;
    KubernetesName.collectDnsLabel(problems, `${path}.name`, name, 'application name');
    if (seen.has(name)) {
      problems.error({ code: 'DuplicateName', path: `${path}.name`, message: `application ${name} is named by applications[${seen.get(name)}] already`, value: name, cure: 'name it once' });
    }
    seen.set(name, index);
    if (name.length > LONGEST_RELEASE) {
      problems.error({
        code: 'ApplicationNameTooLong', path: `${path}.name`, message: `application ${name} has ${name.length} characters`, value: name, allowed: `at most ${LONGEST_RELEASE} characters`, cure: 'shorten it',
      });
    }
    collectEnvironments(problems, `${path}.environments`, application.environments, environments);
    collectSource(problems, path, application);
    collectAddress(problems, `${path}.repository`, application);
  });
}

/** The applications of a tenant in one environment, by name. */
export function applicationsIn(tenant: Tenant, environment: string, deployerHome: string): RenderedApplication[] {
  const namespace = tenantNamespace(tenant.name, environment);
  const inEnvironment = (text: string): string => text.replaceAll('{environment}', environment);
  return tenant.applications
    .filter(({ environments }) => environments === undefined || environments.includes(environment))
    .sort((a, b) => compareText(a.name, b.name))
    .map(({ name, repository, path, chart, revision = 'HEAD', values }) => ({
      id: `${namespace}.${name}`,
      name,
      tenant: tenant.name,
      environment,
      namespace,
      repository,
      revision: inEnvironment(revision),
      deployer: `${deployerHome}/${namespace}`,
      ...(path === undefined ? { chart, ...(values === undefined ? {} : { values }) } : { path: inEnvironment(path) }),
    }));
}

function collectSource(problems: Problems, at: string, { name, path, chart, revision, values }: TenantApplication): void {
  if ((path === undefined) === (chart === undefined)) {
    problems.error({
      code: 'AmbiguousSource',
      path: at,
      message: `application ${name} ${path === undefined ? 'has neither a path nor a chart' : 'has both a path and a chart'}`,
      allowed: 'one of path and chart',
      cure: path === undefined ? 'name the folder in the repository, or the chart' : 'take one of them away',
    });
  }
  if (path !== undefined && !FOLDER.test(path)) {
    problems.error({
      code: 'InvalidPath', path: `${at}.path`, message: `'${path}' is not a folder inside the repository`, value: path, allowed: 'names joined by slashes, none of which begins with a point; {environment} for the environment', cure: 'write it from the root of the repository',
    });
  }
  if (chart !== undefined && revision === undefined) {
    problems.error({
      code: 'ChartWithoutVersion', path: `${at}.revision`, message: `chart ${chart} has no version, so what runs would change by itself`, allowed: 'a version of the chart', cure: 'give revision',
    });
  }
  if (revision !== undefined && !REVISION.test(revision)) {
    problems.error({ code: 'InvalidRevision', path: `${at}.revision`, message: `'${revision}' is neither a reference nor a version`, value: revision, allowed: 'a branch, tag, commit or version', cure: 'correct it' });
  }
  if (values !== undefined && chart === undefined) {
    problems.error({ code: 'NothingToNarrow', path: `${at}.values`, message: 'values are for a chart, and there is none', cure: 'name a chart, or take the values away' });
  }
}

/** An address with a password in it must not be printed, so it is told apart before anything else. */
function collectAddress(problems: Problems, path: string, { repository, chart }: TenantApplication): void {
  if (/^[a-z+]+:\/\/[^/@]*:[^/@]*@/.test(repository)) {
    problems.error({
      code: 'CredentialsInAddress', path, message: 'the address of the repository has credentials in it, which would end up in Git', allowed: ADDRESSES, cure: 'take them out and revoke them',
    });
    return;
  }
  if (HTTPS.test(repository) || SSH.test(repository) || (chart !== undefined && OCI.test(repository))) return;
  problems.error({
    code: 'InvalidRepository', path, message: `'${repository}' is not the address of a repository over an encrypted connection`, value: repository, allowed: ADDRESSES, cure: 'correct the address',
  });
}
