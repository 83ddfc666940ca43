import { KubernetesName, Labels, Problems } from '@viridial/core';

/** Labels of this domain or below decide whom policies trust. */
const TRUSTED = /(^|\.)(viridial\.com|kubernetes\.io|k8s\.io)$/;

/** Checks labels that a person gives to a namespace. */
export function collectLabels(problems: Problems, path: string, labels: { [key: string]: string }): void {
  for (const [key, value] of Object.entries(labels)) {
    KubernetesName.collectLabelKey(problems, `${path}.${key}`, key, 'label key');
    KubernetesName.collectLabelValue(problems, `${path}.${key}`, value, `value of label ${key}`);
    if (!TRUSTED.test(key.split('/')[0]) || !key.includes('/')) continue;
    problems.error({
      code: 'ReservedLabel',
      path: `${path}.${key}`,
      message: `label ${key} is one that policies trust`,
      value: key,
      allowed: 'keys outside viridial.com, kubernetes.io and k8s.io',
      cure: 'take a domain of your own, such as example.com/cost-centre',
    });
  }
}

/** Labels of every object of a tenancy. */
export function objectLabels(platform: string, more: { [key: string]: string } = {}): { [key: string]: string } {
  return { [Labels.MANAGED_BY]: Labels.MANAGED_BY_VALUE, [Labels.MANAGED]: 'true', [Labels.PLATFORM]: platform, ...more };
}
