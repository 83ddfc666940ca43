import { Labels } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import { AddOnContext } from '../add-on-context';
import { CatalogueAddOn, CatalogueAddOnOptions } from '../catalogue-add-on';
import { Footprint } from '../footprint';
import { FootprintRule } from '../footprint-account';
import { FootprintWorkload, WorkloadKind } from '../footprint-workload';
import { APPLICATION_HEALTH } from '../private/application-health';
import { resources } from '../private/resources';
import { READ, rule, WRITE } from '../private/rules';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../private/security-contexts';

// the application controller keeps every watched object in memory: 3.x was seen killed below a gigabyte
const CONTROLLER = resources('250m', '1Gi', '2Gi');
const REPOSITORY_SERVER = resources('100m', '256Mi', '1Gi');
const SERVER = resources('50m', '128Mi', '512Mi');
const APPLICATION_SET = resources('50m', '128Mi', '512Mi');
const REDIS = resources('50m', '64Mi', '256Mi');
const OPTIONAL = resources('20m', '64Mi', '256Mi');

const SERVER_PORT = 8080;
const APPLICATIONS = ['applications', 'applicationsets', 'appprojects'];

/** Options of Argo CD. */
export interface ArgoCdProps extends CatalogueAddOnOptions {
  /**
   * Host name of its web interface. It is not published by this: an Ingress is yours to write.
   * @default - reached by `kubectl port-forward` only
   */
  readonly host?: string;
  /**
   * Whether Git and chart repositories, and the identity provider, are in private networks. Exposes everything that the cluster's
   * network routes to, other than the cluster itself, to whoever writes a repository that Argo CD renders.
   * @default false
   */
  readonly privateRepositories?: boolean;
  /**
   * TCP ports of Git and chart repositories.
   * @default [22, 443]
   */
  readonly repositoryPorts?: number[];
  /**
   * Whether Dex runs, which signs people in through an identity provider. It needs its configuration in `values`.
   * @default false
   */
  readonly singleSignOn?: boolean;
  /**
   * Whether the notifications controller runs.
   * @default false
   */
  readonly notifications?: boolean;
}

/**
 * Argo CD: brings the cluster to the state that the GitOps tree describes and keeps it there.
 *
 * Terminals into pods are off, nobody who signs in has a right that was not given by name, and the health of
 * Applications is judged, so that sync waves over Applications hold.
 */
export class ArgoCd extends CatalogueAddOn {
  private readonly host?: string;
  private readonly privateRepositories: boolean;
  private readonly repositoryPorts: number[];
  private readonly singleSignOn: boolean;
  private readonly notifications: boolean;

  constructor(props: ArgoCdProps = {}) {
    super({ name: 'argo-cd', options: props });
    this.host = props.host;
    this.privateRepositories = props.privateRepositories ?? false;
    this.repositoryPorts = props.repositoryPorts ?? [22, 443];
    this.singleSignOn = props.singleSignOn ?? false;
    this.notifications = props.notifications ?? false;
  }

