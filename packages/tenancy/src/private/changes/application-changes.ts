import { ApplicationChange, ChangeKind } from '../../tenancy-changes-props';
import { RenderedApplication } from '../../tenant-application';
import { applicationsIn } from '../applications';
import { sortedOnce } from '../compare';
import { isRetired } from '../lifecycle';
import { RenderedNamespace } from '../rendered-namespace';
import { fieldChanges } from './object-changes';

/** Applications that are new, that differ and that are gone, by name. */
export function applicationChanges(before: RenderedNamespace[], after: RenderedNamespace[]): ApplicationChange[] {
  const old = byId(before);
  const now = byId(after);
  return sortedOnce([...old.keys(), ...now.keys()]).flatMap((application): ApplicationChange[] => {
    if (!old.has(application)) return [{ application, kind: ChangeKind.CREATED, fields: [] }];
    if (!now.has(application)) return [{ application, kind: ChangeKind.REMOVED, fields: [] }];
    const fields = fieldChanges(old.get(application), now.get(application));
    return fields.length === 0 ? [] : [{ application, kind: ChangeKind.CHANGED, fields }];
  });
}

function byId(namespaces: RenderedNamespace[]): Map<string, RenderedApplication> {
  return new Map(namespaces.flatMap(({ tenant, environment }) => {
    if (tenant === undefined || isRetired(tenant.tenant)) return [];
    // who delivers is no difference of the application
    return applicationsIn(tenant.tenant, environment!, '').map((application): [string, RenderedApplication] => [application.id, application]);
  }));
}
