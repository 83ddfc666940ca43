import { Problems } from '@viridial/core';
import { EksPlatformProps } from '../eks-platform-props';

/** What TypeScript sees to, and JavaScript or a cast does not. Told apart by shape, because a program may hold two copies of a package. */
const KINDS: { readonly [property: string]: { readonly is: (value: any) => boolean; readonly allowed: string } } = {
  platform: { is: (value) => typeof value?.render === 'function' && Array.isArray(value.tenants), allowed: 'new Platform({…})' },
  region: { is: (value) => typeof value === 'string', allowed: "text, such as 'eu-west-1'" },
  subnets: { is: (value) => Array.isArray(value?.public) && Array.isArray(value.private), allowed: "Subnets.exact('10.0.0.0/16', { public: […], private: […] })" },
  nodeGroups: { is: isPlainObject, allowed: 'an object of node groups by name' },
};

/** The same for what may be left out. */
const OPTIONAL_KINDS: typeof KINDS = {
  gitOps: { is: (value) => typeof value?.repository === 'string', allowed: 'GitOps.argoCd({…})' },
  access: { is: (value) => Array.isArray(value?.administrators), allowed: 'Access.of({…})' },
  environments: { is: Array.isArray, allowed: 'a list of names' },
  tenantIdentities: { is: Array.isArray, allowed: 'a list of service accounts and their rights' },
  zones: { is: Array.isArray, allowed: 'a list of availability zones' },
  ingressCidrs: { is: Array.isArray, allowed: 'a list of CIDRs' },
  webhookPorts: { is: Array.isArray, allowed: 'a list of ports' },
  hostedZoneIds: { is: Array.isArray, allowed: 'a list of ids' },
  addOnVersions: { is: isPlainObject, allowed: 'an object of versions by name of the add-on' },
  admission: { is: (value) => typeof value === 'boolean', allowed: 'true or false' },
  admissionSettings: { is: isPlainObject, allowed: 'an object such as { registries: [\'registry.example.com\'] }' },
  tags: { is: isPlainObject, allowed: 'an object of text by key' },
};

/**
 * Collects the properties that are of another kind altogether: nothing can be planned with them, and everything said
 * afterwards would be about the mistake's consequences.
 */
export function collectKinds(problems: Problems, props: EksPlatformProps): void {
  const given: { readonly [property: string]: any } = isPlainObject(props) ? props : {};
  const wrong = (path: string, value: any, allowed: string) => problems.error({
    code: 'WrongKindOfValue',
    path,
    message: value === undefined || value === null ? 'a value is missing' : `${typeof value === 'string' ? `'${value}'` : `this ${Array.isArray(value) ? 'list' : typeof value}`} is something else`,
    value: typeof value === 'object' ? undefined : value,
    allowed,
  });
  for (const [property, { is, allowed }] of Object.entries(KINDS)) {
    if (!is(given[property])) wrong(property, given[property], allowed);
  }
  for (const [property, { is, allowed }] of Object.entries(OPTIONAL_KINDS)) {
    if (given[property] !== undefined && !is(given[property])) wrong(property, given[property], allowed);
  }
  if (!isPlainObject(given.nodeGroups)) return;
  for (const [name, group] of Object.entries<any>(given.nodeGroups)) {
    if (!Array.isArray(group?.instanceTypes) || !Array.isArray(group.taints)) wrong(`nodeGroups.${name}`, group, "NodeGroup.of(['m7i.large'], { min: 3, max: 12 })");
  }
}

function isPlainObject(value: any): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