  public footprint(context: AddOnContext): Footprint {
    const workload = (
      kind: WorkloadKind, name: string, account: string | undefined, ports: number[], quantities: typeof CONTROLLER,
    ): FootprintWorkload => ({
      kind,
      name: `argocd-${name}`,
      serviceAccount: account,
      securityContext: RESTRICTED_POD,
      containers: [{
        name, ports: ports.map((port) => ({ port })), securityContext: { ...RESTRICTED_CONTAINER, runAsNonRoot: true }, ...quantities,
      }],
    });
    const configuration = [rule('', ['secrets', 'configmaps'], READ), rule('argoproj.io', APPLICATIONS, WRITE), rule('', ['events'], ['create', 'list'])];
    return new Footprint({
      workloads: [
        workload(WorkloadKind.STATEFUL_SET, 'application-controller', 'argocd-application-controller', [8082], CONTROLLER),
        workload(WorkloadKind.DEPLOYMENT, 'repo-server', 'argocd-repo-server', [8081, 8084], REPOSITORY_SERVER),
        workload(WorkloadKind.DEPLOYMENT, 'server', 'argocd-server', [SERVER_PORT, 8083], SERVER),
        workload(WorkloadKind.DEPLOYMENT, 'applicationset-controller', 'argocd-applicationset-controller', [7000, 8080, 8081], APPLICATION_SET),
        workload(WorkloadKind.DEPLOYMENT, 'redis', undefined, [6379], REDIS),
        workload(WorkloadKind.JOB, 'redis-secret-init', 'argocd-redis-secret-init', [], OPTIONAL),
        ...(this.singleSignOn ? [workload(WorkloadKind.DEPLOYMENT, 'dex-server', 'argocd-dex-server', [5556, 5557, 5558], OPTIONAL)] : []),
        ...(this.notifications ? [workload(WorkloadKind.DEPLOYMENT, 'notifications-controller', 'argocd-notifications-controller', [9001], OPTIONAL)] : []),
      ],
      accounts: [
        // it applies whatever the tree holds, so it may do everything: the tree is the way to cluster-admin
        {
          name: 'argocd-application-controller',
          clusterRules: [rule('*', ['*'], ['*']), { nonResourceUrls: ['*'], verbs: ['*'] }],
          rules: configuration,
          accepted: { WildcardRole: 'Argo CD applies whatever the tree holds; who may write to the repository is who administers the cluster' },
        },
        { name: 'argocd-repo-server', rules: [] },
        {
          name: 'argocd-server',
          clusterRules: serverRules(),
          rules: [...configuration, rule('', ['secrets', 'configmaps'], WRITE)],
          accepted: {
            WildcardRole: 'the web interface shows and changes any object, for people whom the roles of Argo CD allow it',
            EscalationPath: 'the web interface shows and changes any object: whoever holds it is as good as the controller beside it',
          },
        },
        { name: 'argocd-applicationset-controller', rules: [...configuration, rule('coordination.k8s.io', ['leases'], WRITE)] },
        {
          name: 'argocd-redis-secret-init',
          rules: [rule('', ['secrets'], ['get'], ['argocd-redis']), rule('', ['secrets'], ['create'])],
          accepted: { EscalationPath: 'the job makes one Secret before anything else runs and is gone; RBAC cannot say which Secret may be created' },
        },
        ...(this.singleSignOn ? [{ name: 'argocd-dex-server', rules: [rule('', ['secrets', 'configmaps'], READ)] }] : []),
        ...(this.notifications ? [{ name: 'argocd-notifications-controller', rules: [...configuration] }] : []),
      ],
      flows: [
        Flow.dns({ reason: 'Argo CD resolves Git and chart repositories' }),
        Flow.kubeApiServer({ reason: `Argo CD applies the tree of ${context.clusterName}` }),
        Flow.internet({
          ports: this.repositoryPorts.map((port) => ({ port })),
          privateNetworks: this.privateRepositories,
          reason: 'Git and chart repositories are fetched over HTTPS or SSH',
        }),
        ...(this.host && context.profile.ingress ? [Flow.ingressIn({
          name: 'ingress-to-argocd',
          ports: [{ port: SERVER_PORT }],
          podLabels: { 'app.kubernetes.io/name': 'argocd-server' },
          reason: 'people use the web interface',
        })] : []),
      ],
      customResourceDefinitions: this.release.crds,
    });
  }

  protected valuesOn(context: AddOnContext): { [key: string]: any } {
    return {
      // the release is named like the add-on; the objects keep the names that Argo CD's own documents and tools use
      fullnameOverride: 'argocd',
      global: {
        ...(this.host ? { domain: this.host } : {}),
        additionalLabels: { [Labels.PLATFORM]: context.platformName },
        // policies only ever add: the chart's own would open the web interface to every pod of the cluster
        networkPolicy: { create: false },
      },
      // removing the release must not remove every Application with it
      crds: { install: true, keep: true },
      configs: {
        cm: {
          'exec.enabled': false,
          'resource.customizations.health.argoproj.io_Application': APPLICATION_HEALTH,
        },
        rbac: { 'policy.default': '' },
      },
      controller: { resources: CONTROLLER },
      repoServer: { resources: REPOSITORY_SERVER },
      server: { resources: SERVER },
      applicationSet: { resources: APPLICATION_SET },
      redis: { resources: REDIS },
      redisSecretInit: { resources: OPTIONAL },
      dex: { enabled: this.singleSignOn, ...(this.singleSignOn ? { resources: OPTIONAL } : {}) },
      notifications: { enabled: this.notifications, ...(this.notifications ? { resources: OPTIONAL } : {}) },
    };
  }
}

/** The web interface shows every object, reads logs, and deletes and changes what a signed-in person may. */
function serverRules(): FootprintRule[] {
  return [
    rule('*', ['*'], ['delete', 'get', 'patch']),
    rule('', ['events'], ['list', 'create']),
    rule('', ['pods', 'pods/log'], ['get']),
    rule('batch', ['jobs', 'cronjobs', 'cronjobs/finalizers'], ['create', 'update']),
  ];
}
