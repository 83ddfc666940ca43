import { Problems } from '@viridial/core';
import { AdmissionFacts } from './admission-facts';
import { collectFacts } from './private/admission/facts';
import { ANY_REGISTRY, registryPrefix } from './private/admission/image-names';

/**
 * The annotations by which a namespace tells admission policies what is allowed in it. Policies read them from the
 * namespace of each request, so that their number does not grow with the number of tenants; the policy
 * `AdmissionPolicy.TRUSTED_NAMESPACE_LABELS` keeps them to the platform.
 */
export class AdmissionAnnotations {
  /** Annotation: hosts that the namespace may serve, with commas between them. */
  public static readonly INGRESS_HOSTS = 'viridial.com/ingress-hosts';
  /** Annotation: prefixes of image names, with commas between them; a star where images may come from everywhere. */
  public static readonly REGISTRIES = 'viridial.com/registries';
  /** Annotation: storage classes, with commas between them. */
  public static readonly STORAGE_CLASSES = 'viridial.com/storage-classes';
  /** Annotation: priority classes, with commas between them. */
  public static readonly PRIORITY_CLASSES = 'viridial.com/priority-classes';
  /** Annotation: `allowed` where Services of type LoadBalancer are admitted. */
  public static readonly LOAD_BALANCERS = 'viridial.com/load-balancers';

  /**
   * The annotations of a namespace; none for what is as everywhere.
   * @param facts what is allowed in the namespace
   * @throws InvalidInputError with every host, registry and class that is not one
   */
  public static of(facts: AdmissionFacts): { [key: string]: string } {
    const problems = new Problems();
    collectFacts(problems, '', facts);
    problems.throwIfErrors('what admission allows in a namespace');
    const lists: [string, string[] | undefined][] = [
      [AdmissionAnnotations.INGRESS_HOSTS, facts.ingressHosts],
      [AdmissionAnnotations.LOAD_BALANCERS, facts.loadBalancers ? ['allowed'] : undefined],
      [AdmissionAnnotations.PRIORITY_CLASSES, facts.priorityClasses],
      [AdmissionAnnotations.REGISTRIES, facts.anyRegistry ? [ANY_REGISTRY] : facts.registries?.map(registryPrefix)],
      [AdmissionAnnotations.STORAGE_CLASSES, facts.storageClasses],
    ];
    return Object.fromEntries(lists.flatMap(([key, list]) => (list === undefined ? [] : [[key, [...new Set(list)].sort().join(',')]])));
  }

  private constructor() {}
}
