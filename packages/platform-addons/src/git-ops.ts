import { Problem, Problems, SecretSlot } from '@viridial/core';
import { Tenant } from '@viridial/tenancy';
import { gitOpsProblems } from './private/git-ops-checks';

/** How the GitOps engine is let into a repository. */
export enum RepositoryAccess {
  /** Anybody may read it. */
  PUBLIC = 'public',
  /** Over HTTPS with a user name and a token that may read. */
  HTTPS_TOKEN = 'https-token',
  /** Over SSH with a deploy key that may read. */
  SSH_KEY = 'ssh-key',
  /** Over HTTPS as a GitHub App with the right to read contents. */
  GITHUB_APP = 'github-app',
}

/** Programs that reconcile a tree. */
export enum GitOpsEngine {
  /** Argo CD. */
  ARGO_CD = 'argo-cd',
}

/** Options of a repository that Argo CD reconciles. */
export interface ArgoCdGitOpsProps {
  /** Address of the repository: `https://…`, `ssh://…` or `git@host:owner/name`. Without credentials in it. */
  readonly repository: string;
  /**
   * Folder of the tree in the repository.
   * @default 'argocd'
   */
  readonly path?: string;
  /**
   * Branch, tag or commit that the cluster follows.
   * @default 'HEAD' - the repository's default branch
   */
  readonly revision?: string;
  /**
   * How Argo CD is let into the repository. What it needs is a secret slot, never a value.
   * @default - a deploy key for an SSH address, else public
   */
  readonly access?: RepositoryAccess;
  /**
   * Repositories that the Applications of a tenant may come from, by tenant. Whoever may write there may run what the tenant
   * may run.
   * @default - the repositories of the tenant's `applications`; only the platform's own for a tenant that has none
   */
  readonly tenantRepositories?: { [tenant: string]: string[] };
}

/** Keys of the Secret of each kind of access, as Argo CD names them (https://argo-cd.readthedocs.io/en/stable/operator-manual/argocd-repositories-yaml/). */
const KEYS: { [access: string]: string[] } = {
  [RepositoryAccess.HTTPS_TOKEN]: ['username', 'password'],
  [RepositoryAccess.SSH_KEY]: ['sshPrivateKey'],
  [RepositoryAccess.GITHUB_APP]: ['githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey'],
};

/** Where the tree of a platform lives, and which program brings clusters to it. */
export class GitOps {
  /**
   * A repository that Argo CD reconciles.
   * @param props the repository
   * @throws InvalidInputError with everything that is wrong with the address, the path or the revision
   */
  public static argoCd(props: ArgoCdGitOpsProps): GitOps {
    const problems = new Problems();
    problems.addAll(gitOpsProblems(props));
    problems.throwIfErrors('GitOps repository');
    return new GitOps(props);
  }

  /** The program that reconciles the tree. */
  public readonly engine: GitOpsEngine;
  /** Address of the repository. */
  public readonly repository: string;
  /** Folder of the tree in the repository. */
  public readonly path: string;
  /** Branch, tag or commit that the cluster follows. */
  public readonly revision: string;
  /** How the engine is let in. */
  public readonly access: RepositoryAccess;
  /** Name of the add-on that is the engine. */
  public readonly engineAddOn: string;
  private readonly perTenant: { [tenant: string]: string[] };

  private constructor(props: ArgoCdGitOpsProps) {
    this.engine = GitOpsEngine.ARGO_CD;
    this.engineAddOn = 'argo-cd';
    this.repository = props.repository;
    this.path = props.path ?? 'argocd';
    this.revision = props.revision ?? 'HEAD';
    this.access = props.access ?? (props.repository.startsWith('https:') ? RepositoryAccess.PUBLIC : RepositoryAccess.SSH_KEY);
    this.perTenant = props.tenantRepositories ?? {};
  }

  /** Tenants that have repositories of their own, sorted. */
  public get tenantsWithRepositories(): string[] {
    return Object.keys(this.perTenant).sort();
  }

  /**
   * Repositories that the Applications of a tenant may come from, sorted.
   * @param tenant name of the tenant
   * @param applications repositories of its applications
   */
  public repositoriesOf(tenant: string, applications: string[] = []): string[] {
    const usual = applications.length > 0 ? applications : [this.repository];
    const own = Object.hasOwn(this.perTenant, tenant) ? this.perTenant[tenant] : usual;
    return [...new Set(own)].sort();
  }

  /**
   * Secrets that the engine needs to read the repository.
   * @param namespace namespace of the engine
   */
  public secretSlots(namespace: string): SecretSlot[] {
    const keys = KEYS[this.access];
    if (!keys) return [];
    return [new SecretSlot({
      name: 'platform-repository',
      namespace,
      keys,
      purpose: `Argo CD reads ${this.repository}`,
      rights: 'read the contents of this one repository',
      labels: { 'argocd.argoproj.io/secret-type': 'repository' },
      publicData: { type: 'git', url: this.repository },
    })];
  }

  /**
   * What is wrong with the applications of a tenant: a repository that `tenantRepositories` does not have.
   * @param tenant the tenant
   */
  public problemsWithApplications(tenant: Tenant): Problem[] {
    const allowed = this.repositoriesOf(tenant.name, tenant.applications.map(({ repository }) => repository));
    return tenant.applications.flatMap(({ name, repository }, index) => (allowed.includes(repository) ? [] : [Problem.error({
      code: 'RepositoryNotAllowed',
      path: `tenants.${tenant.name}.applications[${index}].repository`,
      message: `application ${name} comes from ${repository}, which tenantRepositories does not have for ${tenant.name}`,
      value: repository,
      allowed: allowed.join(', '),
      cure: `add the repository to tenantRepositories.${tenant.name}, or leave the tenant out of tenantRepositories`,
    })]));
  }

  /**
   * What is wrong with it on a platform.
   * @param tenants names of the tenants
   */
  public problemsWith(tenants: string[]): Problem[] {
    return this.tenantsWithRepositories.filter((tenant) => !tenants.includes(tenant)).map((tenant) => Problem.error({
      code: 'UnknownTenant',
      path: `gitOps.tenantRepositories.${tenant}`,
      message: `there is no tenant '${tenant}'`,
      value: tenant,
      allowed: [...tenants].sort().join(', '),
    }));
  }
}
