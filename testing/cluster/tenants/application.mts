// A rendered tenancy on a server, as whoever delivers it applies it.
import type { Subject } from './tenancies.mts';
import { definitionsFor, FREE } from '../admission/catalogue.mts';
import { settled } from '../admission/installation.mts';
import { forEachAtOnce } from '../server/api-client.mts';
import type { ControlPlane } from '../server/control-plane.mts';
import type { Resources } from '../server/resources.mts';
import { setUsed } from '../witnesses/trials.mts';

/** Server-side, and nothing that the server does not know. */
const APPLY = 'fieldManager=viridial-cluster-test&fieldValidation=Strict';

/** Objects of admission: they hold whatever comes after them. */
export function isPolicy({ apiVersion }: Record<string, any>): boolean {
  return apiVersion.startsWith('admissionregistration.k8s.io/');
}

/** Applies everything but policies, which hold whatever is written after them, and waits until quotas are counted. */
export async function applyTenancy(plane: ControlPlane, subject: Subject, resources: Resources, controllers: boolean): Promise<string[]> {
  const { manifests, expectations } = subject;
  const { client, until } = plane;
  const asked = expectations.flatMap(({ admission }) => [admission?.object, admission?.oldObject].filter((object) => object !== undefined));
  const definitions = definitionsFor([...manifests, ...asked]);
  for (const body of definitions) await client.must('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', { body }).catch(alreadyThere);
  for (const { spec: { group, versions, names } } of definitions) {
    await until(`objects of ${names.kind} are taken`, async () => (await client.send('GET', `/apis/${group}/${versions[0].name}/${names.plural}`)).status === 200);
  }
  await client.must('POST', '/api/v1/namespaces', { body: { metadata: { name: FREE } } }).catch(alreadyThere);
  await client.must('POST', `/api/v1/namespaces/${FREE}/serviceaccounts`, { body: { metadata: { name: 'default' } } }).catch(alreadyThere);
  const failures = await applyAll(plane, manifests.filter((object) => !isPolicy(object)), resources);
  const namespaces = manifests.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name as string);
  // the controller that makes them does not run
  await forEachAtOnce(namespaces, async (name) => client.must('POST', `/api/v1/namespaces/${name}/serviceaccounts`, { body: { metadata: { name: 'default' } } }).catch(alreadyThere));
  const quotas = manifests.filter(({ kind }) => kind === 'ResourceQuota');
  if (!controllers) await forEachAtOnce(quotas, async (quota) => setUsed(client, quota, {}));
  await until('quotas are counted', async () => (
    await forEachAtOnce(quotas, async (quota) => client.must('GET', await resources.place(quota)))).every(({ spec, status }) => Object.keys(spec.hard).every((resource) => status?.used?.[resource] !== undefined)));
  return failures;
}

/** Applies the policies, and waits until they are enforced. */
export async function applyPolicies(plane: ControlPlane, { manifests }: Subject, resources: Resources, typeChecks: boolean): Promise<string[]> {
  const policies = manifests.filter(isPolicy);
  if (policies.length === 0) return [];
  const failures = await applyAll(plane, policies, resources);
  const own = policies.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');
  const current = async () => forEachAtOnce(own, async (object) => plane.client.must('GET', await resources.place(object)));
  if (typeChecks) {
    await plane.until('the policies are type-checked', async () => (await current()).every(({ status }) => status?.typeChecking !== undefined));
    for (const { metadata, status } of await current()) {
      for (const { fieldRef, warning } of status.typeChecking.expressionWarnings ?? []) failures.push(`type check of ${metadata.name} ${fieldRef}: ${warning}`);
    }
  }
  await settled(plane, resources);
  return failures;
}

/**
 * Applies everything once more: whatever has another version afterwards was changed by it. A server sorts field managers by the
 * second in which they wrote; where another one applied something after us, the controller that checks types, that order is
 * all that a second apply may change, and a third one nothing.
 */
export async function applyAgain(plane: ControlPlane, { manifests }: Subject, resources: Resources): Promise<string[]> {
  const { client, until } = plane;
  const stored = async (): Promise<Record<string, any>[]> => forEachAtOnce(manifests, async (object) => client.must('GET', await resources.place(object)));
  let before = await stored();
  await until('nothing changes by itself', async () => {
    const last = before;
    before = await stored();
    return last.every((object, index) => sameVersion(object, before[index]!));
  });
  const failures = await applyAll(plane, manifests, resources);
  const after = await stored();
  const sortedAnew = (object: Record<string, any>, old: Record<string, any>) => appliedByOthers(object) && sameContent(object, old);
  failures.push(...after.filter((object, index) => !sameVersion(object, before[index]!) && !sortedAnew(object, before[index]!))
    .map((object) => `a second apply changes ${nameOf(object)}`));
  failures.push(...await applyAll(plane, manifests, resources));
  failures.push(...(await stored()).filter((object, index) => !sameVersion(object, after[index]!)).map((object) => `a third apply changes ${nameOf(object)}`));
  return failures;
}

function sameVersion(one: Record<string, any>, other: Record<string, any>): boolean {
  return one.metadata.resourceVersion === other.metadata.resourceVersion;
}

function appliedByOthers({ metadata }: Record<string, any>): boolean {
  return metadata.managedFields.filter(({ operation }: { operation: string }) => operation === 'Apply').length > 1;
}

/** The same but for who wrote what when. */
function sameContent(...objects: Record<string, any>[]): boolean {
  const [one, other] = objects.map(({ metadata: { managedFields: _, resourceVersion: __, ...metadata }, ...object }) => (
    JSON.stringify({ ...object, metadata })));
  return one === other;
}

/** Takes the policies of a tenancy away. */
export async function removePolicies(plane: ControlPlane, { manifests }: Subject, resources: Resources): Promise<void> {
  for (const object of manifests.filter(isPolicy)) await plane.client.must('DELETE', await resources.place(object));
  await settled(plane, resources);
}

/** An object as failures name it. */
export function nameOf({ kind, metadata }: Record<string, any>): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}

/** In the order of the tenancy, kind after kind: the objects of one kind do not need each other. */
async function applyAll({ client }: ControlPlane, manifests: readonly Record<string, any>[], resources: Resources): Promise<string[]> {
  const failures: string[] = [];
  const kinds = [...new Set(manifests.map(({ kind }) => kind as string))];
  for (const kind of kinds) {
    await forEachAtOnce(manifests.filter((object) => object.kind === kind), async (body) => {
      const { status, body: answer, warnings } = await client.send('PATCH', `${await resources.place(body)}?${APPLY}`, { body, contentType: 'application/apply-patch+yaml' });
      if (status >= 300) failures.push(`the server refuses ${nameOf(body)}: ${answer?.message}`);
      failures.push(...warnings.map((warning) => `the server warns of ${nameOf(body)}: ${warning}`));
    });
  }
  return failures;
}

function alreadyThere(error: Error): void {
  if (!error.message.includes(' was answered with 409')) throw error;
}
