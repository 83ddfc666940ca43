// The tenancy of the examples and one of thirty tenants on a server: applied, and tried by everybody who has a role.
import { applyAgain, applyPolicies, applyTenancy, isPolicy, removePolicies } from './application.mts';
import { attempts } from './attempts.mts';
import { exhaust } from './exhaustion.mts';
import { pods, requests, rights } from './promises.mts';
import { subjects, type Subject } from './tenancies.mts';
import { promisesIn } from '../admission/catalogue.mts';
import { prepare } from '../admission/installation.mts';
import { run, type Experiment, type Results } from '../harness/experiment.mts';
import { Random } from '../harness/random.mts';
import type { ControlPlane } from '../server/control-plane.mts';
import { Resources } from '../server/resources.mts';

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
  // before the policies, which refuse some of it sooner than quotas do
  const filled = await exhaust(plane, resources, subject, controllers);
  results.push(filled.result);
  tell(`${filled.result.allowed} objects made until ${[...filled.result.decisions.keys()].length} kinds of bounds refused the next, ${filled.result.disagreeing} disagreements`, filled.failures);
  await prepare(plane, { name: subject.name, policies: [], namespaces: subject.manifests.filter(({ kind }) => kind === 'Namespace'), promises: promisesIn(subject.expectations) });
  const { client } = plane;
  const acts = await attempts(client, resources, subject);
  const admitted = await requests(client, resources, subject);
  const guarded = await applyPolicies(plane, subject, resources, controllers);
  const again = await applyAgain(plane, subject, resources);
  const { length } = subject.manifests.filter(isPolicy);
  tell(`${subject.manifests.length} objects applied, ${length} of them policies and bindings; a second apply changes ${again.length}`, [...applied, ...guarded, ...again]);
  async function put<C>(experiment: Experiment<C>, broken: string[]): Promise<void> {
    const result = await run(experiment, client);
    results.push(result);
    failures.push(...broken.map((failure) => `${result.name}: ${failure}`));
    say(`${result.disagreeing + broken.length === 0 ? '✓' : '✗'} ${result.name}: ${result.cases} cases, ${result.disagreeing} disagreements, ${broken.length} broken promises`);
  }
  const granted = rights(subject);
  await put(granted.experiment, granted.broken);
  await put(admitted.experiment, admitted.broken);
  await admitted.clear();
  const held = pods(client, resources, subject);
  await put(held.experiment, held.broken);
  await put(acts.experiment, acts.tally.broken);
  tell(`acts are refused by ${acts.tally.text}`, acts.tally.silent);
  await removePolicies(plane, subject, resources);
  return { results, failures };
}
