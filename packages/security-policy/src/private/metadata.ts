import { Problems } from '@viridial/core';
import { opensMetadata } from './ip-blocks';
import { PlacedRule } from './rule';

/** Reports the flows that open the instance metadata service although the namespace forbids it. */
export function collectMetadata(problems: Problems, rules: PlacedRule[]): void {
  for (const rule of rules) {
    const opened = rule.direction === 'egress' ? rule.peers.filter((peer) => peer.ipBlock && opensMetadata(peer.ipBlock)) : [];
    for (const { ipBlock } of opened) {
      problems.error({
        code: 'MetadataReopened',
        path: rule.path,
        message: `${ipBlock!.cidr} opens the instance metadata service, which Flow.metadataDeny() of the same namespace forbids`,
        value: ipBlock!.cidr,
        cure: 'take one of the two flows away',
      });
    }
  }
}
