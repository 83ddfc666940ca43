import { KubernetesName, Problems } from '@viridial/core';
import { Tenant } from '../tenant';

const COST = 'cost.viridial.com';
const CONTACT = 'contact.viridial.com';

/** Labels that say what costs are booked on. */
export function costLabels({ costTags }: Tenant): { [key: string]: string } {
  return Object.fromEntries(Object.entries(costTags).map(([tag, value]) => [`${COST}/${tag}`, value]));
}

/** Annotations that say whom to call. */
export function contactAnnotations({ contacts }: Tenant): { [key: string]: string } {
  return Object.fromEntries(Object.entries(contacts).map(([purpose, contact]) => [`${CONTACT}/${purpose}`, contact]));
}

/** Checks cost tags, which become labels, and contacts, which become annotations. */
export function collectTags(problems: Problems, tenant: Tenant): void {
  for (const [tag, value] of Object.entries(tenant.costTags)) {
    const path = `tenants.${tenant.name}.costTags.${tag}`;
    KubernetesName.collectLabelKey(problems, path, `${COST}/${tag}`, 'cost tag');
    KubernetesName.collectLabelValue(problems, path, value, `value of cost tag ${tag}`);
  }
  for (const [purpose, contact] of Object.entries(tenant.contacts)) {
    const path = `tenants.${tenant.name}.contacts.${purpose}`;
    KubernetesName.collectLabelKey(problems, path, `${CONTACT}/${purpose}`, 'purpose of a contact');
    if (contact.trim() !== '') continue;
    problems.error({ code: 'EmptyContact', path, message: `nobody is named as ${purpose}`, value: contact, cure: 'name somebody, or take the contact away' });
  }
}
