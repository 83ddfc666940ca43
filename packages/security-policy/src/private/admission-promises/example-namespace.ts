import { Labels } from '@viridial/core';
import { AdmissionAnnotations } from '../../admission-annotations';
import { AdmissionNamespace } from '../../admission-facts';

/** A namespace as policies see it: with the label by which they hold it, and what is allowed in it. */
export function exampleNamespace({ name, tenant, facts }: AdmissionNamespace): any {
  const annotations = AdmissionAnnotations.of(facts ?? {});
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { [Labels.MANAGED_BY]: Labels.MANAGED_BY_VALUE, [Labels.MANAGED]: 'true', [Labels.TENANT]: tenant, [Labels.NAMESPACE_NAME]: name },
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
  };
}
