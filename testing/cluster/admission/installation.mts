// Policies on a server, with everything that has to be there before them.
import { definitionsFor, FREE, type Catalogue } from './catalogue.mts';
import { MAY_EVERYTHING } from './requests.mts';
import { forEachAtOnce } from '../server/api-client.mts';
import type { ControlPlane } from '../server/control-plane.mts';
import type { Resources } from '../server/resources.mts';

/** What came of installing the policies. */
export interface Installed {
  readonly text: string;
  readonly failures: string[];
}

/** Makes whatever the requests of a catalogue need to be there. */
export async function prepare({ client, until }: ControlPlane, { namespaces, promises }: Catalogue): Promise<void> {
  const objects = promises.flatMap(({ statement }) => [statement.object, statement.oldObject].filter((object) => object !== undefined));
  const definitions = definitionsFor(objects);
  const put = async (path: string, body: unknown) => {
    const { status, body: answer } = await client.send('POST', path, { body });
    if (status >= 300 && status !== 409) throw new Error(`POST ${path} was answered with ${status}: ${answer?.message}`);
  };
  await put('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
    metadata: { name: MAY_EVERYTHING },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: MAY_EVERYTHING }],
  });
  for (const body of definitions) await put('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', body);
  for (const name of ['fast', 'slow']) await put('/apis/storage.k8s.io/v1/storageclasses', { metadata: { name }, provisioner: 'csi.example.com' });
  const accounts = [...new Set(objects.flatMap((object) => JSON.stringify(object).match(/"serviceAccountName":"([^"]+)"/)?.[1] ?? []))];
  const classes = [...new Set(objects.flatMap((object) => JSON.stringify(object).match(/"priorityClassName":"([^"]+)"/)?.[1] ?? []))].filter((name) => !name.startsWith('system-'));
  for (const name of new Set([...classes, 'high', 'low'])) await put('/apis/scheduling.k8s.io/v1/priorityclasses', { metadata: { name }, value: 1000 });
  for (const body of namespaces) {
    await put('/api/v1/namespaces', body);
    for (const name of new Set(['default', ...accounts])) await put(`/api/v1/namespaces/${body.metadata.name}/serviceaccounts`, { metadata: { name } });
  }
  for (const { spec: { group, versions, names } } of definitions) {
    await until(`${names.plural}.${group} is served`, async () => {
      const { status, body } = await client.send('GET', `/apis/${group}/${versions[0].name}`);
      return status === 200 && body.resources.some(({ name }: { name: string }) => name === names.plural);
    });
    await until(`objects of ${names.kind} are taken`, async () => (await client.send('GET', `/apis/${group}/${versions[0].name}/${names.plural}`)).status === 200);
  }
}

/** Installs policies and bindings, and waits until they are enforced and, where there is somebody to do it, type-checked. */
export async function install(plane: ControlPlane, { name, policies }: Catalogue, resources: Resources, typeChecks: boolean): Promise<Installed> {
  const { client, until } = plane;
  const failures: string[] = [];
  for (const body of policies) {
    const { status, body: answer } = await client.send('POST', await resources.collection(body), { body });
    if (status >= 300) failures.push(`the server refuses ${body.kind} ${body.metadata.name}: ${answer?.message}`);
  }
  const own = policies.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');
  const current = async () => forEachAtOnce(own, async (object) => client.must('GET', await resources.place(object)));
  let warnings = 0;
  if (typeChecks) {
    await until('the policies are type-checked', async () => (await current()).every(({ status }) => status?.typeChecking !== undefined));
    for (const { metadata, status } of await current()) {
      for (const { fieldRef, warning } of status.typeChecking.expressionWarnings ?? []) {
        warnings++;
        failures.push(`type check of ${metadata.name} ${fieldRef}: ${warning}`);
      }
    }
  }
  await settled(plane, resources);
  const checked = typeChecks ? `type-checked with ${warnings} warnings` : 'not type-checked, which kube-controller-manager does';
  return { failures, text: `${failures.length === 0 ? '✓' : '✗'} ${own.length} policies for ${name}, ${checked}, within the cost limits` };
}

/** Takes the policies away, and waits until they hold nothing any more. */
export async function remove(plane: ControlPlane, { policies }: Catalogue, resources: Resources): Promise<void> {
  for (const object of policies) await plane.client.must('DELETE', await resources.place(object));
  await settled(plane, resources);
}

/** Waits until the server goes by the policies that there are now. */
export async function settled({ client, until }: ControlPlane, resources: Resources): Promise<void> {
  // a policy that is made after everything else: once it is enforced, everything before it is seen
  const last = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'zzz-last' },
    spec: { matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }] }, validations: [{ expression: "object.metadata.name != 'zzz-last'" }] },
  };
  const binding = { apiVersion: last.apiVersion, kind: 'ValidatingAdmissionPolicyBinding', metadata: last.metadata, spec: { policyName: 'zzz-last', validationActions: ['Deny'] } };
  for (const body of [last, binding]) await client.must('POST', await resources.collection(body), { body });
  const probe = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'zzz-last', namespace: FREE } };
  await until('policies are enforced', async () => (await client.send('POST', `${await resources.collection(probe)}?dryRun=All`, { body: probe })).status >= 400);
  for (const body of [binding, last]) await client.must('DELETE', await resources.place(body));
}
