import { ClusterProfile, Cni, Problems } from '@viridial/core';
import {
  ApplicationChange, BudgetChange, ConnectionChange, ObjectChange, RightChange, RunningRefusal, TenancyChangesProps,
} from '../../tenancy-changes-props';
import { sortedOnce } from '../compare';
import { deployersRendered, sharedRendered } from '../platform-namespaces';
import { clusterFiles, RenderInput, tenantNamespaces } from '../render';
import { collectFlows, RenderedNamespace } from '../rendered-namespace';
import { affectedTenants } from './affected';
import { applicationChanges } from './application-changes';
import { budgetChanges } from './budget-changes';
import { connectionChanges } from './connection-changes';
import { objectChanges } from './object-changes';
import { refusalsOf } from './refusals';
import { rightChanges } from './right-changes';

/** Everything that differs between two tenancies on a cluster. */
export interface Changes {
  /** Tenants that differ and that the cluster still carries. */
  readonly affected: string[];
  readonly created: ObjectChange[];
  readonly changed: ObjectChange[];
  readonly removed: ObjectChange[];
  readonly applications: ApplicationChange[];
  readonly refusals: RunningRefusal[];
  readonly connectionsGained: ConnectionChange[];
  readonly connectionsLost: ConnectionChange[];
  readonly rightsGained: RightChange[];
  readonly rightsLost: RightChange[];
  readonly budgets: BudgetChange[];
}

/** One namespace before and after; it is absent where it is not. */
export interface NamespacePair {
  readonly name: string;
  readonly before?: RenderedNamespace;
  readonly after?: RenderedNamespace;
}

/** Compares two tenancies, rendering only what can differ. */
export function changesBetween(problems: Problems, before: RenderInput, after: RenderInput, usage: TenancyChangesProps['usage']): Changes {
  const names = affectedTenants(before, after);
  const namespaces = (input: RenderInput): RenderedNamespace[] => [
    ...names.filter((name) => input.model.tenants.has(name)).flatMap((name) => tenantNamespaces(input, name)),
    ...input.model.sharedNamespaces.map((shared) => sharedRendered(problems, input, shared)),
    deployersRendered(problems, input),
  ];
  const old = namespaces(before);
  const now = namespaces(after);
  for (const namespace of old) collectFlows(problems, namespace, before.profile);
  for (const namespace of now) collectFlows(problems, namespace, after.profile);
  problems.throwIfErrors(`changes of tenancy ${after.model.name} on ${after.profile.name}`);
  const pairs = pairsOf(old, now);
  const connections = connectionChanges(pairs);
  const rights = rightChanges(pairs);
  return {
    affected: sortedOnce(now.flatMap(({ tenant }) => (tenant === undefined ? [] : [tenant.tenant.name]))),
    ...objectChanges(
      [...clusterObjects(before), ...old.flatMap(({ objects }) => objects())],
      [...clusterObjects(after), ...now.flatMap(({ objects }) => objects())],
    ),
    applications: applicationChanges(old, now),
    refusals: refusalsOf(pairs, connections.lost, { before: before.profile, after: after.profile, usage: usage ?? {} }),
    connectionsGained: connections.gained,
    connectionsLost: connections.lost,
    rightsGained: rights.gained,
    rightsLost: rights.lost,
    budgets: budgetChanges(pairs),
  };
}

function clusterObjects(input: RenderInput): any[] {
  return Object.values(clusterFiles(input)).flat();
}

/** A cluster that can express every flow, for whoever asks about the tenancies alone. The addresses are those of documentation (RFC 5737). */
export function neutralProfile(): ClusterProfile {
  return ClusterProfile.kubeadm({
    name: 'any-cluster',
    version: '1.36',
    cni: Cni.CALICO,
    nodeCidrs: ['192.0.2.0/24'],
    apiServerCidrs: ['192.0.2.1/32'],
    ingress: { className: 'ingress', namespace: 'ingress' },
  });
}

function pairsOf(before: RenderedNamespace[], after: RenderedNamespace[]): NamespacePair[] {
  const old = new Map(before.map((namespace) => [namespace.name, namespace]));
  const now = new Map(after.map((namespace) => [namespace.name, namespace]));
  return sortedOnce([...old.keys(), ...now.keys()]).map((name) => ({ name, before: old.get(name), after: now.get(name) }));
}
