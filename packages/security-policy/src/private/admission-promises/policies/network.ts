import { AdmissionStatement, ClusterFeature, Cni, Labels } from '@viridial/core';
import { METADATA_ADDRESSES } from '../../cluster-ranges';
import { EXAMPLE } from '../example-pods';
import { AdmissionPromise, creates, platforms, PromiseInput, updates } from '../promise';

const NOTHING: AdmissionPromise = { refused: [], admitted: [] };

/** The whole of IPv4 without what stays closed. */
function closedIn({ context: { profile } }: PromiseInput): string[] {
  return [...METADATA_ADDRESSES.map((address) => `${address}/32`), ...profile.podCidrs].filter((range) => !range.includes(':'));
}

export function networkPolicyShape(input: PromiseInput): AdmissionPromise {
  const except = closedIn(input);
  const policy = (spec: any): any => ({
    apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: EXAMPLE, namespace: input.namespace.name }, spec: { podSelector: {}, ...spec },
  });
  const ingress = (...from: any[]): any => policy({ policyTypes: ['Ingress'], ingress: [{ from }] });
  const egress = (...to: any[]): any => policy({ policyTypes: ['Egress'], egress: [{ to }] });
  const own = { podSelector: {} };
  const named = { namespaceSelector: { matchLabels: { [Labels.NAMESPACE_NAME]: 'traefik' } } };
  const all = { namespaceSelector: {} };
  const ofPods = input.context.profile.podCidrs.filter((range) => !range.includes(':'));
  return {
    refused: [
      creates(policy({ policyTypes: ['Ingress'], ingress: [{}] }), 'ingress from everywhere'),
      creates(policy({ policyTypes: ['Egress'], egress: [{}] }), 'egress to everywhere'),
      creates(policy({ podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 80 }] }] }), 'one port of some pods to everybody'),
      creates(ingress(all), 'ingress from every namespace'),
      creates(egress(all), 'egress to every namespace'),
      creates(ingress({ namespaceSelector: { matchLabels: { team: 'mine' } } }), 'ingress from namespaces by a label that anybody may set'),
      creates(ingress({ namespaceSelector: { matchExpressions: [{ key: Labels.NAMESPACE_NAME, operator: 'NotIn', values: ['one'] }] } }), 'ingress from all namespaces but one'),
      creates(egress({ ipBlock: { cidr: '0.0.0.0/0' } }), 'egress to every address'),
      creates(egress({ ipBlock: { cidr: '::/0' } }), 'egress to every address of IPv6'),
      creates(egress({ ipBlock: { cidr: '169.254.0.0/16' } }), 'egress to the metadata service'),
      creates(ingress({ ipBlock: { cidr: '0.0.0.0/0', except } }), 'ingress from every address'),
      ...ofPods.map((cidr) => creates(ingress({ ipBlock: { cidr } }), 'ingress from the pods of everybody, by address')),
      updates(ingress(own), policy({ policyTypes: ['Ingress'], ingress: [{ from: [own] }, {}] }), 'a rule for everybody is added'),
    ],
    admitted: [
      creates(ingress(own), 'ingress from the own namespace'),
      creates(egress(own), 'egress to the own namespace'),
      creates(policy({ policyTypes: ['Ingress', 'Egress'] }), 'nothing is opened'),
      creates(ingress(named), 'ingress from a namespace by its name'),
      creates(ingress({ namespaceSelector: { matchExpressions: [{ key: Labels.NAMESPACE_NAME, operator: 'In', values: ['one', 'two'] }] } }), 'ingress from two namespaces by their names'),
      creates(egress({ ipBlock: { cidr: '0.0.0.0/0', except } }), 'egress to the internet, without what stays closed'),
      creates(egress({ ipBlock: { cidr: '203.0.113.0/24' } }), 'egress to some addresses'),
      ...platforms(input).map((who) => creates(ingress(all), 'the platform opens pods to every namespace', who)),
    ],
  };
}

