import { KubernetesName, Problems } from '@viridial/core';
import { isRegistry } from './image-names';
import { AdmissionFacts } from '../../admission-facts';

/** Checks what is allowed in one namespace. */
export function collectFacts(problems: Problems, path: string, facts: AdmissionFacts): void {
  const at = path === '' ? '' : `${path}.`;
  facts.ingressHosts?.forEach((host, index) =>
    KubernetesName.collectDnsSubdomain(problems, `${at}ingressHosts[${index}]`, host.replace(/^\*\./, ''), 'host name'));
  collectRegistries(problems, `${at}registries`, facts.registries);
  collectNames(problems, `${at}storageClasses`, facts.storageClasses, 'storage class');
  collectNames(problems, `${at}priorityClasses`, facts.priorityClasses, 'priority class');
}

/** Checks registries. */
export function collectRegistries(problems: Problems, path: string, registries: string[] = []): void {
  registries.forEach((registry, index) => {
    if (isRegistry(registry)) return;
    problems.error({
      code: 'InvalidRegistry',
      path: `${path}[${index}]`,
      message: `'${registry}' names no registry`,
      value: registry,
      allowed: "a host with a dot, a port or the name localhost, perhaps with a path behind it: 'docker.io/library'",
      cure: 'write the host in front, without a scheme, tag or wildcard',
    });
  });
}

/** Checks names of classes. */
export function collectNames(problems: Problems, path: string, names: string[] | undefined, what: string): void {
  names?.forEach((name, index) => KubernetesName.collectDnsSubdomain(problems, `${path}[${index}]`, name, `name of a ${what}`));
}
