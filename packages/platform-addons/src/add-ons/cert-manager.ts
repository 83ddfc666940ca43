import { Labels, Problem } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import { AddOnContext } from '../add-on-context';
import { CatalogueAddOn, CatalogueAddOnOptions } from '../catalogue-add-on';
import { Footprint } from '../footprint';
import { FootprintWorkload, WorkloadKind } from '../footprint-workload';
import { Need } from '../need';
import { ownIngressFlows } from '../private/ground-flows';
import { resources } from '../private/resources';
import { LEASE, READ, rule, WRITE } from '../private/rules';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../private/security-contexts';

/** Who signs certificates. */
export enum CertificateIssuer {
  /** Let's Encrypt without trust in browsers and with high limits: for trying. */
  LETS_ENCRYPT_STAGING = 'letsencrypt-staging',
  /** Let's Encrypt, trusted, at most 50 certificates a week and registered domain. */
  LETS_ENCRYPT_PRODUCTION = 'letsencrypt-production',
}

/** Directory URLs of the ACME services (https://letsencrypt.org/docs/acme-protocol-updates/). */
const DIRECTORIES: { [issuer: string]: string } = {
  [CertificateIssuer.LETS_ENCRYPT_STAGING]: 'https://acme-staging-v02.api.letsencrypt.org/directory',
  [CertificateIssuer.LETS_ENCRYPT_PRODUCTION]: 'https://acme-v02.api.letsencrypt.org/directory',
};

const CONTROLLER = resources('50m', '128Mi', '512Mi');
const WEBHOOK = resources('20m', '48Mi', '128Mi');
const INJECTOR = resources('50m', '128Mi', '512Mi');
const HOOK = resources('10m', '32Mi', '64Mi');
const WEBHOOK_PORT = 10250;

/** Options of cert-manager. */
export interface CertManagerProps extends CatalogueAddOnOptions {
  /** Mail address of the ACME account: Let's Encrypt writes there when something is wrong with the account. */
  readonly email: string;
  /**
   * Issuers that every namespace may use (ClusterIssuers), named like the enum's values. They prove names over HTTP-01
   * through the ingress class of the profile, so they need an ingress.
   * @default - both issuers of Let's Encrypt
   */
  readonly issuers?: CertificateIssuer[];
  /**
   * Number of pods of the controller, the webhook and the CA injector. The webhook is called for every change to a certificate.
   * @default 1
   */
  readonly replicas?: number;
}

/** Certificates for Ingresses and Services, made and renewed in time. */
export class CertManager extends CatalogueAddOn {
  private readonly email: string;
  private readonly issuers: CertificateIssuer[];
  private readonly replicas: number;

  constructor(props: CertManagerProps) {
    const issuers = props.issuers ?? [CertificateIssuer.LETS_ENCRYPT_STAGING, CertificateIssuer.LETS_ENCRYPT_PRODUCTION];
    super({ name: 'cert-manager', options: props, requires: issuers.length > 0 ? [Need.INGRESS] : [] });
    this.email = props.email;
    this.issuers = [...new Set(issuers)].sort();
    this.replicas = props.replicas ?? 1;
  }

