// Takes the teeth out of admission policies on the server, one object at a time, and tries the requests that the proof says go
// through now; then puts the object back, and tries again.
import { setTimeout as sleep } from 'node:timers/promises';
import type { AdmissionStatement } from '@viridial/core';
import { Proof } from '@viridial/proof';
import type { Witnesses } from './witnesses.mts';
import { carriedOver } from '../admission/as-stored.mts';
import type { Catalogue } from '../admission/catalogue.mts';
import { MAY_EVERYTHING } from '../admission/requests.mts';
import type { ApiClient, RequestOptions } from '../server/api-client.mts';
import type { Resources } from '../server/resources.mts';

/** Caches of the API server follow within tenths of a second. */
const PATIENCE = 8000;

/** Promises that are tried of each policy. */
const EACH = 4;

interface Change {
  readonly original: Record<string, any>;
  readonly broken: Record<string, any> | undefined;
}

/** Objects that are blunted together, with the policies that lose their teeth. */
interface Break {
  readonly changes: readonly Change[];
  readonly policies: readonly string[];
}

/** A witness with what has to be there for it. */
interface Trial {
  readonly text: string;
  readonly statement: AdmissionStatement;
  readonly policy: string;
}

/**
 * Tries the witnesses of a catalogue that is installed. A server takes a second to see a policy change, so bindings lose their
 * Deny one after the other, and everything else that could be wrong with a policy is wrong with all of them at once.
 *
 * @param tried policies that were blunted alone before; the new ones are added
 */
export async function tryAdmissionWitnesses(client: ApiClient, resources: Resources, catalogue: Catalogue, tried: Set<string>): Promise<Witnesses> {
  const started = performance.now();
  const failures: string[] = [];
  let count = 0;
  const breaks = breaksOf(catalogue, tried);
  for (const each of breaks) {
    const trials = trialsOf(each, catalogue);
    const silent = each.policies.filter((policy) => !trials.some((trial) => trial.policy === policy));
    failures.push(...silent.map((policy) => `nothing bears witness against ${policy} without its teeth`));
    count += trials.length;
    for (const change of each.changes) await put(client, resources, change, change.broken);
    failures.push(...await tryAll(client, resources, trials, true));
    for (const change of each.changes) await put(client, resources, change, change.original);
    failures.push(...await tryAll(client, resources, trials, false));
  }
  for (const { policies } of breaks) for (const policy of policies) tried.add(policy);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const blunted = breaks.reduce((sum, { changes }) => sum + changes.length, 0);
  return {
    failures,
    text: `${failures.length === 0 ? '✓' : '✗'} ${count} witnesses of ${blunted} blunted admission objects (${catalogue.name}) happen before the cure and not after it, ${seconds} s`,
  };
}

function breaksOf({ policies, promises }: Catalogue, tried: ReadonlySet<string>): Break[] {
  const judged = new Set(promises.filter(({ allowed }) => !allowed).map(({ policy }) => policy));
  const bindings = policies.filter(({ kind, spec }) => kind === 'ValidatingAdmissionPolicyBinding' && judged.has(spec.policyName));
  const own = policies.filter(({ kind, metadata }) => kind === 'ValidatingAdmissionPolicy' && judged.has(metadata.name));
  const audit = (original: Record<string, any>): Change => (
    { original, broken: { ...original, spec: { ...original.spec, validationActions: ['Audit'] } } });
  const toothless = (original: Record<string, any>): Change => (
    { original, broken: { ...original, spec: { ...original.spec, validations: [{ expression: 'true' }] } } });
  return [
    ...bindings.filter(({ spec }) => !tried.has(spec.policyName))
      .map((binding) => ({ changes: [audit(binding)], policies: [binding.spec.policyName] })),
    { changes: bindings.map((original) => ({ original, broken: undefined })), policies: [...judged] },
    { changes: own.map(toothless), policies: [...judged] },
  ];
}

