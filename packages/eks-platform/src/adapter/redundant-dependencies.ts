/** Logical ids that a value needs in every case: those behind conditions do not count. */
function collectReferences(value: any, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) collectReferences(item, found);
  } else if (value !== null && typeof value === 'object') {
    if ('Fn::If' in value) return;
    if (typeof value.Ref === 'string') found.add(value.Ref);
    const attribute = value['Fn::GetAtt'];
    if (Array.isArray(attribute)) found.add(attribute[0]);
    else if (typeof attribute === 'string') found.add(attribute.split('.')[0]);
    for (const item of Object.values(value)) collectReferences(item, found);
  }
}

/**
 * Removes from a template every `DependsOn` that says again what a `Ref` or `Fn::GetAtt` of the same resource says.
 *
 * CloudFormation orders resources by either; the constructs of CDK write both, which strict validators refuse
 * (cfn-lint W3005).
 */
export function removeRedundantDependencies(template: any): void {
  for (const resource of Object.values<any>(template.Resources ?? {})) {
    if (resource.DependsOn === undefined) continue;
    const references = new Set<string>();
    collectReferences(resource.Properties, references);
    const needed = [resource.DependsOn].flat().filter((id: string) => !references.has(id));
    if (needed.length > 0) resource.DependsOn = needed;
    else delete resource.DependsOn;
  }
}
