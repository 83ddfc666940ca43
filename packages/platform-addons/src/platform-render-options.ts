import { TenancyAdmission } from '@viridial/tenancy';
import { AddOnOwner } from './add-on-owner';
import { GitOps } from './git-ops';

/** Which cluster a platform is rendered for. */
export interface PlatformRenderOptions {
  /** Name of the cluster, a DNS label, unique among the clusters that share a repository. */
  readonly clusterName: string;
  /**
   * Environments that the cluster carries.
   * @default - all environments of the platform
   */
  readonly environments?: string[];
  /**
   * Where the tree of the cluster lives. The engine's add-on is put on the platform when it is not there.
   * @default - there is no tree, and the bootstrap owns every add-on
   */
  readonly gitOps?: GitOps;
  /**
   * Who installs an add-on, by its name.
   * @default - the bootstrap installs the GitOps engine, the tree everything else
   */
  readonly owners?: { [addOn: string]: AddOnOwner };
  /**
   * Whether admission policies are rendered. Without, and without another guard, this exposes the tenants to each other: see
   * `TenancyRenderOptions.admission`.
   * @default true
   */
  readonly admission?: boolean;
  /**
   * What the admission policies are like. The GitOps engine counts as the platform without being named.
   * @default - the defaults of `TenancyAdmission`
   */
  readonly admissionSettings?: TenancyAdmission;
}
