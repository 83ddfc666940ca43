/** The only object of a kind with a name in a namespace. */
export function objectOf(manifests: any[], kind: string, name: string, namespace?: string): any {
  const found = manifests.filter(({ kind: of, metadata }) => of === kind && metadata.name === name && metadata.namespace === namespace);
  expect([kind, name, namespace, found.length]).toEqual([kind, name, namespace, 1]);
  return found[0];
}

/** The objects of a kind. */
export function objectsOf(manifests: any[], kind: string): any[] {
  return manifests.filter((manifest) => manifest.kind === kind);
}

/** The names of the network policies of a namespace. */
export function policyNames(manifests: any[], namespace: string): string[] {
  return objectsOf(manifests, 'NetworkPolicy').filter(({ metadata }) => metadata.namespace === namespace).map(({ metadata }) => metadata.name);
}