  public footprint(context: AddOnContext): Footprint {
    const workload = (name: string, ports: number[], quantities: typeof CONTROLLER): FootprintWorkload => ({
      kind: WorkloadKind.DEPLOYMENT,
      name,
      replicas: this.replicas,
      serviceAccount: name,
      securityContext: RESTRICTED_POD,
      containers: [{ name, ports: ports.map((port) => ({ port })), securityContext: RESTRICTED_CONTAINER, ...quantities }],
    });
    const acme = ['certificates', 'certificaterequests', 'orders', 'challenges', 'issuers', 'clusterissuers'];
    return new Footprint({
      workloads: [
        workload('cert-manager', [9402, 9403], CONTROLLER),
        workload('cert-manager-webhook', [WEBHOOK_PORT, 6080, 9402], WEBHOOK),
        workload('cert-manager-cainjector', [9402], INJECTOR),
        { ...workload('cert-manager-startupapicheck', [], HOOK), kind: WorkloadKind.JOB },
      ],
      accounts: [
        {
          name: 'cert-manager',
          clusterRules: [
            ...['cert-manager.io', 'acme.cert-manager.io'].map((group) => rule(group, acme.flatMap((each) => [each, `${each}/status`, `${each}/finalizers`]), WRITE)),
            rule('', ['secrets'], WRITE),
            rule('', ['pods', 'services'], ['create', 'delete', 'get', 'list', 'watch']),
            rule('', ['events'], ['create', 'patch']),
            rule('networking.k8s.io', ['ingresses', 'ingresses/finalizers'], WRITE),
            rule('gateway.networking.k8s.io', ['gateways', 'httproutes'], WRITE),
            rule('certificates.k8s.io', ['certificatesigningrequests', 'certificatesigningrequests/status'], [...READ, 'update', 'patch']),
            rule('certificates.k8s.io', ['signers'], ['sign'], ['issuers.cert-manager.io/*', 'clusterissuers.cert-manager.io/*']),
          ],
          rules: LEASE,
          accepted: { EscalationPath: 'certificates become Secrets of every namespace, and whoever writes and reads those can become anybody' },
        },
        {
          name: 'cert-manager-webhook',
          clusterRules: [rule('authorization.k8s.io', ['subjectaccessreviews'], ['create'])],
          rules: [rule('', ['secrets'], WRITE, ['cert-manager-webhook-ca']), rule('', ['secrets'], ['create'])],
          accepted: { EscalationPath: 'it makes the Secret of its own authority; RBAC cannot say which Secret may be created' },
        },
        {
          name: 'cert-manager-cainjector',
          clusterRules: [
            rule('cert-manager.io', ['certificates'], READ),
            rule('', ['secrets'], READ),
            rule('', ['events'], ['create', 'get', 'update', 'patch']),
            rule('admissionregistration.k8s.io', ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'], [...READ, 'update', 'patch']),
            rule('apiregistration.k8s.io', ['apiservices'], [...READ, 'update', 'patch']),
            rule('apiextensions.k8s.io', ['customresourcedefinitions'], [...READ, 'update', 'patch']),
          ],
          rules: LEASE,
          accepted: { EscalationPath: 'writing authorities into webhooks and API services is what it is for' },
        },
        { name: 'cert-manager-startupapicheck', rules: [rule('cert-manager.io', ['certificaterequests'], ['create'])] },
      ],
      flows: [
        Flow.dns({ reason: 'cert-manager resolves the ACME service and the names it proves' }),
        Flow.kubeApiServer({ reason: `cert-manager keeps the certificates of ${context.clusterName}` }),
        Flow.webhookIn({ ports: [{ port: WEBHOOK_PORT }], reason: 'the API server has cert-manager objects checked and converted' }),
        ...(this.issuers.length > 0 ? ownIngressFlows(context, [80, 443], 'cert-manager fetches a challenge before it is announced') : []),
        Flow.internet({ ports: [{ port: 443 }, { port: 80 }], reason: 'ACME is spoken over HTTPS, and a challenge is fetched over HTTP before it is announced' }),
      ],
      customResourceDefinitions: this.release.crds,
    });
  }

  public manifests(context: AddOnContext): any[] {
    const className = context.profile.ingress?.className;
    if (!className) return [];
    return this.issuers.map((issuer) => ({
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { name: issuer },
      spec: {
        acme: {
          server: DIRECTORIES[issuer],
          email: this.email,
          privateKeySecretRef: { name: `${issuer}-account` },
          // the solver's Service is a NodePort by default, which the quota of a tenant refuses
          solvers: [{ http01: { ingress: { ingressClassName: className, serviceType: 'ClusterIP' } } }],
        },
      },
    }));
  }

  public problems(context: AddOnContext): Problem[] {
    const problems: Problem[] = [];
    if (!/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(this.email)) {
      problems.push(Problem.error({
        code: 'InvalidEmail',
        path: 'email',
        message: `'${this.email}' is not a mail address`,
        value: this.email,
        allowed: 'name@domain, which Let\'s Encrypt accepts for an account',
      }));
    }
    if (this.issuers.length === 0) return problems;
    const ingress = context.profile.ingress;
    if (!ingress) {
      problems.push(Problem.error({
        code: 'IssuerWithoutIngress',
        path: 'issuers',
        message: `${this.issuers.join(' and ')} prove names over HTTP-01, and the profile of the cluster has no ingress`,
        allowed: 'a profile with an ingress, or no issuers',
        cure: 'give the profile its ingress class, or set issuers to an empty list',
      }));
    } else if (ingress.className === 'alb') {
      problems.push(Problem.warning({
        code: 'ChallengeThroughLoadBalancer',
        path: 'issuers',
        message: 'an application load balancer ends TLS with certificates of ACM only, and gives the Ingress of an HTTP-01 challenge a load balancer of its own '
          + 'unless it shares an IngressGroup with the Ingress that owns the name',
        cure: 'take certificates of ACM for what the load balancer serves; use these issuers with a shared IngressGroup, or for another ingress class',
      }));
    }
    return problems;
  }

  protected valuesOn(context: AddOnContext): { [key: string]: any } {
    const replicated = (quantities: typeof CONTROLLER) => ({
      replicaCount: this.replicas,
      resources: quantities,
      ...(this.replicas > 1 ? { podDisruptionBudget: { enabled: true, minAvailable: 1 } } : {}),
    });
    return {
      crds: { enabled: true, keep: true },
      // the chart would keep its leases in kube-system, where nobody looks for them
      global: { leaderElection: { namespace: this.namespaceOn(context) }, commonLabels: { [Labels.PLATFORM]: context.platformName } },
      ...replicated(CONTROLLER),
      webhook: replicated(WEBHOOK),
      cainjector: replicated(INJECTOR),
      startupapicheck: { resources: HOOK },
    };
  }
}
