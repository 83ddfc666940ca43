import { PolicyStatementPlan } from '../plan/pod-identity-plan';

/** Under which names records may be written. */
export interface DnsNames {
  /** Whole domains: everything below them, and they themselves. */
  readonly domains: readonly string[];

  /** Single hosts, or `*.example.com` for all below. */
  readonly hosts: readonly string[];
}

/**
 * Patterns for the names of records. In a condition `*` stands for any text, dots included. Beside a host stand the TXT records
 * that mark it as owned (`a-shop.example.com`, `cname-shop.example.com`).
 */
function patterns({ domains, hosts }: DnsNames): string[] {
  const covered = (host: string) => domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
  const single = hosts.filter((host) => !covered(host)).flatMap((host) => host.startsWith('*.') ? [host] : [host, `*-${host}`]);
  const all = [...domains.flatMap((domain) => [domain, `*.${domain}`]), ...single];
  return [...new Set(all.map((name) => name.toLowerCase()))].sort();
}

/**
 * Rights of external-dns in Route 53: to list all zones, because the action knows no resource, and to write the records of
 * the given names in the given zones.
 */
export function dnsRights(partition: string, hostedZoneIds: readonly string[], names: DnsNames): PolicyStatementPlan[] {
  const zones = (hostedZoneIds.length ? [...hostedZoneIds].sort() : ['*']).map((id) => `arn:${partition}:route53:::hostedzone/${id}`);
  const allowed = patterns(names);
  return [
    { sid: 'ListZones', actions: ['route53:ListHostedZones'], resources: ['*'] },
    { sid: 'ReadRecords', actions: ['route53:ListResourceRecordSets', 'route53:ListTagsForResources'], resources: zones },
    {
      sid: 'WriteRecords',
      actions: ['route53:ChangeResourceRecordSets'],
      resources: zones,
      conditions: {
        'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsRecordTypes': ['A', 'AAAA', 'CNAME', 'TXT'] },
        ...(allowed.length ? { 'ForAllValues:StringLike': { 'route53:ChangeResourceRecordSetsNormalizedRecordNames': allowed } } : {}),
      },
    },
  ];
}
