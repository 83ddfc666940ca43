import { DnsPolicy, DnsProvider, ExternalDns } from '../../src';
import { contextOn, eks, kubeadm } from '../support/example';

test('on EKS it writes at Route 53 with the identity of the pod and without a secret', () => {
  const addOn = new ExternalDns();
  const installation = addOn.install(contextOn(eks()));
  expect(installation.values.provider).toEqual({ name: 'aws' });
  expect(installation.values.env).toBeUndefined();
  expect(addOn.secretSlots(contextOn(eks()))).toEqual([]);
  expect(installation.identities).toMatchObject([{ namespace: 'external-dns', serviceAccount: 'external-dns' }]);
});

test('at Route 53 it may change records and list zones, and nothing else', () => {
  const [identity] = new ExternalDns().install(contextOn(eks())).identities;
  const actions = identity.statements!.flatMap((statement) => statement.actions);
  expect(actions.every((action) => action.startsWith('route53:'))).toBe(true);
  expect(actions.some((action) => action.includes('*'))).toBe(false);
  expect(identity.managedPolicies).toBeUndefined();
  expect(new ExternalDns().install(contextOn(eks())).values.serviceAccount.name).toBe(identity.serviceAccount);
});

test('elsewhere it writes at Cloudflare with a token from a secret slot', () => {
  const addOn = new ExternalDns({ domainFilters: ['viridial.com'] });
  const { values, identities } = addOn.install(contextOn(kubeadm()));
  const [slot] = addOn.secretSlots(contextOn(kubeadm()));
  expect(values.provider).toEqual({ name: 'cloudflare' });
  expect(values.env).toEqual([{ name: 'CF_API_TOKEN', valueFrom: { secretKeyRef: { name: slot.name, key: slot.keys[0] } } }]);
  expect(slot.rights).toBe('Zone.DNS edit and Zone.Zone read on viridial.com');
  expect(identities).toEqual([]);
});

test('the provider can be chosen against the ground', () => {
  expect(new ExternalDns({ provider: DnsProvider.CLOUDFLARE }).install(contextOn(eks())).values.provider.name).toBe('cloudflare');
  expect(new ExternalDns({ provider: DnsProvider.ROUTE53 }).secretSlots(contextOn(kubeadm()))).toEqual([]);
});

test('records belong to the cluster and are deleted by nobody unless that is asked for', () => {
  const { values } = new ExternalDns().install(contextOn(eks(), 'blue'));
  expect([values.txtOwnerId, values.registry, values.policy]).toEqual(['blue', 'txt', 'upsert-only']);
  expect(new ExternalDns({ policy: DnsPolicy.SYNC }).install(contextOn(eks())).values.policy).toBe('sync');
});

test('domains are sorted, each once', () => {
  expect(new ExternalDns({ domainFilters: ['b.com', 'a.com', 'b.com'] }).install(contextOn(eks())).values.domainFilters).toEqual(['a.com', 'b.com']);
});

test('no domain is a warning, because every zone would be open', () => {
  expect(new ExternalDns().problems(contextOn(eks())).map(String)).toEqual([
    "domainFilters: external-dns of cluster 'production' may write in every zone that its credentials reach (NoDomainFilter); cure: name the domains of the platform in domainFilters",
  ]);
  expect(new ExternalDns({ domainFilters: ['viridial.com'] }).problems(contextOn(eks()))).toEqual([]);
});
