import { NetworkPort } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import { SharedNamespaceSettings } from '../shared-namespace-settings';
import { TenancyModel, TenantModel } from './model';
import { sharedNamespace, tenantNamespace } from './namespaces';

/** A flow and the property path that it comes from. */
export interface PlacedFlow {
  readonly flow: Flow;
  readonly path: string;
}

/** The flows of a tenant's namespace in one environment. Flows between tenants never leave the environment. */
export function tenantFlows(model: TenancyModel, { tenant, peers }: TenantModel, environment: string): PlacedFlow[] {
  const path = `tenants.${tenant.name}`;
  const together = (peer: string): boolean => model.tenants.get(peer)!.environments.includes(environment);
  return [
    ...basis(path),
    ...(tenant.ingressHosts.length === 0 ? [] : [{
      flow: Flow.ingressIn({ ports: portsOf(tenant.ingressPorts), reason: `${tenant.name} serves ${[...tenant.ingressHosts].sort().join(', ')}` }),
      path: `${path}.${tenant.ingressPorts === undefined ? 'ingressHosts' : 'ingressPorts'}`,
    }]),
    ...metricsIn(model, `${path}.metricsPorts`, portsOf(tenant.metricsPorts)),
    ...peers.calledBy.filter(together).map((peer) => ({
      flow: Flow.namespaceIn({ namespace: tenantNamespace(peer, environment), ports: portsOf(tenant.peerPorts), reason: consent(peer, tenant.name) }),
      path: `${path}.peerPorts`,
    })),
    ...peers.calls.filter(together).map((peer) => ({
      flow: Flow.namespaceOut({
        namespace: tenantNamespace(peer, environment), ports: portsOf(model.tenants.get(peer)!.tenant.peerPorts), reason: consent(tenant.name, peer),
      }),
      path: `tenants.${peer}.peerPorts`,
    })),
    ...(tenant.internet === undefined ? [] : [{ flow: Flow.internet(tenant.internet), path: `${path}.internet` }]),
    ...tenant.flows.map((flow, index) => ({ flow, path: `${path}.flows[${index}]` })),
  ];
}

/** The flows of a shared namespace. */
export function sharedFlows(model: TenancyModel, shared: string, settings: SharedNamespaceSettings): PlacedFlow[] {
  const path = `sharedNamespaceSettings.${shared}`;
  const others = { ...model, metricsFrom: model.metricsFrom.filter((scraper) => scraper !== shared) };
  return [
    ...basis(path),
    ...(model.metricsFrom.includes(shared) ? [{ flow: Flow.metricsOut({ platform: model.name }), path }] : []),
    ...metricsIn(others, path),
    ...(settings.flows ?? []).map((flow, index) => ({ flow, path: `${path}.flows[${index}]` })),
  ];
}

function basis(path: string): PlacedFlow[] {
  return [{ flow: Flow.dns(), path }, { flow: Flow.sameNamespace(), path }];
}

function metricsIn(model: TenancyModel, path: string, ports?: NetworkPort[]): PlacedFlow[] {
  return model.metricsFrom.map((scraper) => ({ flow: Flow.metricsIn({ fromNamespace: sharedNamespace(model.name, scraper), ports }), path }));
}

function portsOf(ports: number[] | undefined): NetworkPort[] | undefined {
  return ports?.map((port) => ({ port }));
}

function consent(from: string, to: string): string {
  return `${from} talks to ${to}, and both agreed`;
}
