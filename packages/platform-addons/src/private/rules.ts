import type { FootprintRule } from '../footprint-account';

/** Verbs of somebody who only watches. */
export const READ = ['get', 'list', 'watch'];

/** Verbs of somebody who keeps objects as they should be. */
export const WRITE = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

/** One rule over resources of one group; the core group is the empty string. */
export function rule(apiGroup: string, resources: string[], verbs: string[], resourceNames?: string[]): FootprintRule {
  return { apiGroups: [apiGroup], resources, verbs, resourceNames };
}

/** What a controller with leader election does with its lease and the events it writes. */
export const LEASE = [rule('coordination.k8s.io', ['leases'], WRITE)];
