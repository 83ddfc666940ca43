/** Who counts as the platform, as the API server names them. */
export interface AdmissionPlatformProps {
  /**
   * Names of users; that of a service account is `system:serviceaccount:namespace:name`.
   * @default - none
   */
  readonly users?: string[];
  /**
   * Groups.
   * @default - none
   */
  readonly groups?: string[];
  /**
   * Service accounts, as `namespace/name`.
   * @default - none
   */
  readonly serviceAccounts?: string[];
}

/**
 * Who may change what the platform manages. Two always may and are not listed here: the control plane (controller manager,
 * scheduler, the service accounts of `kube-system`), and administrators in `system:masters` or `kubeadm:cluster-admins`, whom
 * no policy could keep from deleting it. On Amazon EKS administrators come through access entries and are in neither group.
 */
export class AdmissionPlatform {
  /**
   * The application controller of Argo CD, which applies what Applications without a service account of their own say. With
   * it, whatever such an Application holds counts as written by the platform: Applications of tenants need impersonation.
   * @param namespace namespace of Argo CD
   * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/app-sync-using-impersonation/
   */
  public static argoCd(namespace: string = 'argocd'): AdmissionPlatform {
    return AdmissionPlatform.of({ serviceAccounts: [`${namespace}/argocd-application-controller`] });
  }

  /**
   * The controllers of Flux that apply objects: Kustomizations and HelmReleases without `serviceAccountName`. With it,
   * whatever those hold counts as written by the platform: those of tenants need a service account.
   * @param namespace namespace of Flux
   * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
   */
  public static flux(namespace: string = 'flux-system'): AdmissionPlatform {
    return AdmissionPlatform.of({ serviceAccounts: [`${namespace}/helm-controller`, `${namespace}/kustomize-controller`] });
  }

  /**
   * Anybody else.
   * @param props who
   */
  public static of(props: AdmissionPlatformProps): AdmissionPlatform {
    const accounts = (props.serviceAccounts ?? []).map((account) => `system:serviceaccount:${account.replace('/', ':')}`);
    return new AdmissionPlatform([...props.users ?? [], ...accounts], props.groups ?? []);
  }

  /** Names of users, in one order. */
  public readonly users: string[];
  /** Groups, in one order. */
  public readonly groups: string[];

  private constructor(users: string[], groups: string[]) {
    this.users = [...new Set(users)].sort();
    this.groups = [...new Set(groups)].sort();
  }

  /**
   * Both.
   * @param other who else
   */
  public and(other: AdmissionPlatform): AdmissionPlatform {
    return new AdmissionPlatform([...this.users, ...other.users], [...this.groups, ...other.groups]);
  }
}