function trialsOf({ changes, policies: blunted }: Break, { policies, namespaces, promises }: Catalogue): Trial[] {
  const state = policies.flatMap((object) => {
    const change = changes.find(({ original }) => original === object);
    return change === undefined ? [object] : change.broken === undefined ? [] : [change.broken];
  });
  return blunted.flatMap((policy) => {
    const own = promises.filter((promise) => promise.policy === policy && !promise.allowed);
    // requests of each operation, because each takes another way
    const operations = [...new Set(own.map(({ statement }) => statement.operation))];
    const chosen = operations.flatMap((operation) => own.filter(({ statement }) => statement.operation === operation).slice(0, EACH));
    return chosen.flatMap(({ statement, expectation }) => {
      const alone = Proof.of([...namespaces, ...state], { expectations: [expectation] }).report().findings;
      const text = alone.find(({ ruleId, witness }) => ruleId === 'AdmissionOpen' && witness !== undefined)?.witness;
      return text === undefined ? [] : [{ text, statement, policy }];
    });
  });
}

async function tryAll(client: ApiClient, resources: Resources, trials: Trial[], expected: boolean): Promise<string[]> {
  const deadline = performance.now() + PATIENCE;
  let wrong = trials;
  for (;;) {
    const still: Trial[] = [];
    for (const trial of wrong) if (await succeeds(client, resources, trial) !== expected) still.push(trial);
    wrong = still;
    if (wrong.length === 0 || performance.now() > deadline) break;
    await sleep(50);
  }
  return wrong.map(({ text }) => `witness ${expected ? 'does not happen before' : 'still happens after'} the cure: ${text}`);
}

/** `kubectl create|replace|delete --dry-run=server … succeeds`, as kubectl sends it. */
async function succeeds(client: ApiClient, resources: Resources, { text, statement }: Trial): Promise<boolean> {
  const [, verb, flags, written] = /^kubectl (create|replace|delete) --dry-run=server(.*?)(?: --filename=- <<< '(.*)')? succeeds$/s.exec(text) ?? [];
  if (verb === undefined) throw new Error(`nobody can try this witness: ${text}`);
  const values = (name: string) => [...flags!.matchAll(new RegExp(` --${name}=(\\S+)`, 'g'))].map(([, value]) => value!);
  const [user = 'somebody'] = values('as');
  const account = /^system:serviceaccount:([^:]+):/.exec(user);
  const implied = account === null ? [] : ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`];
  const as = { user, groups: [...new Set([...values('as-group'), ...implied, 'system:authenticated', MAY_EVERYTHING])] };
  const object = written === undefined ? statement.oldObject : JSON.parse(written.replaceAll("'\\''", "'"));
  if (verb === 'create') return answered(client, 'POST', `${await resources.collection(object)}?dryRun=All`, { body: object, as });
  const [part] = values('subresource');
  const place = `${await resources.place(object)}${part === undefined ? '' : `/${part}`}?dryRun=All`;
  const made = await client.send('POST', await resources.collection(statement.oldObject), { body: statement.oldObject });
  // the namespaces of the catalogue are there
  const stored = made.status === 201 ? made.body : await client.must('GET', await resources.place(statement.oldObject));
  try {
    if (verb === 'delete') return await answered(client, 'DELETE', place, { as });
    return await answered(client, 'PUT', place, { body: carriedOver(statement.oldObject, object, stored), as });
  } finally {
    if (made.status === 201) await client.must('DELETE', `${await resources.place(statement.oldObject)}?gracePeriodSeconds=0`);
  }
}

async function answered(client: ApiClient, method: string, path: string, options: RequestOptions): Promise<boolean> {
  const { status, body } = await client.send(method, path, options);
  if (status < 300) return true;
  if (String(body?.message).includes('ValidatingAdmissionPolicy')) return false;
  throw new Error(`${method} ${path} was answered with ${status}: ${body?.message}`);
}

async function put(client: ApiClient, resources: Resources, { original, broken }: Change, wanted: Record<string, any> | undefined): Promise<void> {
  const place = await resources.place(original);
  if (wanted === undefined) {
    await client.must('DELETE', place);
  } else if (broken === undefined) {
    await client.must('POST', await resources.collection(wanted), { body: wanted });
  } else {
    // the controller that checks types writes the status meanwhile
    for (let status = 409; status === 409;) {
      const { metadata: { resourceVersion } } = await client.must('GET', place);
      ({ status } = await client.send('PUT', place, { body: { ...wanted, metadata: { ...wanted.metadata, resourceVersion } } }));
      if (status >= 300 && status !== 409) throw new Error(`PUT ${place} was answered with ${status}`);
    }
  }
}
