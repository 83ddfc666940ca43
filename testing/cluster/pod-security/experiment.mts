// Pods and every kind that embeds one, at every level and version the server has: server-side dry-run against PodSecurity.evaluate.
import { PodSecurityLevel } from '@viridial/core';
import { PodSecurity } from '@viridial/proof';
import { CARRIERS, passing, POD, windows, type Carrier } from './pods.mts';
import { TWISTS, type Pod } from './twists.mts';
import type { Experiment, Pair, Verdict } from '../harness/experiment.mts';
import { Random } from '../harness/random.mts';
import { simpler } from '../harness/shrinking.mts';
import { forEachAtOnce, type Answer, type ApiClient } from '../server/api-client.mts';

type Level = 'baseline' | 'restricted';

interface Case {
  readonly level: Level;
  readonly minor: number;
  readonly carrier: Carrier;
  readonly object: Record<string, any>;
  readonly pair: Pair | undefined;
}

/** How the API server calls what a control objects to. */
const PHRASES: Readonly<Record<string, string>> = {
  privileged: 'privileged',
  capabilities_baseline: 'non-default capabilities',
  capabilities_restricted: 'unrestricted capabilities',
  hostNamespaces: 'host namespaces',
  hostPathVolumes: 'hostPath volumes',
  hostPorts: 'hostPort',
  hostProbesAndHostLifecycle: 'probe or lifecycle host',
  procMount: 'procMount',
  procMount_restricted: 'procMount',
  seLinuxOptions: 'seLinuxOptions',
  seccompProfile_baseline: 'seccompProfile',
  seccompProfile_restricted: 'seccompProfile',
  sysctls: 'forbidden sysctls',
  windowsHostProcess: 'hostProcess',
  appArmorProfile: 'forbidden AppArmor profile',
  allowPrivilegeEscalation: 'allowPrivilegeEscalation != false',
  restrictedVolumes: 'restricted volume types',
  runAsNonRoot: 'runAsNonRoot != true',
  runAsUser: 'runAsUser=0',
};
const namespaceOf = (level: Level, minor: number) => `pods-${level}-${minor}`;

/** Makes the namespaces and the cases. */
export async function podSecurity(client: ApiClient, seed: number, count: number, serverMinor: number): Promise<Experiment<Case>> {
  await forEachAtOnce((['baseline', 'restricted'] as const).flatMap((level) => Array.from({ length: serverMinor + 1 }, (_, minor) => ({ level, minor }))), async ({ level, minor }) => {
    const name = namespaceOf(level, minor);
    const labels = Object.fromEntries(['enforce', 'warn'].flatMap((mode) => [[`pod-security.kubernetes.io/${mode}`, level], [`pod-security.kubernetes.io/${mode}-version`, `v1.${minor}`]]));
    await client.must('POST', '/api/v1/namespaces', { body: { metadata: { name, labels } } });
    await client.must('POST', `/api/v1/namespaces/${name}/serviceaccounts`, { body: { metadata: { name: 'default' } } });
  });
  return {
    name: 'pods × Pod Security',
    deciders: deciders(serverMinor),
    cases: casesOf(seed, count, serverMinor),
    pairOf: ({ pair }) => pair,
    evaluate,
    ask,
    sameReasons,
    simpler: function* (case_) {
      for (const object of simpler(case_.object)) yield { ...case_, object };
    },
    show: ({ level, minor, object }) => ({ level, version: `v1.${minor}`, object }),
  };
}

function deciders(serverMinor: number): string[] {
  return [...new Set(TWISTS.filter(({ since }) => since <= serverMinor).map(({ control }) => control))];
}

function casesOf(seed: number, count: number, serverMinor: number): Case[] {
  const random = new Random(seed, 'pod security');
  const cases: Case[] = [];
  const controls = deciders(serverMinor);
  for (let id = 0; cases.length < count; id++) {
    if (id % 3 === 2) cases.push(anything(random, serverMinor));
    else cases.push(...twisted(id, random, serverMinor, controls[id % controls.length]!));
  }
  return cases;
}

