// What a witness says, as something that can be tried on an API server.
import type { Finding } from '@viridial/proof';
import type { ApiClient } from '../server/api-client.mts';

/** Objects by identity, as they stand on the server at the moment. */
export type State = readonly Record<string, any>[];

/** A witness that can be tried. */
export interface Trial {
  readonly text: string;
  /** Whether what the witness says happens. */
  readonly happens: (client: ApiClient, state: State) => Promise<boolean>;
}

/** Something that reads one form of witness. */
type Reader = readonly [form: RegExp, read: (match: RegExpExecArray, finding: Finding, state: State) => Trial['happens'] | undefined];

const READERS: readonly Reader[] = [
  [/kubectl auth can-i (.+?) says (yes|no)(?: to (.+))?$/, ([, command, answer, whom], finding, state) => {
    const subject = whom === undefined ? undefined : whom === 'whoever has it' ? holderOf(finding.object, state) : whom;
    return async (client) => await canI(client, command!, subject) === (answer === 'yes');
  }],
  [/^group (\S+) has (Cluster)?Role (\S+) in (\S+)$/, ([, group, cluster, name, namespace], _finding, state) => {
    const role = state.find(({ kind, metadata }) => kind === `${cluster ?? ''}Role` && metadata.name === name);
    const rule = role?.rules.find((each: any) => each.resources !== undefined);
    if (rule === undefined) return undefined;
    const [resource, subresource] = rule.resources[0].split('/');
    const attributes = { verb: rule.verbs[0], group: rule.apiGroups[0], resource, subresource, namespace };
    return async (client) => review(client, { user: 'somebody', groups: [group!] }, attributes);
  }],
  [/^a privileged pod in (\S+) is admitted/, ([, namespace]) => async (client) => admits(client, namespace!, { containers: [{ ...MODEST, securityContext: { privileged: true } }] })],
  [/^a pod in (\S+) that runs as root is admitted$/, ([, namespace]) => async (client) => admits(client, namespace!, { containers: [{ ...MODEST, securityContext: { runAsUser: 0 } }] })],
  [/^every pod of it is refused in (\S+), and that namespace enforces/, ([, namespace], finding) => async (client, state) => {
    const { spec } = state.find((object) => finding.object.endsWith(` ${object.metadata.namespace}/${object.metadata.name}`))!.spec.template;
    return !await admits(client, namespace!, spec);
  }],
  [/^every pod of \S+ (\S+)\/(\S+) is refused: it does not state/, ([, namespace, name]) => async (client, state) => {
    const workload = state.find(({ kind, metadata }) => kind === 'Deployment' && metadata.namespace === namespace && metadata.name === name)!;
    return !await admits(client, namespace!, workload.spec.template.spec);
  }],
  [/^a pod in (\S+) that states no \S+.* is refused$/, ([, namespace]) => async (client) => {
    const { resources: _, ...silent } = MODEST;
    return !await admits(client, namespace!, { ...HARDENED, containers: [silent] });
  }],
  [/^pods that ask for any amount of CPU are admitted in (\S+)$/, ([, namespace]) => async (client) => {
    const resources = { requests: { cpu: '1', memory: '1Mi' }, limits: { cpu: '1', memory: '1Mi' } };
    return admits(client, namespace!, { ...HARDENED, containers: Array.from({ length: 64 }, (_, index) => ({ ...MODEST, name: `c${index}`, resources })) });
  }],
  [/^any number of pods is admitted in (\S+)$/, ([, namespace]) => async (client, state) => {
    // as many as the quota allows are there already: that is what it says is used
    const quotas = state.filter(({ kind, metadata }) => kind === 'ResourceQuota' && metadata.namespace === namespace);
    await Promise.all(quotas.map(async (quota) => setUsed(client, quota, { pods: quota.spec.hard.pods })));
    const admitted = await admits(client, namespace!, { ...HARDENED, containers: [MODEST] });
    await Promise.all(quotas.map(async (quota) => setUsed(client, quota, {})));
    return admitted;
  }],
];

const MODEST = {
  name: 'main',
  image: 'web',
  resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '10m', memory: '16Mi' } },
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};
const HARDENED = { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } };

