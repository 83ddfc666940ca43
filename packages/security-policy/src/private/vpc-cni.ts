import { Cidr, Problems } from '@viridial/core';
import { Direction, IpBlock, PlacedRule } from './rule';

/** AWS documentation, "Limit Pod traffic with Kubernetes network policies": port and protocol pairs for one CIDR. */
const MOST_PORTS = 24;

/** Limits of the Amazon VPC CNI's network policy agent, which drops or misreads what is beyond them without a word. */
export function collectVpcCniLimits(problems: Problems, rules: PlacedRule[]): void {
  collectPorts(problems, rules);
  for (const direction of ['ingress', 'egress'] as Direction[]) {
    collectExceptions(problems, rules.filter((rule) => rule.direction === direction));
  }
}

function collectPorts(problems: Problems, rules: PlacedRule[]): void {
  const pairs = new Map<string, Set<string>>();
  for (const rule of rules) {
    for (const peer of rule.peers) {
      const key = `${rule.direction} ${JSON.stringify(peer)}`;
      const seen = pairs.get(key) ?? new Set<string>();
      pairs.set(key, seen);
      const before = seen.size;
      for (const port of rule.ports ?? []) seen.add(`${port.protocol} ${port.port}`);
      if (before > MOST_PORTS || seen.size <= MOST_PORTS) continue;
      problems.error({
        code: 'TooManyPorts',
        path: `${rule.path}.ports`,
        message: `the VPC CNI enforces at most ${MOST_PORTS} ports for one peer, and these flows open more`,
        value: seen.size,
        allowed: `at most ${MOST_PORTS} port and protocol pairs for one peer and direction`,
        cure: 'name fewer ports, or no port at all',
      });
    }
  }
}

/**
 * Rules for one block share one entry in the agent's table, so the exceptions of one rule close the block for the other
 * rule too (aws/amazon-network-policy-controller-k8s#121, #146; fixed in its pull request 218 for versions after 2026-03).
 */
function collectExceptions(problems: Problems, rules: PlacedRule[]): void {
  const blocks = rules.flatMap((rule) => rule.peers.flatMap((peer) => peer.ipBlock ? [{ path: rule.path, block: peer.ipBlock }] : []));
  const byCidr = new Map<string, IpBlock>();
  for (const { path, block } of blocks) {
    const first = byCidr.get(block.cidr) ?? block;
    byCidr.set(block.cidr, first);
    if (JSON.stringify(first) !== JSON.stringify(block)) conflict(problems, path, block.cidr, 'another flow has the same block with other exceptions');
  }
  const closed = new Set(blocks.flatMap(({ block }) => block.except ?? []));
  for (const { path, block } of blocks) {
    if (closed.has(Cidr.parse(block.cidr).toString())) conflict(problems, path, block.cidr, 'another flow has it as an exception');
  }
}

function conflict(problems: Problems, path: string, cidr: string, why: string): void {
  problems.error({
    code: 'ExceptionHidesFlow',
    path,
    message: `the VPC CNI would close ${cidr} for this flow: ${why}`,
    value: cidr,
    cure: 'give both flows the same block and exceptions, or a smaller block to one of them',
  });
}
