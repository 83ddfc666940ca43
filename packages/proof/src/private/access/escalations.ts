import { describeSubject, SubjectKey, userKey } from './bindings';
import { Edge, Use } from './edge-collector';
import { EscalationGraph, isGoal } from './escalation-graph';
import { describePlace, describeYield } from './escalation-yields';
import { Holder, impliedGroups } from './holder';
import { ADMISSION, isRoot, NODE, Place, podsOf, roleOfPlace, rootBy, subjectPlace } from './places';
import { accountOf, Terrain, WELL_KNOWN } from './terrain';
import { AccessGrant } from '../../access-grant';
import { AccessRequest } from '../../access-request';
import { EscalationPath, EscalationStep } from '../../escalation-path';
import { EscalationTarget } from '../../escalation-target';
import { EscalationTechnique } from '../../escalation-technique';
import { compareText } from '../text';

/** Everybody with any credential, or none: what they have is everybody's. */
const EVERYBODY = /^(group system:(authenticated|unauthenticated|serviceaccounts(:.+)?)|user system:anonymous)$/;

const RANKS = Object.values(EscalationTarget);

/** A path with what it begins with. */
export interface FoundPath {
  readonly path: EscalationPath;
  readonly edge: Edge;
  readonly key: SubjectKey;
}

/** How subjects become more than their rules say. */
export class Escalations {
  private readonly graph: EscalationGraph;
  private readonly chosen = new Map<string, Place | undefined>();

  constructor(private readonly terrain: Terrain) {
    this.graph = new EscalationGraph(terrain);
  }

  /** The paths of everybody but the control plane and those who may do everything anyway. */
  public get all(): FoundPath[] {
    return this.terrain.subjects.filter((key) => this.isReported(key)).flatMap((key) => this.of(key));
  }

  /** The shortest path of a subject for each way to begin and each namespace to begin in; none for what everybody can do. */
  public of(key: SubjectKey): FoundPath[] {
    const place = subjectPlace(key);
    if (this.terrain.isClusterAdmin(place)) return [];
    const holder = this.terrain.holder(key);
    const best = new Map<string, FoundPath>();
    for (const edge of this.graph.edgesFrom(place)) {
      const path = this.begin(key, holder, edge);
      if (path === undefined) continue;
      const way = `${edge.technique} ${edge.space}`;
      const known = best.get(way);
      if (known === undefined || compareWorth(path, known.path) < 0) best.set(way, { path, edge, key });
    }
    const found = [...best.values()];
    const ends = found.filter(({ path }) => path.targetKind === EscalationTarget.CLUSTER_ADMIN);
    const shortest = Math.min(...ends.map(({ path }) => path.steps.length));
    return found
      // who gets there at once need not be told every detour, but still what a detour begins with
      .map((own) => (own.path.steps.length > shortest ? { ...own, path: this.firstStepOf(own) } : own))
      .sort((a, b) => comparePaths(a.path, b.path) || compareText(a.edge.space, b.edge.space));
  }

  /** Whether a subject may do everything already. */
  public isClusterAdmin(key: SubjectKey): boolean {
    return this.terrain.isClusterAdmin(subjectPlace(key));
  }

  /** How root on a node becomes cluster-admin, by tokens of pods; nothing when it does not. */
  public fromNode(): EscalationPath | undefined {
    return this.graph.toRoot.has(NODE) ? this.pathOf('whoever is root on a node', this.follow('whoever is root on a node', NODE)) : undefined;
  }

  private isReported(key: SubjectKey): boolean {
    if (WELL_KNOWN.has(key)) return false;
    if (/^(user|group) system:/.test(key) && accountOf(key) === undefined && !EVERYBODY.test(key)) return false;
    return !this.terrain.holder(key).own.every(({ binding }) => binding?.bootstrapped);
  }

  private begin(key: SubjectKey, holder: Holder, edge: Edge): EscalationPath | undefined {
    const first = this.choose(holder, edge.to);
    if (first === undefined) return undefined;
    const step = this.step(describeSubject(key), requester(key), edge, first);
    return this.pathOf(describeSubject(key), [{ step, to: first }, ...this.follow(actorAt(first, describeSubject(key)), first)]);
  }

  /** The best of what an edge leads to that is more than somebody has already; the same for all who have the same. */
  private choose(holder: Holder, place: Place): Place | undefined {
    const key = `${holder.alike} ${place}`;
    if (!this.chosen.has(key)) {
      const covered = new Set<number>();
      this.chosen.set(key, this.graph.choices(place).find((choice) => {
        if (isGoal(choice)) return true;
        const other = this.graph.holderAt(choice);
        if (other === undefined || covered.has(other.ownAlike)) return false;
        if (!holder.covers(other)) return true;
        covered.add(other.ownAlike);
        return false;
      }));
    }
    return this.chosen.get(key);
  }

  /** The rest of the way to cluster-admin or, when there is none, to a node. */
  private follow(start: string, from: Place): { step: EscalationStep; to: Place }[] {
    const distances = this.graph.toRoot.has(from) ? this.graph.toRoot : this.graph.toNode;
    const steps: { step: EscalationStep; to: Place }[] = [];
    let place = from;
    let actor = start;
    for (let left = distances.get(from) ?? 0; left > 0; left--) {
      const nearest = (to: Place) => this.graph.choices(to).find((choice) => distances.get(choice) === left - 1);
      if (place === NODE) {
        const to = nearest(podsOf(''))!;
        const technique = EscalationTechnique.NODE_TOKENS;
        steps.push({ step: { technique, actor, requests: [], grants: [], yields: describeYield(technique, to) }, to });
        place = to;
      } else {
        const own = [place, ...(place.startsWith('subject ') ? impliedGroups(keyOf(place)).map(subjectPlace) : [])].flatMap((each) => this.graph.edgesFrom(each));
        const edge = own.find(({ to }) => nearest(to) !== undefined)!;
        const to = nearest(edge.to)!;
        steps.push({ step: this.step(actor, place.startsWith('subject ') ? requester(keyOf(place)) : undefined, edge, to), to });
        place = to;
      }
      actor = actorAt(place, actor);
    }
    return steps;
  }

