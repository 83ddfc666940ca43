/** The parts of a CloudFormation template that are read. */
export interface Template {
  readonly Resources: { readonly [logicalId: string]: Resource };
}

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: any };
}

/** All resources of a type, over all templates. */
export function resourcesOf(templates: readonly Template[], type: string): Resource[] {
  return templates.flatMap((template) => Object.values(template.Resources).filter((resource) => resource.Type === type));
}
