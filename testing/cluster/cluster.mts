// npx projen test:cluster [--seed N] [--cases N]: puts thousands of questions to a real API server and to the evaluators of
// @viridial/proof, and fails when they disagree on one.
import { randomInt } from 'node:crypto';
import { access } from './access/experiment.mts';
import { admissionRound, ROUNDS } from './admission/experiment.mts';
import { bounds } from './bounds/experiment.mts';
import { readArguments } from './harness/arguments.mts';
import { run, type Experiment, type Results } from './harness/experiment.mts';
import { barsFor, disagreementText, shortcomings, table } from './harness/report.mts';
import { podSecurity } from './pod-security/experiment.mts';
import { ControlPlane } from './server/control-plane.mts';
import { findPrograms, howToGet } from './server/programs.mts';
import { tryTenants } from './tenants/tenants.mts';
import { tryWitnesses } from './witnesses/witnesses.mts';

const started = performance.now();
const seconds = () => ((performance.now() - started) / 1000).toFixed(0);
const say = (text: string) => process.stdout.write(`${text}\n`);
const { seed, cases } = readArguments(process.argv.slice(2), () => randomInt(2 ** 31));
const { found, missing } = findPrograms(process.env);
const failures: string[] = [];
if (missing.length > 0) {
  say(howToGet(missing));
  failures.push(`not everything was tried: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`);
}

async function askEverything(plane: ControlPlane): Promise<Results[]> {
  const { client, version } = plane;
  const aggregation = found.has('kube-controller-manager');
  const results: Results[] = [];
  async function put<C>(made: Promise<Experiment<C>>): Promise<void> {
    const result = await run(await made, client);
    results.push(result);
    say(`${result.disagreeing === 0 ? '✓' : '✗'} ${result.name}: ${result.cases} cases, ${result.disagreeing} disagreements`);
  }
  await put(podSecurity(client, seed, cases, version.minor));
  await put(access(plane, seed, cases, aggregation));
  await put(bounds(plane, seed, cases));
  return results;
}

/** Last, because policies hold everything that is written after them. */
async function askAdmission(plane: ControlPlane): Promise<Results[]> {
  const results: Results[] = [];
  const blunted = new Set<string>();
  for (let index = 0; index < ROUNDS; index++) {
    const round = await admissionRound(plane, index, seed, cases, found.has('kube-controller-manager'));
    say(round.installed.text);
    const result = await run(round.experiment, plane.client);
    say(`${result.disagreeing === 0 ? '✓' : '✗'} ${result.name}: ${result.cases} cases, ${result.disagreeing} disagreements, ${round.broken.length} broken promises`);
    const witnesses = await round.witnesses(blunted);
    say(witnesses.text);
    results.push(result);
    failures.push(...round.installed.failures, ...round.broken, ...witnesses.failures);
    await round.remove();
  }
  return results;
}

if (found.has('etcd') && found.has('kube-apiserver')) {
  let plane: ControlPlane | undefined;
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) {
    process.on(signal, () => {
      plane?.kill();
      process.exit(code);
    });
  }
  try {
    plane = ControlPlane.prepare(found);
    await plane.start();
    say(`kube-apiserver ${plane.version.text}, seed ${seed}, ${cases} cases of each kind`);
    const results = await askEverything(plane);
    const witnesses = await tryWitnesses(plane);
    results.push(...await askAdmission(plane));
    // another one, on which quotas are counted, as nothing may do where a case says what is used
    await plane.stop();
    plane = ControlPlane.prepare(found, ['resourcequota-controller']);
    await plane.start();
    const tenants = await tryTenants(plane, seed, found.has('kube-controller-manager'), say);
    say(`\n${table([...results, ...tenants.results])}\n\n${witnesses.text}`);
    for (const result of [...results, ...tenants.results]) if (result.disagreements.length > 0) say(disagreementText(result, seed));
    failures.push(...shortcomings(results, barsFor(cases)), ...witnesses.failures, ...shortcomings(tenants.results, barsFor(0)), ...tenants.failures);
  } catch (error) {
    failures.push(`the test itself: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
  } finally {
    await plane?.stop();
  }
}
for (const failure of failures) say(`✗ ${failure}`);
say(`${failures.length > 0 ? '✗' : '✓'} cluster: ${failures.length === 0 ? 'evaluators and API server agree' : `${failures.length} failures`}, seed ${seed}, ${seconds()} s`);
process.exitCode = failures.length > 0 ? 1 : 0;
