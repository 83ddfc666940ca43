import { AdmissionPlatform } from '@viridial/security-policy';

/**
 * Group of the access entries that administer the cluster, and of the deployment. An access entry is in no group by itself:
 * EKS gives its rights beside RBAC, and admission policies could not tell an administrator from anybody else.
 */
export const ADMINISTRATORS_GROUP = 'viridial:administrators';

/** As whom EKS itself installs and updates its add-ons; nobody else can be given a name that begins so. */
const ADD_ON_MANAGER = 'eks:addon-manager';

/** Administrators, and EKS, as admission policies know them. */
export function administrators(): AdmissionPlatform {
  return AdmissionPlatform.of({ groups: [ADMINISTRATORS_GROUP], users: [ADD_ON_MANAGER] });
}
