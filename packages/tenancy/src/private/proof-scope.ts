import { AllRights, subjectKeys } from './expectations';
import { bindingObjects } from './namespace-objects';
import { RenderedNamespace } from './rendered-namespace';
import { subjectKey } from './subject';

/** Tenants whose objects take part in the promises of others: those that they talk to. */
export function peersOf(own: RenderedNamespace[]): string[] {
  return own.flatMap(({ tenant }) => [...tenant!.peers.calls, ...tenant!.peers.calledBy]);
}

/** Bindings in other namespaces that give a right to a subject of the own ones. */
export function bindingsElsewhere(own: RenderedNamespace[], rights: AllRights, byName: Map<string, RenderedNamespace>, deployerHome: string): any[] {
  const names = new Set(own.map(({ name }) => name));
  const keys = new Set(subjectKeys(own, deployerHome));
  const shared = [...keys].flatMap((key) => rights.get(key)!.namespaces);
  return [...new Set(shared)].filter((name) => !names.has(name)).flatMap((name) => {
    const { context, members } = byName.get(name)!;
    const roles = new Set(members.filter(({ subject }) => keys.has(subjectKey(subject))).map(({ role }) => `tenant-${role}`));
    return bindingObjects(context, members, deployerHome).filter(({ metadata }) => roles.has(metadata.name));
  });
}
