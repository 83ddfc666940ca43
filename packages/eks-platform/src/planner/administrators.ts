import { AdmissionPlatform } from '@viridial/security-policy';

/**
 * Group of the access entries that administer the cluster, and of the deployment. An access entry is in no group by itself:
 * EKS gives its rights beside RBAC, and admission policies could not tell an administrator from anybody else.
 */
export const ADMINISTRATORS_GROUP = 'viridial:administrators';

/** Administrators as admission policies know them. */
export function administrators(): AdmissionPlatform {
  return AdmissionPlatform.of({ groups: [ADMINISTRATORS_GROUP] });
}