/** A pod that passes and the one beside it that does not: one field of the pod, or the version, is different. */
function twisted(id: number, random: Random, serverMinor: number, control: string): Case[] {
  const fitting = TWISTS.filter((twist) => twist.control === control && twist.since <= serverMinor);
  const { level, since, until = serverMinor, good, bad, allowedAt, company } = random.pick(fitting);
  const minor = random.whole(since, Math.min(until, serverMinor));
  const base = passing(level, random);
  const carrier = random.chance(0.4) ? POD : random.pick(CARRIERS);
  // both halves make the same choices
  const choices = random.whole(0, 2 ** 31);
  const half = (edit: typeof good, at: number): Case => {
    const pod = structuredClone(base);
    edit(pod, new Random(choices));
    return { level, minor: at, carrier, object: carrier.carry(pod), pair: { id, decider: control, company } };
  };
  return [half(good, allowedAt ?? minor), half(bad, minor)];
}

/** Some twists on one pod, at whatever level and version. */
function anything(random: Random, serverMinor: number): Case {
  const level = random.pick(['baseline', 'restricted'] as const);
  const pod: Pod = random.chance(0.1) ? windows(random) : passing(random.chance(0.7) ? 'restricted' : 'baseline', random);
  if (pod.spec.os === undefined) {
    for (const { good, bad } of random.some(TWISTS, 0, 3)) (random.chance(0.65) ? good : bad)(pod, random);
  }
  const carrier = random.chance(0.4) ? POD : random.pick(CARRIERS);
  return { level, minor: random.whole(0, serverMinor), carrier, object: carrier.carry(pod), pair: undefined };
}

function evaluate({ level, minor, object }: Case): Verdict {
  const violations = PodSecurity.evaluate(object, { level: level === 'baseline' ? PodSecurityLevel.BASELINE : PodSecurityLevel.RESTRICTED, version: `v1.${minor}` });
  return {
    allowed: violations.length === 0,
    because: [...new Set(violations.map(({ control }) => control))].sort(),
    text: violations.map(({ control, path }) => `${control} at ${path}`).join('; '),
  };
}

async function ask(client: ApiClient, case_: Case): Promise<Verdict | undefined> {
  const { level, minor, carrier, object } = case_;
  const answer = await client.send('POST', `${carrier.path(namespaceOf(level, minor))}?dryRun=All`, { body: object });
  const told = toldBy(answer);
  if (told === undefined) return undefined;
  const names = Object.keys(PHRASES).filter((control) => told.includes(PHRASES[control]!) && control.endsWith('_restricted') === isRestrictedForm(control, level, minor));
  return { allowed: told === '', because: names.sort(), text: told };
}

/** What Pod Security said: nothing for an admitted object; no verdict for what is no object of its kind. */
function toldBy({ status, body, warnings }: Answer): string | undefined {
  if (status === 201) return warnings.find((text) => text.startsWith('would violate PodSecurity')) ?? '';
  const message = String(body?.message);
  if (status === 403 && message.includes('violates PodSecurity')) return message;
  if (status === 422 || status === 400) return undefined;
  throw new Error(`a dry-run was answered with ${status}: ${message}`);
}

/** Two controls of one phrase: the one of restricted takes the place of the other from its first version on. */
function isRestrictedForm(control: string, level: Level, minor: number): boolean {
  const [subject] = control.split('_');
  const first = { procMount: 35, seccompProfile: 19 }[subject!];
  return first === undefined ? control.endsWith('_restricted') : level === 'restricted' && minor >= first;
}

/** The server fills in the port of the node for every port of a pod on its network, and objects to that as well. */
function sameReasons({ because }: Verdict, server: Verdict): boolean {
  const filledIn = server.because.includes('hostNamespaces') && !because.includes('hostPorts');
  const told = filledIn ? server.because.filter((control) => control !== 'hostPorts') : server.because;
  return because.join() === told.join();
}