/** Reads the witness of a finding; nothing when nobody can read it. */
export function trialOf(finding: Finding, state: State): Trial | undefined {
  const parts = finding.witness!.split(/, and (?=kubectl |a privileged )/).map((witness) => trialOfOne({ ...finding, witness }, state));
  if (parts.length === 1) return parts[0];
  if (parts.includes(undefined)) return undefined;
  return {
    text: finding.witness!,
    happens: async (client, current) => {
      for (const part of parts) if (!await part!.happens(client, current)) return false;
      return true;
    },
  };
}

function trialOfOne(finding: Finding, state: State): Trial | undefined {
  const text = finding.witness!;
  for (const [form, read] of READERS) {
    const match = form.exec(text);
    const happens = match === null ? undefined : read(match, finding, state);
    if (happens !== undefined) return { text, happens };
  }
  return undefined;
}

/** Tells a quota what is used of it: nothing counts that here. */
export async function setUsed(client: ApiClient, quota: Record<string, any>, used: Record<string, string | undefined>): Promise<void> {
  const place = `/api/v1/namespaces/${quota.metadata.namespace}/resourcequotas/${quota.metadata.name}`;
  const { hard } = quota.spec;
  const status = { hard, used: Object.fromEntries(Object.keys(hard).map((resource) => [resource, used[resource] ?? '0'])) };
  await client.must('PUT', `${place}/status`, { body: { ...await client.must('GET', place), status } });
}

async function admits(client: ApiClient, namespace: string, spec: Record<string, any>): Promise<boolean> {
  const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'witness' }, spec };
  const { status, body: answer } = await client.send('POST', `/api/v1/namespaces/${namespace}/pods?dryRun=All`, { body });
  if (status !== 201 && status !== 403) throw new Error(`a pod in ${namespace} was answered with ${status}: ${answer?.message}`);
  return status === 201;
}

/** Somebody whom a binding gives a role. */
function holderOf(role: string, state: State): string {
  const name = role.split(' ').at(-1)!.split('/').at(-1);
  const binding = state.find(({ kind, roleRef, subjects }) => kind.endsWith('Binding') && roleRef.name === name && subjects?.length > 0)!;
  const [{ kind, name: own, namespace = '' }] = binding.subjects;
  return `${kind === 'ServiceAccount' ? `service account ${namespace}/${own}` : `${kind.toLowerCase()} ${own}`} in ${binding.metadata.namespace}`;
}

/** `kubectl auth can-i VERB TYPE[.GROUP][/NAME] [flags]` as the review that kubectl makes of it. */
async function canI(client: ApiClient, command: string, subject: string | undefined): Promise<boolean> {
  const words = command.split(' ').map((word) => word.replace(/^'(.*)'$/, '$1'));
  const [verb, what] = words as [string, string];
  const flags = (name: string) => words.flatMap((word, place) => (word === `--${name}` ? [words[place + 1]!] : []));
  const [, kind, name, namespace] = /^(user|group|service account) (\S+)(?: in (\S+))?$/.exec(subject ?? '') ?? [];
  const [as = 'somebody'] = kind === 'user' ? [name!] : kind === 'service account' ? [`system:serviceaccount:${name!.replace('/', ':')}`] : flags('as');
  const account = /^system:serviceaccount:([^:]+):/.exec(as);
  const groups = [...flags('as-group'), ...(kind === 'group' ? [name!] : []), 'system:authenticated', ...(account === null ? [] : ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`])];
  if (what.startsWith('/')) return review(client, { user: as, groups }, undefined, { path: what, verb });
  const [type, object] = what.split('/') as [string, string?];
  const dot = type.indexOf('.');
  const [resource, group] = dot < 0 ? [type, ''] : [type.slice(0, dot), type.slice(dot + 1)];
  return review(client, { user: as, groups }, { verb, group, resource, subresource: flags('subresource')[0], name: object, namespace: namespace ?? flags('namespace')[0] });
}

async function review(
  client: ApiClient, who: { readonly user: string; readonly groups: string[] }, resourceAttributes?: object, nonResourceAttributes?: object,
): Promise<boolean> {
  const body = { spec: { ...who, resourceAttributes, nonResourceAttributes } };
  return (await client.must('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', { body })).status.allowed === true;
}
