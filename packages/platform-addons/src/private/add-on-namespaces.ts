import { Expectation, Labels, PodSecurityLevel, Problem } from '@viridial/core';
import { AcceptedFinding } from '@viridial/proof';
import { PodSecurityLabels } from '@viridial/security-policy';
import type { Installation } from '../installation';

/** Namespaces that every cluster has from the start (https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/). */
const BUILT_IN = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

const STRICTNESS = [PodSecurityLevel.PRIVILEGED, PodSecurityLevel.BASELINE, PodSecurityLevel.RESTRICTED];

/** Namespaces of add-ons, and whether those that others make are good enough for them. */
export interface AddOnNamespaces {
  readonly manifests: any[];
  readonly expectations: Expectation[];
  readonly problems: Problem[];
}

/** Namespaces of Kubernetes itself that add-ons run in: they have no network policy, which is known. */
export function openNamespaces(installations: Installation[]): AcceptedFinding[] {
  const running = installations.filter(({ namespace, footprint }) => isBuiltIn(namespace) && footprint.workloads.length > 0);
  return [...new Set(running.map((installation) => installation.namespace))].sort().map((namespace) => ({
    ruleId: 'NamespaceWithoutNetworkPolicy',
    object: `Namespace ${namespace}`,
    reason: 'a namespace of Kubernetes itself: closing it cuts off DNS and the parts of the control plane that live in it',
  }));
}

/** Whether a namespace is there before anybody makes it. */
export function isBuiltIn(namespace: string): boolean {
  return BUILT_IN.includes(namespace);
}

/** The level of every namespace of add-ons: as strict as its least strict add-on allows. */
export function levelsOf(installations: Installation[]): Map<string, PodSecurityLevel> {
  const found = new Map<string, PodSecurityLevel>();
  for (const { namespace, podSecurityLevel } of installations) {
    const before = STRICTNESS.indexOf(found.get(namespace) ?? PodSecurityLevel.RESTRICTED);
    found.set(namespace, STRICTNESS[Math.min(before, STRICTNESS.indexOf(podSecurityLevel))]);
  }
  return found;
}

/** Level that a namespace enforces; without a label it takes anything. */
function enforced(namespace: any): PodSecurityLevel {
  const label = namespace.metadata.labels?.['pod-security.kubernetes.io/enforce'];
  return STRICTNESS.find((level) => level === label) ?? PodSecurityLevel.PRIVILEGED;
}

function tooStrict(installations: Installation[], namespace: any): Problem[] {
  const level = enforced(namespace);
  const { name } = namespace.metadata;
  return installations
    .filter((installation) => installation.namespace === name && STRICTNESS.indexOf(installation.podSecurityLevel) < STRICTNESS.indexOf(level))
    .map((installation) => Problem.error({
      code: 'NamespaceTooStrict',
      path: `addOns.${installation.name}.namespace`,
      message: `namespace '${name}' refuses pods below the Pod Security level ${level}, and '${installation.name}' needs ${installation.podSecurityLevel}`,
      value: name,
      allowed: `a namespace that allows ${installation.podSecurityLevel}`,
      cure: 'give the add-on a namespace of its own',
    }));
}

/**
 * The namespaces that add-ons need and nobody else makes, with the Pod Security level that their add-ons need at least,
 * pinned to a version.
 */
export function addOnNamespaces(installations: Installation[], existing: any[], platformName: string, version: string): AddOnNamespaces {
  const others = new Map(existing.filter((manifest) => manifest.kind === 'Namespace').map((manifest) => [manifest.metadata.name as string, manifest]));
  const manifests: any[] = [];
  const expectations: Expectation[] = [];
  const problems: Problem[] = [];
  for (const [name, level] of [...levelsOf(installations)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (isBuiltIn(name)) continue;
    if (others.has(name)) {
      problems.push(...tooStrict(installations, others.get(name)));
      continue;
    }
    const addOns = installations.filter((installation) => installation.namespace === name).map((installation) => installation.name).sort();
    manifests.push({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name,
        labels: {
          [Labels.MANAGED_BY]: Labels.MANAGED_BY_VALUE,
          [Labels.PLATFORM]: platformName,
          [Labels.ROLE]: 'add-ons',
          ...PodSecurityLabels.of(level, version),
        },
      },
    });
    expectations.push(Expectation.podSecurity({
      namespace: name, level, version: `v${version}`, reason: `the least strict level that ${addOns.join(' and ')} can live with`,
    }));
  }
  return { manifests, expectations, problems };
}
