import { EXAMPLE } from '../example-pods';
import { AdmissionPromise, creates, PromiseInput, updates } from '../promise';

export function serviceExposure(input: PromiseInput): AdmissionPromise {
  const { context: { openings }, namespace } = input;
  const service = (changes: any): any => ({
    apiVersion: 'v1', kind: 'Service', metadata: { name: EXAMPLE, namespace: namespace.name }, spec: { selector: { example: 'admission' }, ports: [{ port: 80 }], ...changes },
  });
  const balanced = (ranges?: string[]): any => service({ type: 'LoadBalancer', ...(ranges ? { loadBalancerSourceRanges: ranges } : {}) });
  const narrow = balanced(['203.0.113.0/24']);
  const wide = [creates(balanced(), 'a load balancer for everybody'), creates(balanced(['0.0.0.0/0']), 'a load balancer for every address')];
  const nodePort = service({ type: 'NodePort' });
  return {
    refused: [
      creates(service({ externalIPs: ['203.0.113.7'] }), 'traffic of the cluster to somebody else is caught'),
      ...(openings.nodePorts ? [] : [creates(nodePort, 'a port of every node'), updates(service({ type: 'ClusterIP' }), nodePort, 'a Service becomes a port of every node')]),
      ...(openings.externalNames ? [] : [creates(service({ type: 'ExternalName', externalName: 'db.other.svc.cluster.local', selector: undefined }), 'a name that leads elsewhere')]),
      ...(namespace.facts?.loadBalancers ? (openings.loadBalancersForEverybody ? [] : wide) : [creates(narrow, 'load balancers are not allowed here')]),
    ].map((statement) => JSON.parse(JSON.stringify(statement))),
    admitted: [
      creates(service({ type: 'ClusterIP' }), 'a Service for pods'),
      ...(namespace.facts?.loadBalancers ? [creates(narrow, 'a load balancer for some')] : []),
      ...(openings.nodePorts ? [creates(nodePort, 'node ports are open')] : []),
      ...(openings.loadBalancersForEverybody && namespace.facts?.loadBalancers ? wide : []),
    ],
  };
}

export function ingressHosts(input: PromiseInput): AdmissionPromise {
  const { namespace, context } = input;
  const owned = [...namespace.facts?.ingressHosts ?? []].sort();
  const foreign = [...new Set(['stranger.invalid', ...owned.flatMap((host) => nearHosts(host, owned))])].sort((a, b) => (a === 'stranger.invalid' ? -1 : b === 'stranger.invalid' ? 1 : a < b ? -1 : 1));
  const backend = { service: { name: EXAMPLE, port: { number: 80 } } };
  const http = { paths: [{ path: '/', pathType: 'Prefix', backend }] };
  const metadata = { name: EXAMPLE, namespace: namespace.name };
  const ingress = (spec: any, annotations?: any): any => ({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { ...metadata, ...(annotations ? { annotations } : {}) }, spec });
  const ruled = (host?: string): any => ({ rules: [{ ...(host === undefined ? {} : { host }), http }] });
  const own = owned.length === 0 ? undefined : ownHost(owned[0]);
  const dns = { 'external-dns.alpha.kubernetes.io/hostname': 'stranger.invalid' };
  const gateway = gatewayObjects(namespace.name);
  return {
    refused: [
      ...foreign.map((host) => creates(ingress(ruled(host)), `${host} belongs to somebody else`)),
      creates(ingress(ruled()), 'every host'),
      creates(ingress({ defaultBackend: backend }), 'what no other rule takes'),
      ...(own === undefined ? [] : [
        creates(ingress({ ...ruled(own), tls: [{ hosts: ['stranger.invalid'], secretName: 'tls' }] }), 'a certificate for a host of somebody else'),
        creates(ingress({ ...ruled(own), tls: [{ secretName: 'tls' }] }), 'a certificate for every host'),
        creates(ingress(ruled(own), dns), 'a DNS name of somebody else'),
        updates(ingress(ruled(own)), ingress(ruled('stranger.invalid')), 'a host of one\'s own becomes one of somebody else'),
        updates(ingress(ruled(own)), ingress(ruled(own), dns), 'a DNS name of somebody else is added'),
      ]),
      ...(context.gatewayApi ? [creates(gateway.route(['stranger.invalid']), 'a route for a host of somebody else'), creates(gateway.route(), 'a route for every host'), creates(gateway.listener('stranger.invalid'), 'a listener for a host of somebody else')] : []),
    ],
    admitted: own === undefined ? [] : [
      ...owned.flatMap((host) => [...new Set([host, ownHost(host)])]).map((host) => creates(ingress(ruled(host)), `${host} belongs to the namespace`)),
      creates(ingress({ ...ruled(own), tls: [{ hosts: [own], secretName: 'tls' }] }), 'a certificate for a host of one\'s own'),
      ...(context.gatewayApi ? [creates(gateway.route([own]), 'a route for a host of one\'s own'), creates(gateway.listener(own), 'a listener for a host of one\'s own')] : []),
    ],
  };
}

/** A host that an entry stands for. */
function ownHost(entry: string): string {
  return entry.startsWith('*.') ? `www${entry.slice(1)}` : entry;
}

/** Hosts that only look like an entry, and belong to no entry. */
function nearHosts(entry: string, owned: string[]): string[] {
  const wildcard = entry.startsWith('*.');
  const base = entry.replace(/^\*\./, '');
  const near = wildcard ? [`a.b.${base}`, `www.not-${base}`, base] : [`not-${base}`, `www.${base}`];
  return near.filter((host) => !owned.includes(host) && !owned.includes(`*.${host.slice(host.indexOf('.') + 1)}`));
}

function gatewayObjects(namespace: string): { route: (hostnames?: string[]) => any; listener: (hostname: string) => any } {
  const apiVersion = 'gateway.networking.k8s.io/v1';
  const metadata = { name: EXAMPLE, namespace };
  return {
    route: (hostnames) => ({ apiVersion, kind: 'HTTPRoute', metadata, spec: { parentRefs: [{ name: EXAMPLE }], ...(hostnames ? { hostnames } : {}) } }),
    listener: (hostname) => ({ apiVersion, kind: 'Gateway', metadata, spec: { gatewayClassName: EXAMPLE, listeners: [{ name: 'http', port: 80, protocol: 'HTTP', hostname }] } }),
  };
}