export function ciliumPolicyShape(input: PromiseInput): AdmissionPromise {
  if (input.context.profile.cni !== Cni.CILIUM) return NOTHING;
  const except = closedIn(input);
  const policy = (spec: any): any => ({
    apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: EXAMPLE, namespace: input.namespace.name }, spec: { endpointSelector: {}, ...spec },
  });
  const ports = [{ ports: [{ port: '80', protocol: 'TCP' }] }];
  const labels = (key: string): any => ({ matchLabels: { [key]: 'traefik' } });
  return {
    refused: [
      creates(policy({ ingress: [{ toPorts: ports }] }), 'ports for everybody'),
      creates(policy({ ingress: [{ fromEntities: ['all'] }] }), 'ingress from everybody'),
      creates(policy({ ingress: [{ fromEntities: ['cluster'] }] }), 'ingress from the whole cluster'),
      creates(policy({ egress: [{ toEntities: ['world'] }] }), 'egress to the world, and the metadata service in it'),
      creates(policy({ egress: [{ toEntities: ['host'] }] }), 'egress to the node'),
      creates(policy({ ingress: [{ fromEndpoints: [{ matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }] }] }] }), 'ingress from every namespace'),
      creates(policy({ ingress: [{ fromEndpoints: [labels('k8s:io.cilium.k8s.namespace.labels.team')] }] }), 'ingress from namespaces by a label that anybody may set'),
      creates(policy({ egress: [{ toCIDR: ['0.0.0.0/0'] }] }), 'egress to every address'),
      creates(policy({ egress: [{ toCIDR: ['169.254.169.254'] }] }), 'egress to the metadata service'),
      creates(policy({ egress: [{ toCIDRSet: [{ cidr: '0.0.0.0/0' }] }] }), 'egress to every address, without exceptions'),
      creates(policy({ egress: [{ toFQDNs: [{ matchPattern: '*' }] }] }), 'egress to every name'),
      creates({ ...policy({}), spec: undefined, specs: [{ endpointSelector: {}, ingress: [{ fromEntities: ['all'] }] }] }, 'ingress from everybody, in one of several specifications'),
    ].map((statement) => JSON.parse(JSON.stringify(statement))),
    admitted: [
      creates(policy({ ingress: [{ fromEndpoints: [{}] }] }), 'ingress from the own namespace'),
      creates(policy({ ingress: [{ fromEndpoints: [labels('k8s:io.kubernetes.pod.namespace')], toPorts: ports }] }), 'ports for a namespace by its name'),
      creates(policy({ ingress: [{}] }), 'nothing is opened'),
      creates(policy({ egress: [{ toCIDRSet: [{ cidr: '0.0.0.0/0', except }] }] }), 'egress to the internet, without what stays closed'),
      creates(policy({ egress: [{ toFQDNs: [{ matchPattern: '*.example.com' }] }] }), 'egress to names of one domain'),
    ],
  };
}

export function calicoPolicyShape(input: PromiseInput): AdmissionPromise {
  if (input.context.profile.cni !== Cni.CALICO) return NOTHING;
  const notNets = closedIn(input);
  const policy = (spec: any): any => ({
    apiVersion: 'crd.projectcalico.org/v1', kind: 'NetworkPolicy', metadata: { name: EXAMPLE, namespace: input.namespace.name }, spec,
  });
  const ingress = (source?: any): any => policy({ types: ['Ingress'], ingress: [{ action: 'Allow', ...(source ? { source } : {}) }] });
  const egress = (destination: any): any => policy({ types: ['Egress'], egress: [{ action: 'Allow', destination }] });
  return {
    refused: [
      creates(ingress(), 'ingress from everybody'),
      creates(ingress({ namespaceSelector: 'all()' }), 'ingress from every namespace'),
      creates(ingress({ namespaceSelector: "team == 'mine'" }), 'ingress from namespaces by a label that anybody may set'),
      creates(ingress({ notNets: ['203.0.113.0/24'] }), 'ingress from everybody but some'),
      creates(egress({ nets: ['0.0.0.0/0'] }), 'egress to every address'),
      creates(policy({ types: ['Ingress'], ingress: [{ action: 'Pass' }] }), 'what the platform has closed is left out'),
      creates(policy({ tier: 'platform', types: ['Ingress'] }), 'a tier of the platform'),
    ],
    admitted: [
      creates(ingress({ selector: "app == 'web'" }), 'ingress from pods of the own namespace'),
      creates(ingress({ namespaceSelector: "projectcalico.org/name == 'traefik'" }), 'ingress from a namespace by its name'),
      creates(egress({ nets: ['0.0.0.0/0'], notNets }), 'egress to the internet, without what stays closed'),
      creates(policy({ types: ['Ingress'], ingress: [{ action: 'Deny' }] }), 'everything is denied'),
    ],
  };
}

export function clusterNetworkPolicies(input: PromiseInput): AdmissionPromise {
  const { profile } = input.context;
  const object = (apiVersion: string, kind: string, spec: any): any => ({ apiVersion, kind, metadata: { name: EXAMPLE }, spec });
  const objects = [
    ...(profile.cni === Cni.CILIUM ? [object('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', { endpointSelector: {}, ingress: [{ fromEntities: ['all'] }] })] : []),
    ...(profile.cni === Cni.CALICO ? [object('crd.projectcalico.org/v1', 'GlobalNetworkPolicy', { types: ['Ingress'], ingress: [{ action: 'Allow' }] })] : []),
    ...(profile.supports(ClusterFeature.CLUSTER_NETWORK_POLICY)
      // EKS defines the kind in a group of its own
      ? [object(profile.cni === Cni.VPC_CNI ? 'networking.k8s.aws/v1alpha1' : 'policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', { tier: 'Admin', priority: 1, subject: { namespaces: {} }, ingress: [{ action: 'Accept', from: [{ namespaces: {} }] }] })]
      : []),
  ];
  return {
    refused: objects.map((each) => creates(each, `a ${each.kind} of somebody`)),
    admitted: objects.flatMap((each) => [...platforms(input), ...controllersOf(each)].map((who) => creates(each, `a ${each.kind} of the platform`, who))),
  };
}

/** Controllers of a network plugin that make such objects themselves. */
function controllersOf({ apiVersion }: any): Partial<AdmissionStatement>[] {
  return apiVersion.includes('projectcalico.org') ? [{ user: 'system:serviceaccount:tigera-operator:tigera-operator' }] : [];
}
