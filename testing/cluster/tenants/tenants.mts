// The tenancy of the examples and one of thirty tenants on a server: applied, and tried by everybody who has a role.
import { run, type Results } from '../harness/experiment.mts';
import { Random } from '../harness/random.mts';
import type { ControlPlane } from '../server/control-plane.mts';
import { Resources } from '../server/resources.mts';
import { applyAgain, applyPolicies, applyTenancy, isPolicy, removePolicies } from './application.mts';
import { attempts } from './attempts.mts';
import { subjects, type Subject } from './tenancies.mts';

/** What came of it. */
export interface TriedTenants {
  readonly results: Results[];
  readonly failures: string[];
}

/** Tries both tenancies. */
export async function tryTenants(plane: ControlPlane, seed: number, controllers: boolean, say: (text: string) => void): Promise<TriedTenants> {
  const results: Results[] = [];
  const failures: string[] = [];
  const { version: { major, minor } } = plane;
  for (const subject of subjects(`${major}.${minor}`, new Random(seed, 'tenants'))) {
    const tried = await trySubject(plane, subject, controllers, say);
    results.push(...tried.results);
    failures.push(...tried.failures);
  }
  return { results, failures };
}

async function trySubject(plane: ControlPlane, subject: Subject, controllers: boolean, say: (text: string) => void): Promise<TriedTenants> {
  const resources = new Resources(plane.client);
  const results: Results[] = [];
  const failures: string[] = [];
  const tell = (text: string, own: string[]) => {
    failures.push(...own.map((failure) => `${subject.name}: ${failure}`));
    say(`${own.length === 0 ? '✓' : '✗'} ${subject.name}: ${text}`);
  };
  const applied = await applyTenancy(plane, subject, resources, controllers);
  const experiments = [await attempts(plane.client, resources, subject)];
  const guarded = await applyPolicies(plane, subject, resources, controllers);
  const again = await applyAgain(plane, subject, resources);
  const { length } = subject.manifests.filter(isPolicy);
  tell(`${subject.manifests.length} objects applied, ${length} of them policies and bindings; a second apply changes ${again.length}`, [...applied, ...guarded, ...again]);
  for (const experiment of experiments) {
    const result = await run(experiment, plane.client);
    results.push(result);
    say(`${result.disagreeing === 0 ? '✓' : '✗'} ${result.name}: ${result.cases} cases, ${result.disagreeing} disagreements`);
  }
  await removePolicies(plane, subject, resources);
  return { results, failures };
}
