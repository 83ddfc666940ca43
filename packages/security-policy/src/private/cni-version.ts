import { ClusterProfile } from '@viridial/core';

/** Whether the version of the network plugin is known and at least this one. */
export function isCniFrom({ cniVersion }: ClusterProfile, major: number, minor: number): boolean {
  const [has, and] = (cniVersion ?? '').replace(/^v/, '').split('.').map(Number);
  return has > major || (has === major && and >= minor);
}
