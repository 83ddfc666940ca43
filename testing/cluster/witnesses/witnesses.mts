// Breaks a platform on the server, tries what the findings say can be tried, puts it right, and tries again.
import { setTimeout as sleep } from 'node:timers/promises';
import { Proof } from '@viridial/proof';
import { breaksOf, platform, type Break } from './platform.mts';
import { setUsed, trialOf, type State, type Trial } from './trials.mts';
import { forEachAtOnce, type ApiClient } from '../server/api-client.mts';
import type { ControlPlane } from '../server/control-plane.mts';

/** What came of it. */
export interface Witnesses {
  readonly text: string;
  readonly failures: string[];
}

/** Collections of what a platform is made of. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  Namespace: '/api/v1/namespaces',
  ServiceAccount: '/api/v1/namespaces/*/serviceaccounts',
  ResourceQuota: '/api/v1/namespaces/*/resourcequotas',
  LimitRange: '/api/v1/namespaces/*/limitranges',
  NetworkPolicy: '/apis/networking.k8s.io/v1/namespaces/*/networkpolicies',
  Deployment: '/apis/apps/v1/namespaces/*/deployments',
  ClusterRole: '/apis/rbac.authorization.k8s.io/v1/clusterroles',
  RoleBinding: '/apis/rbac.authorization.k8s.io/v1/namespaces/*/rolebindings',
};

/** Caches of the API server follow within tenths of a second. */
const PATIENCE = 5000;

/** Tries every witness before and after the cure. */
export async function tryWitnesses(plane: ControlPlane): Promise<Witnesses> {
  const { client, version } = plane;
  const started = performance.now();
  const { manifests, expectations, profile } = platform(`${version.major}.${version.minor}`);
  await create(client, manifests);
  const rules = new Map<string, number>();
  const failures: string[] = [];
  let objects = 0;
  for (const each of breaksOf(manifests)) {
    const state = manifests.flatMap((object) => (object !== each.original ? [object] : each.broken === undefined ? [] : [each.broken]));
    const trials = new Map<string, Trial>();
    for (const finding of Proof.of(state, { expectations, profile }).report().findings) {
      if (finding.witness === undefined) continue;
      const trial = trialOf(finding, state);
      if (trial === undefined) {failures.push(`witness that nobody can try (${finding.ruleId}, ${each.what}): ${finding.witness}`);} else if (!trials.has(trial.text)) {
        trials.set(trial.text, trial);
        rules.set(finding.ruleId, (rules.get(finding.ruleId) ?? 0) + 1);
      }
    }
    if (trials.size === 0) continue;
    objects++;
    await replace(client, each, each.broken);
    failures.push(...await tryAll(client, [...trials.values()], state, true, each.what));
    await replace(client, each, each.original);
    failures.push(...await tryAll(client, [...trials.values()], manifests, false, each.what));
  }
  const counts = [...rules].sort().map(([rule, count]) => `${rule} ${count}`).join(', ');
  const tried = [...rules.values()].reduce((sum, count) => sum + count, 0);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  return { failures, text: `${failures.length === 0 ? '✓' : '✗'} ${tried} witnesses of ${objects} broken objects happen before the cure and not after it, ${seconds} s (${counts})` };
}

async function tryAll(client: ApiClient, trials: Trial[], state: State, expected: boolean, what: string): Promise<string[]> {
  const deadline = performance.now() + PATIENCE;
  let wrong = trials;
  for (;;) {
    const still: Trial[] = [];
    for (const trial of wrong) if (await trial.happens(client, state) !== expected) still.push(trial);
    wrong = still;
    if (wrong.length === 0 || performance.now() > deadline) break;
    await sleep(50);
  }
  return wrong.map(({ text }) => `witness ${expected ? 'does not happen before' : 'still happens after'} the cure (${what}): ${text}`);
}

async function create(client: ApiClient, manifests: readonly Record<string, any>[]): Promise<void> {
  const order = ['Namespace', 'ServiceAccount', 'ClusterRole'];
  const rank = ({ kind }: Record<string, any>) => (order.includes(kind) ? order.indexOf(kind) : order.length);
  for (const step of [0, 1, 2, 3]) {
    await forEachAtOnce(manifests.filter((object) => rank(object) === step), async (object) => put(client, object));
    if (step > 0) continue;
    const namespaces = manifests.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name as string);
    await forEachAtOnce(namespaces, async (name) => client.must('POST', `/api/v1/namespaces/${name}/serviceaccounts`, { body: { metadata: { name: 'default' } } }));
  }
}

/** Creates an object. */
async function put(client: ApiClient, object: Record<string, any>): Promise<void> {
  await client.must('POST', collectionOf(object), { body: object });
  if (object.kind === 'ResourceQuota') await setUsed(client, object, {});
}

/** Puts an object into the place of what is there; a patch could not take fields away. */
async function replace(client: ApiClient, { original, broken }: Break, wanted: Record<string, any> | undefined): Promise<void> {
  const place = `${collectionOf(original)}/${original.metadata.name}`;
  if (wanted === undefined) {await client.must('DELETE', place);} else if (broken === undefined) {await put(client, wanted);} else {
    const { metadata: { resourceVersion } } = await client.must('GET', place);
    await client.must('PUT', place, { body: { ...wanted, metadata: { ...wanted.metadata, resourceVersion } } });
    if (wanted.kind === 'ResourceQuota') await setUsed(client, wanted, {});
  }
}

function collectionOf({ kind, metadata }: Record<string, any>): string {
  return COLLECTIONS[kind]!.replace('*', metadata.namespace);
}
