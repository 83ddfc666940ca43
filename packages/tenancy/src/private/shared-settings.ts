import { PodSecurityLevel, Problems } from '@viridial/core';
import { Budget } from '../budget';
import { SharedNamespaceSettings } from '../shared-namespace-settings';
import { boundsOf } from './bounds';
import { collectLabels } from './labels';
import { NamespaceBounds } from './model';

/** Settings of shared namespaces by the names of these. */
export type SettingsByName = { [name: string]: SharedNamespaceSettings };

/** A shared namespace with every default filled in. */
export interface SharedModel {
  readonly settings: SharedNamespaceSettings;
  readonly podSecurity: PodSecurityLevel;
  readonly labels: { [key: string]: string };
  readonly bounds?: NamespaceBounds;
}

/** Later settings win over earlier ones; flows and labels of both are kept. */
export function mergeSettings(names: string[], layers: SettingsByName[]): SettingsByName {
  return Object.fromEntries(names.map((name) => [name, layers.reduce<SharedNamespaceSettings>((merged, layer) => ({
    ...merged,
    ...defined(layer[name]),
    flows: [...merged.flows ?? [], ...layer[name]?.flows ?? []],
    labels: { ...merged.labels, ...layer[name]?.labels },
  }), {})]));
}

/** Reports settings for a shared namespace that there is not. */
export function collectSettings(problems: Problems, path: string, settings: SettingsByName, names: string[]): void {
  for (const name of Object.keys(settings)) {
    if (names.includes(name)) continue;
    problems.error({
      code: 'UnknownSharedNamespace',
      path: `${path}.${name}`,
      message: `there is no shared namespace ${name}`,
      value: name,
      allowed: names.join(', '),
      cure: 'correct the name, or add it to sharedNamespaces',
    });
  }
}

/** Checks the settings of one shared namespace and fills in the defaults. */
export function sharedModel(problems: Problems, path: string, namespace: string, settings: SharedNamespaceSettings): SharedModel {
  collectLabels(problems, `${path}.labels`, settings.labels ?? {});
  const bounds = boundsOf(problems, {
    path,
    budget: withoutShares(settings.budget),
    containerLimits: settings.containerLimits,
    bounded: settings.bounded ?? true,
    parts: [{ namespace, weight: 1 }],
    shared: true,
  });
  return { settings, podSecurity: settings.podSecurity ?? PodSecurityLevel.RESTRICTED, labels: settings.labels ?? {}, bounds: bounds?.[0] };
}

function withoutShares(budget: Budget | undefined): Budget | undefined {
  return budget && { ...budget, shares: undefined };
}

function defined(settings: SharedNamespaceSettings = {}): SharedNamespaceSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
