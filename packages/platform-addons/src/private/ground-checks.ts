import { ClusterProfile, Problem } from '@viridial/core';
import type { AddOn } from '../add-on';
import { CatalogueAddOn } from '../catalogue-add-on';

/** The oldest Kubernetes of a range that only names one, as charts do: `>=1.25.0-0` is 1.25. */
export function oldestMinor(range: string): string | undefined {
  return /^>=\s*v?(\d+\.\d+)/.exec(range)?.[1];
}

/** Whether an add-on fits the distribution and the Kubernetes version of a cluster. */
export function groundProblems(addOn: AddOn, profile: ClusterProfile): Problem[] {
  const problems: Problem[] = [];
  if (addOn.distributions.length > 0 && !addOn.distributions.includes(profile.distribution)) {
    problems.push(Problem.error({
      code: 'NotOnThisGround',
      path: `addOns.${addOn.name}`,
      message: `add-on '${addOn.name}' does not work on ${profile.distribution}`,
      value: profile.distribution,
      allowed: [...addOn.distributions].sort().join(', '),
      cure: 'leave it to the target of its ground, or drop it',
    }));
  }
  const range = addOn instanceof CatalogueAddOn ? addOn.release.kubernetesRange : undefined;
  const oldest = range && oldestMinor(range);
  if (oldest && !profile.version.isAtLeast(oldest)) {
    problems.push(Problem.error({
      code: 'KubernetesTooOld',
      path: `addOns.${addOn.name}`,
      message: `chart ${addOn.name} does not install on Kubernetes ${profile.version.minorText}`,
      value: profile.version.minorText,
      allowed: range,
      cure: 'upgrade the cluster, or drop the add-on',
    }));
  }
  return problems;
}
