import { AllRights } from './expectations';
import { RenderedNamespace } from './rendered-namespace';

/** Tenants whose objects take part in the promises of others: those they talk to, and those that a subject of theirs has a role with. */
export function proofNeighbours(own: RenderedNamespace[], rights: AllRights, all: RenderedNamespace[]): string[] {
  const names = new Set(own.map(({ name }) => name));
  const owners = new Map(all.flatMap(({ name, tenant }) => (tenant === undefined ? [] : [[name, tenant.tenant.name] as const])));
  const peers = own.flatMap(({ tenant }) => [...tenant!.peers.calls, ...tenant!.peers.calledBy]);
  const together = [...rights.values()]
    .filter(({ roles }) => roles.size > 1 && [...roles.keys()].some((name) => names.has(name)))
    .flatMap(({ roles }) => [...roles.keys()].map((name) => owners.get(name)!));
  return [...peers, ...together];
}
