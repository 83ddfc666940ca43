import { NetworkPort } from '@viridial/core';
import { Flow, FlowKind } from '@viridial/security-policy';
import { ConnectionChange } from '../../tenancy-changes-props';
import { compareText } from '../compare';
import { plainFlows, RenderedNamespace } from '../rendered-namespace';
import type { NamespacePair } from './changes';

/** What every namespace has, so that having it is no news. */
const USUAL = [FlowKind.DNS, FlowKind.SAME_NAMESPACE];

/** Connections that are opened and that are closed, each list sorted. */
export function connectionChanges(pairs: NamespacePair[]): { gained: ConnectionChange[]; lost: ConnectionChange[] } {
  const before = connectionsOf(pairs.map((pair) => pair.before));
  const after = connectionsOf(pairs.map((pair) => pair.after));
  const missing = (one: Map<string, Named>, other: Map<string, Named>): Named[] => (
    [...one.keys()].filter((key) => !other.has(key)).sort(compareText).map((key) => one.get(key)!));
  return {
    gained: missing(after, before).filter(({ kind }) => !USUAL.includes(kind)).map(({ connection }) => connection),
    lost: missing(before, after).map(({ connection }) => connection),
  };
}

interface Named {
  readonly kind: FlowKind;
  readonly connection: ConnectionChange;
}

/** The two ends of a flow between tenants are one connection. */
function connectionsOf(namespaces: (RenderedNamespace | undefined)[]): Map<string, Named> {
  const found = new Map<string, Named>();
  for (const namespace of namespaces) {
    if (namespace === undefined) continue;
    for (const flow of plainFlows(namespace)) {
      const connection = connectionOf(namespace.name, flow);
      if (connection) found.set(`${connection.source}\n${connection.destination}\n${connection.ports}`, { kind: flow.kind, connection });
    }
  }
  return found;
}

function connectionOf(namespace: string, flow: Flow): ConnectionChange | undefined {
  const own = party(namespace, flow.podLabels);
  const ports = portsText(flow);
  const peer = (text: string): string => party(text, flow.peerPodLabels);
  const out = (destination: string): ConnectionChange => ({ source: own, destination, ports });
  const into = (source: string): ConnectionChange => ({ source, destination: own, ports });
  switch (flow.kind) {
    case FlowKind.DNS: return out('the DNS of the cluster');
    case FlowKind.SAME_NAMESPACE: return out(own);
    case FlowKind.KUBE_API_SERVER: return out('the API server');
    case FlowKind.WEBHOOK_IN: return into('the API server');
    case FlowKind.INGRESS_IN: return into('the ingress controller');
    case FlowKind.METRICS_IN: return into(peer(flow.namespace!));
    case FlowKind.METRICS_OUT: return out(`every namespace of ${flow.platform}`);
    case FlowKind.NAMESPACE_IN: return into(peer(flow.namespace!));
    case FlowKind.NAMESPACE_OUT: return out(peer(flow.namespace!));
    case FlowKind.INTERNET: return out(flow.privateNetworks ? 'the internet and private networks' : 'the internet');
    case FlowKind.CIDR_IN: return into(flow.cidr!);
    case FlowKind.CIDR_OUT: return out(flow.cidr!);
    case FlowKind.METADATA_DENY: return undefined;
  }
}

function party(namespace: string, labels: { [key: string]: string } | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`).sort();
  return pairs.length === 0 ? namespace : `${namespace} (pods ${pairs.join(', ')})`;
}

function portsText({ kind, ports }: Flow): string {
  if (ports === undefined) {
    const tcp = [FlowKind.INGRESS_IN, FlowKind.METRICS_IN, FlowKind.METRICS_OUT].includes(kind);
    return tcp ? 'every TCP port' : 'every port';
  }
  const texts = ports.map(({ port, protocol }: NetworkPort) => `${protocol ?? 'TCP'} ${port ?? 'every port'}`);
  return [...new Set(texts)].sort(compareText).join(', ');
}
