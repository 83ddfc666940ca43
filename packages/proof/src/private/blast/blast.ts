import { ClusterProfile, Problems } from '@viridial/core';
import { exposedIn } from './exposed';
import { permissionsOf } from './permissions';
import { Reached, reachedBy } from './reached';
import { ExposedObject, NodeAccess, Permission } from '../../blast-radius-parts';
import { Endpoint, EndpointKind } from '../../endpoint';
import { EscalationPath } from '../../escalation-path';
import { keyOfAccount } from '../access/escalations';
import { impliedGroups } from '../access/holder';
import { SubjectMatter } from '../findings/subject-matter';
import { hostAccessOf } from '../host-access';
import { Item } from '../inventory';
import { resolveEndpoint } from '../network/endpoints';
import { PodIdentities } from '../pod-identity';
import { podOf, PodSource } from '../pod-source';
import { Shape } from '../shape';

/** What somebody inside a workload can do. */
export interface Blast {
  readonly workload: string;
  readonly reached: Reached;
  readonly serviceAccount: string;
  readonly hasToken: boolean;

  /** How the token comes into the pod, or what keeps it out. */
  readonly token: string;
  readonly permissions: Permission[];
  readonly escalations: EscalationPath[];
  readonly exposed: ExposedObject[];
  readonly nodeAccess: NodeAccess[];
}

/**
 * Finds out what somebody inside a workload, or inside a pod that somebody could create, can do.
 *
 * @throws InvalidInputError when the endpoint is not in the manifests, or an address
 */
export function judgeBlast(matter: SubjectMatter, endpoint: Endpoint, profile: ClusterProfile | undefined): Blast {
  const problems = new Problems();
  if (endpoint.kind === EndpointKind.ADDRESS) {
    problems.error({
      code: 'NoPodInEndpoint', path: 'endpoint', message: `${endpoint.toString()} is no pod`, value: endpoint.toString(), allowed: 'a pod, a workload or a probe', cure: 'name the workload that has the address',
    });
  }
  const parties = endpoint.kind === EndpointKind.ADDRESS ? [] : resolveEndpoint(matter.network, endpoint, 'endpoint', problems);
  problems.throwIfErrors('endpoint');

  const item = itemOf(matter, endpoint, parties.flatMap((party) => ('members' in party ? party.members as string[] : [])));
  const pod = item === undefined ? emptyPod(endpoint) : podOf(item)!;
  const identities = new PodIdentities(matter.inventory);
  const identity = identities.ofPod(endpoint.namespace!, pod);
  const account = `${endpoint.namespace!}/${identity.serviceAccount}`;
  const nodeAccess = hostAccessOf(pod);
  const already = identity.hasToken && matter.escalations.isClusterAdmin(keyOfAccount(account));
  const fromNode = nodeAccess.some(({ escapes }) => escapes) && !already ? matter.escalations.fromNode() : undefined;
  return {
    workload: item?.identity ?? endpoint.toString(),
    reached: reachedBy(matter.network, parties, item?.identity ?? '', profile),
    serviceAccount: account,
    hasToken: identity.hasToken,
    token: identity.because,
    permissions: identity.hasToken ? permissionsOf(matter.access, account) : [],
    escalations: [...(identity.hasToken ? escalationsOf(matter, account) : []), ...(fromNode === undefined ? [] : [fromNode])],
    exposed: exposedIn(pod, identities.account(endpoint.namespace!, identity.serviceAccount)?.shape),
    nodeAccess,
  };
}

/** The object that the endpoint names; of a controller that only has running pods, one of these. */
function itemOf({ inventory }: SubjectMatter, { workloadKind, namespace, name }: Endpoint, members: string[]): Item | undefined {
  if (workloadKind === undefined) return undefined;
  return inventory.workloads.find((item) => item.kind === workloadKind && item.namespace === namespace && item.name === name)
    ?? inventory.workloads.find(({ identity }) => members.includes(identity));
}

/** A pod that somebody could create without saying anything about it. */
function emptyPod(endpoint: Endpoint): PodSource {
  return { labels: { ...endpoint.labels }, annotations: {}, metadata: undefined, spec: Shape.of({}, endpoint.toString(), new Problems()) };
}

function escalationsOf({ escalations }: SubjectMatter, account: string): EscalationPath[] {
  const key = keyOfAccount(account);
  const own = [key, ...impliedGroups(key)].flatMap((each) => escalations.of(each)).map(({ path }) => path);
  return [...new Map(own.map((path) => [path.toString(), path])).values()];
}

