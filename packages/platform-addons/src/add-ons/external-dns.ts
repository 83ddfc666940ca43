import { Distribution, Labels, Problem, SecretSlot } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import { AddOnContext } from '../add-on-context';
import { CatalogueAddOn, CatalogueAddOnOptions } from '../catalogue-add-on';
import { Footprint } from '../footprint';
import { WorkloadKind } from '../footprint-workload';
import { identityFlows } from '../private/ground-flows';
import { resources } from '../private/resources';
import { READ, rule } from '../private/rules';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../private/security-contexts';
import { WorkloadIdentity } from '../workload-identity';

/** Where DNS records are kept. */
export enum DnsProvider {
  /** Amazon Route 53, reached with the identity of the pod and without keys. */
  ROUTE53 = 'aws',
  /** Cloudflare, reached with a token. */
  CLOUDFLARE = 'cloudflare',
}

/** What external-dns may do with records. */
export enum DnsPolicy {
  /** Makes records and changes its own, deletes none. */
  UPSERT_ONLY = 'upsert-only',
  /** Also deletes its own records when their Ingress or Service is gone. */
  SYNC = 'sync',
}

const SECRET = { name: 'cloudflare-api-token', key: 'api-token' };
const PORT = 7979;
const RESOURCES = resources('20m', '64Mi', '256Mi');

/** Options of external-dns. */
export interface ExternalDnsProps extends CatalogueAddOnOptions {
  /**
   * Domains whose records it may touch.
   * @default - every zone that its credentials reach, with a warning
   */
  readonly domainFilters?: string[];
  /**
   * Where the records are kept.
   * @default - Route 53 on EKS, Cloudflare elsewhere
   */
  readonly provider?: DnsProvider;
  /**
   * What it may do with records. `SYNC` exposes names to a mistake in the cluster: a deleted Ingress takes its record with it.
   * @default DnsPolicy.UPSERT_ONLY
   */
  readonly policy?: DnsPolicy;
}

/** DNS records for the hosts of Ingresses and Services. The records say which cluster owns them, so clusters can share a zone. */
export class ExternalDns extends CatalogueAddOn {
  private readonly domainFilters: string[];
  private readonly provider?: DnsProvider;
  private readonly policy: DnsPolicy;

  constructor(props: ExternalDnsProps = {}) {
    super({ name: 'external-dns', options: props });
    this.domainFilters = [...new Set(props.domainFilters ?? [])].sort();
    this.provider = props.provider;
    this.policy = props.policy ?? DnsPolicy.UPSERT_ONLY;
  }

  public footprint(context: AddOnContext): Footprint {
    return new Footprint({
      workloads: [{
        kind: WorkloadKind.DEPLOYMENT,
        name: 'external-dns',
        serviceAccount: 'external-dns',
        securityContext: { ...RESTRICTED_POD, fsGroup: 65534 },
        containers: [{
          name: 'external-dns',
          ports: [{ name: 'http', port: PORT }],
          securityContext: { ...RESTRICTED_CONTAINER, privileged: false, runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532 },
          ...RESOURCES,
        }],
      }],
      accounts: [{
        name: 'external-dns',
        clusterRules: [
          rule('', ['nodes'], ['list', 'watch']),
          rule('', ['pods', 'services'], READ),
          rule('discovery.k8s.io', ['endpointslices'], READ),
          rule('networking.k8s.io', ['ingresses'], READ),
        ],
      }],
      flows: [
        Flow.dns({ reason: 'external-dns resolves the DNS provider' }),
        Flow.kubeApiServer({ reason: 'external-dns watches Ingresses and Services' }),
        ...(this.providerOn(context) === DnsProvider.ROUTE53 ? identityFlows(context) : []),
        Flow.internet({ ports: [{ port: 443 }], reason: `external-dns writes records at ${this.providerOn(context)}` }),
      ],
      customResourceDefinitions: this.release.crds,
    });
  }

  public secretSlots(context: AddOnContext): SecretSlot[] {
    if (this.providerOn(context) !== DnsProvider.CLOUDFLARE) return [];
    return [new SecretSlot({
      name: SECRET.name,
      namespace: this.namespaceOn(context),
      keys: [SECRET.key],
      purpose: 'external-dns writes DNS records at Cloudflare',
      rights: `Zone.DNS edit and Zone.Zone read on ${this.domainFilters.join(', ') || 'the zones it manages'}`,
    })];
  }

  public problems(context: AddOnContext): Problem[] {
    if (this.domainFilters.length > 0) return [];
    return [Problem.warning({
      code: 'NoDomainFilter',
      path: 'domainFilters',
      message: `external-dns of cluster '${context.clusterName}' may write in every zone that its credentials reach`,
      cure: 'name the domains of the platform in domainFilters',
    })];
  }

  protected valuesOn(context: AddOnContext): { [key: string]: any } {
    const provider = this.providerOn(context);
    return {
      commonLabels: { [Labels.PLATFORM]: context.platformName },
      // fixed, because the cloud identity is bound to this name
      serviceAccount: { name: 'external-dns' },
      provider: { name: provider },
      sources: ['ingress', 'service'],
      policy: this.policy,
      registry: 'txt',
      txtOwnerId: context.clusterName,
      domainFilters: this.domainFilters,
      ...(provider === DnsProvider.CLOUDFLARE ? {
        env: [{ name: 'CF_API_TOKEN', valueFrom: { secretKeyRef: { name: SECRET.name, key: SECRET.key } } }],
      } : {}),
      resources: RESOURCES,
    };
  }

  protected identities(context: AddOnContext): WorkloadIdentity[] {
    if (this.providerOn(context) !== DnsProvider.ROUTE53) return [];
    return [{
      namespace: this.namespaceOn(context),
      serviceAccount: 'external-dns',
      purpose: 'external-dns writes DNS records at Route 53',
      statements: [
        { actions: ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets', 'route53:ListTagsForResources'], resources: ['arn:aws:route53:::hostedzone/*'] },
        { actions: ['route53:ListHostedZones'], resources: ['*'] },
      ],
    }];
  }

  private providerOn(context: AddOnContext): DnsProvider {
    return this.provider ?? (context.profile.distribution === Distribution.EKS ? DnsProvider.ROUTE53 : DnsProvider.CLOUDFLARE);
  }
}
