import { Cidr, Problems } from '@viridial/core';
import { Flow } from '../flow';
import { FlowKind } from '../flow-kind';

/** What the blocks of flows with the same direction, pods and ports hold together: the nodes may take several blocks. */
export class BlocksTogether {
  private readonly groups = new Map<string, Cidr[]>();
  private readonly known = new Map<string, Cidr[]>();

  constructor(flows: Flow[]) {
    for (const flow of flows) {
      if (flow.kind !== FlowKind.CIDR_IN && flow.kind !== FlowKind.CIDR_OUT) continue;
      // a text that is no block is reported by its own flow
      const block = Cidr.collect(new Problems(), 'cidr', flow.cidr ?? '');
      if (block === undefined) continue;
      const key = keyOf(flow);
      const group = this.groups.get(key) ?? [];
      group.push(block);
      this.groups.set(key, group);
    }
  }

  /** The part of the hosts that neither the flow holds nor those like it. */
  public missing(flow: Flow, hosts: Cidr[]): Cidr[] {
    const group = keyOf(flow);
    const key = `${group} ${hosts.join()}`;
    const missing = this.known.get(key) ?? Cidr.difference(hosts, this.groups.get(group) ?? []);
    this.known.set(key, missing);
    return missing;
  }
}

function keyOf({ kind, podLabels = {}, ports }: Flow): string {
  const texts = ports && [...new Set(ports.map(({ port, protocol = 'TCP' }) => `${protocol} ${port}`))].sort();
  return JSON.stringify([kind, Object.entries(podLabels).sort(), texts]);
}
