import { Labels } from '@viridial/core';
import { TierMetadata } from './tier-model';

/** Metadata of an object of the cluster tier. */
export function objectMetadata(name: string, reason: string, { labels }: TierMetadata): any {
  return { name, labels: { ...labels }, annotations: { [Labels.REASON]: reason } };
}