  private step(actor: string, who: Partial<AccessRequest> | undefined, { technique, space, uses }: Edge, to: Place): EscalationStep {
    const requests = uses.map((use) => requestOf(use, space, to, who ?? {}));
    return { technique, actor, requests, grants: uses.flatMap((use) => grantOf(use) ?? []), yields: describeYield(technique, to, requests) };
  }

  private pathOf(subject: string, steps: { step: EscalationStep; to: Place }[]): EscalationPath {
    const { to } = steps[steps.length - 1];
    const kind = this.terrain.isClusterAdmin(to) ? EscalationTarget.CLUSTER_ADMIN : targetOf(to);
    return EscalationPath._of(subject, kind, kind === EscalationTarget.CLUSTER_ADMIN ? 'cluster-admin' : describePlace(to), steps.map(({ step }) => step));
  }

  private firstStepOf({ path, edge, key }: FoundPath): EscalationPath {
    const to = this.choose(this.terrain.holder(key), edge.to)!;
    return this.pathOf(path.subject, [{ step: path.steps[0], to }]);
  }
}

/** The worst target first, then the shortest path. */
function compareWorth(a: EscalationPath, b: EscalationPath): number {
  return RANKS.indexOf(a.targetKind) - RANKS.indexOf(b.targetKind) || a.steps.length - b.steps.length;
}

/** The same, and then by technique. */
function comparePaths(a: EscalationPath, b: EscalationPath): number {
  const techniques = Object.values(EscalationTechnique);
  return compareWorth(a, b) || techniques.indexOf(a.technique) - techniques.indexOf(b.technique) || compareText(a.toString(), b.toString());
}

function targetOf(place: Place): EscalationTarget {
  if (isRoot(place)) return EscalationTarget.CLUSTER_ADMIN;
  if (place === NODE) return EscalationTarget.NODE;
  if (place === ADMISSION) return EscalationTarget.ADMISSION;
  if (roleOfPlace(place) !== undefined) return EscalationTarget.ROLE;
  return place.startsWith('subject ') ? EscalationTarget.SUBJECT : EscalationTarget.OBJECTS;
}

function keyOf(place: Place): SubjectKey {
  return place.slice('subject '.length);
}

function actorAt(place: Place, before: string): string {
  if (place === NODE) return 'whoever is root on the node';
  return place.startsWith('subject ') ? describeSubject(keyOf(place)) : before;
}

/** Whoever asks, with the groups that the API server adds. */
function requester(key: SubjectKey): Partial<AccessRequest> {
  const account = accountOf(key);
  if (account !== undefined) return { serviceAccount: `${account.namespace}/${account.name}` };
  const implied = impliedGroups(key).map((group) => group.slice('group '.length));
  return key.startsWith('user ') ? { user: key.slice('user '.length), groups: implied } : { groups: [key.slice('group '.length), ...implied] };
}

const AGGREGATION = { namespace: 'kube-system', name: 'clusterrole-aggregation-controller' };

/** A request in full, made concrete by what it is to lead to. */
function requestOf({ because, name, namespace }: Use, space: string, to: Place, who: Partial<AccessRequest>): AccessRequest {
  const { request, possession, rule } = because;
  const [resource, subresource] = request.resource.split('/');
  const account = to.startsWith('subject ') ? accountOf(keyOf(to)) : to === rootBy('aggregation') ? AGGREGATION : undefined;
  const inNamespace = NAMESPACED.test(request.resource);
  const place = inNamespace ? namespace || space || account?.namespace || possession.namespace : '';
  const object = name ?? (request.resource.startsWith('serviceaccounts') ? account?.name : undefined) ?? (rule.resourceNames.length > 0 ? rule.resourceNames[0] : undefined);
  return {
    ...who,
    verb: request.verb,
    resource,
    ...(request.apiGroup === '' ? {} : { apiGroup: request.apiGroup }),
    ...(subresource === undefined ? {} : { subresource }),
    ...(object === undefined ? {} : { name: object }),
    ...(place === '' ? {} : { namespace: place }),
  };
}

/** Requests about these are asked in a namespace; binding a ClusterRole in a namespace, and changing a namespace, are as well. */
const NAMESPACED = /^(pods|deployments|daemonsets|statefulsets|replicasets|replicationcontrollers|jobs|cronjobs|secrets|serviceaccounts|roles|rolebindings|persistentvolumeclaims|namespaces|clusterroles)(\/|$)/;

function grantOf({ because: { rule, possession: { binding, role, subject } } }: Use): AccessGrant | undefined {
  return binding === undefined ? undefined : { binding: binding.identity, role: role.identity, rule: rule.where, subject: describeSubject(subject) };
}

/** Key of a subject of a request, for whom paths are looked for. */
export function keyOfAccount(account: string): SubjectKey {
  const [namespace, name] = account.split('/');
  return userKey(`system:serviceaccount:${namespace}:${name}`);
}
