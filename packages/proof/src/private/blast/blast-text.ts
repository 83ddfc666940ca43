import { Blast } from './blast';
import { ExposedObject, Permission } from '../../blast-radius-parts';
import { EscalationPath } from '../../escalation-path';
import { ReachabilityPair } from '../../reachability-pair';
import { ESCALATION_ADVICE } from '../findings/escalation-advice';
import { bullet, wrap } from '../paragraphs';
import { capitalise, count, distinct, enumerate, enumerateSome, groupBy, short } from '../text';

/** A list longer than this is no longer read; programs have all of it. */
const MOST = 12;

/** What cannot be done, section by section. */
const NOTHING = [
  'get onto the node by anything that the pod is given', 'become more than the rules of the workload say', 'ask the API server for anything',
  'read a Secret or ConfigMap out of the pod', 'reach anything over the network',
];

/** What somebody inside a workload can do, the worst first, and what would make it less. */
export function writeBlast(blast: Blast): string {
  const sections: [title: string, points: string[]][] = [
    ['Get onto the node', onNode(blast)],
    ['Become more than the rules of the workload say', becoming(blast)],
    [`Ask of the API server, as service account ${blast.serviceAccount}`, asking(blast)],
    ['Read', reading(blast)],
    ['Reach', reaching(blast)],
  ];
  const nothing = sections.flatMap(([, points], index) => (points.length === 0 ? [NOTHING[index]] : []));
  const advice = adviceOn(blast);
  return [
    `Somebody who is inside ${short(blast.workload)} can:`,
    ...sections.filter(([, points]) => points.length > 0).flatMap(([title, points]) => ['', `${title}:`, ...limited(points)]),
    ...(nothing.length === 0 ? [] : ['', ...wrap(`They cannot ${enumerate(nothing, 'or')}.`, '')]),
    ...(advice.length === 0 ? ['', 'There is little to make smaller.'] : ['', 'To make it smaller:', ...advice.flatMap((point) => bullet('-', `${capitalise(point)}.`, '  '))]),
  ].join('\n') + '\n';
}

function limited(points: string[]): string[] {
  const shown = points.slice(0, MOST).flatMap((point) => bullet('-', point, '  '));
  return points.length > MOST ? [...shown, `  … and ${points.length - MOST} more.`] : shown;
}

function onNode({ nodeAccess }: Blast): string[] {
  const sorted = [...nodeAccess.filter(({ escapes }) => escapes), ...nodeAccess.filter(({ escapes }) => !escapes)];
  return sorted.map(({ why, path, escapes }) => `${why}, at ${path}${escapes ? '; with that, root in the pod is root on the node' : ''}`);
}

function becoming({ escalations }: Blast): string[] {
  return escalations.map((path) => {
    const [, ...steps] = path.toString().split('\n').map((line) => line.trim().replace(/^\d+\. /, ''));
    return `${path.target}: ${steps.join('; then ')}`;
  });
}

/** Where a permission holds. */
const PLACE = /in (the whole cluster|\S+)$/;

/** A role of many rules is told in one line. */
function asking({ permissions }: Blast): string[] {
  const all = permissions.find(isEverything);
  if (all !== undefined) return [`everything: it is cluster-admin (by ${short(all.grant.binding)})`];
  return [...groupBy(permissions, ({ grant }) => `${grant.binding} ${grant.role}`).values()].flatMap((own) => {
    const [{ text, grant }] = own;
    if (own.length < 4 || !PLACE.test(text)) return own.map((each) => `${each.text} (by ${short(grant.binding)})`);
    return [`what ${short(grant.role)} says ${PLACE.exec(text)![0]}, ${own.length} rules (by ${short(grant.binding)})`];
  });
}

function isEverything({ text }: Permission): boolean {
  return text === 'do anything to any resource of any API group in the whole cluster';
}

function reading({ exposed }: Blast): string[] {
  return exposed.map(({ kind, name, how }) => `${kind} ${name}, ${enumerate(how)}`);
}

function reaching({ reached }: Blast): string[] {
  const points: string[] = [];
  if (!reached.metadata.isEmpty) points.push('the metadata service of the cloud (169.254.169.254), which hands out credentials of the node');
  if (reached.apiServer === true) points.push('the API server');
  if (!reached.internet.isEmpty) points.push(`the internet on ${reached.internet.toString()}`);
  if (!reached.around.isEmpty) points.push(`private networks around the cluster on ${reached.around.toString()}: nodes, databases and whatever else is there`);
  const byPorts = groupBy(reached.workloads, ({ destination, portsText }) => `${portsText} ${namespaceOf(destination)}`);
  return [...points, ...[...byPorts.values()].map(describeGroup)];
}

function describeGroup(pairs: ReachabilityPair[]): string {
  const [{ portsText, destination }] = pairs;
  const names = pairs.map((pair) => short(pair.destination).replace(/ \S*\//, ' '));
  return `${enumerateSome(names, 4)} in ${namespaceOf(destination)}, on ${portsText}`;
}

function namespaceOf(identity: string): string {
  return identity.replace(/^\S+ /, '').split('/')[0];
}

function adviceOn(blast: Blast): string[] {
  const { nodeAccess, hasToken, permissions, escalations, exposed, reached, serviceAccount } = blast;
  const advice: string[] = [];
  const escapes = nodeAccess.filter((own) => own.escapes);
  if (escapes.length > 0) advice.push(`take ${enumerate(distinct(escapes.map(({ path }) => path)))} out of the pod, or give the workload nodes of its own`);
  if (hasToken && permissions.length === 0) advice.push('set automountServiceAccountToken to false: nothing is bound to the service account, so that its token is of use to nobody else');
  if (permissions.some(isEverything)) advice.push('bind a role that says what the workload needs in place of cluster-admin');
  if (serviceAccount.endsWith('/default') && permissions.some(({ grant }) => grant.subject.startsWith('service account '))) advice.push('give the workload a service account of its own: what is bound to default, every careless pod of the namespace has');
  const cures = distinct(escalations.filter(isOwn(blast)).map((path) => ESCALATION_ADVICE[path.technique].cure(path.steps.length > 1 ? 'that is stronger than its users' : undefined)));
  advice.push(...cures);
  if (!reached.metadata.isEmpty) advice.push('keep 169.254.169.254 out of what the policies of the namespace let it reach; on AWS, ask for IMDSv2 with a hop limit of 1 as well');
  if (reached.internet.isAll) advice.push('let it reach by NetworkPolicy the addresses and ports that it needs; a way to the whole internet is a way out for whatever it reads');
  const namespaces = distinct(reached.workloads.map(({ destination }) => namespaceOf(destination)).filter((own) => own !== serviceAccount.split('/')[0]));
  if (namespaces.length > 0 && reached.workloads.some(({ portsText }) => portsText === 'every port')) {
    advice.push(`close what leaves it by default, and open what it needs: it reaches ${count(namespaces.length, 'other namespace')}`);
  }
  const variables = exposed.filter(inVariables);
  if (variables.length > 0) advice.push(`read ${enumerateSome(variables.map(({ name }) => `Secret ${name}`), 3)} from files: environment variables end up in logs, in crash reports and in every child process`);
  return advice;
}

function inVariables({ kind, how }: ExposedObject): boolean {
  return kind === 'Secret' && how.includes('as environment variables');
}

function isOwn({ serviceAccount }: Blast): (path: EscalationPath) => boolean {
  return ({ subject }) => subject === `service account ${serviceAccount}`;
}
