import { Labels } from '@viridial/core';
import { Shape } from '../../shape';
import { Peer, PodSelection } from '../policy';
import { Entity } from '../position';
import { Requirement, Selector } from '../selector';

const NAMESPACE = 'io.kubernetes.pod.namespace';
const NAMESPACE_LABEL = 'io.cilium.k8s.namespace.labels.';
const OF_CILIUM = 'io.cilium.k8s.policy.';
const RESERVED = 'reserved:';

/** What is meant by the names of entities; those that nobody here is mean nobody. */
const ENTITIES: { readonly [name: string]: readonly Entity[] } = {
  'cluster': ['cluster'],
  'host': ['host'],
  'remote-node': ['remote-node'],
  'kube-apiserver': ['kube-apiserver'],
  'world': ['world', 'world-ipv4', 'world-ipv6'],
  'world-ipv4': ['world-ipv4'],
  'world-ipv6': ['world-ipv6'],
  'ingress': [],
  'health': [],
  'init': [],
  'unmanaged': [],
  'none': [],
};

/** Names of entities in policies. */
export const ENTITY_NAMES = ['all', ...Object.keys(ENTITIES)];

/** The entities by name; nothing for a name that Cilium does not know. `all` is everybody, whom no list of entities means. */
export function entitiesNamed(name: string): readonly Entity[] | undefined {
  return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
}

/** The requirements of an endpoint selector, by what they are about. */
interface Requirements {
  readonly namespaces: Requirement[];
  readonly pods: Requirement[];
  readonly entities: Entity[] | undefined;
}

/** The pods that a policy is about; one that lives in a namespace is about that one, whatever its selector says of namespaces. */
export function readSubject(shape: Shape, namespace: string): PodSelection | undefined {
  const read = readRequirements(shape);
  if (read === undefined) return undefined;
  if (read.entities !== undefined) {
    shape.unread('', 'a selector of reserved labels is not read where it says whom a policy is about', 'labels of pods and namespaces');
    return undefined;
  }
  const named = read.namespaces.filter(({ key }) => namespace === '' || key !== Labels.NAMESPACE_NAME);
  return selection(namespace === '' ? named : [...named, home(namespace)], read.pods);
}

/** The other side of a rule; a policy that lives in a namespace means pods of that one unless its selector speaks of namespaces. */
export function readEndpoints(shape: Shape, namespace: string): Peer[] {
  const read = readRequirements(shape);
  if (read === undefined) return [];
  if (read.entities !== undefined) return [{ entities: read.entities }];
  const scoped = namespace === '' || read.namespaces.length > 0 ? read.namespaces : [...read.namespaces, home(namespace)];
  return [{ pods: selection(scoped, read.pods) }];
}

function readRequirements(shape: Shape): Requirements | undefined {
  const { requirements } = Selector.read(shape);
  const namespaces: Requirement[] = [];
  const pods: Requirement[] = [];
  const reserved: Requirement[] = [];
  for (const requirement of requirements) {
    if (requirement.key.startsWith(RESERVED)) {
      reserved.push(requirement);
      continue;
    }
    const key = requirement.key.replace(/^(k8s|any):/, '');
    if (key.includes(':') || key.startsWith(OF_CILIUM)) {
      shape.unread('', `the label ${requirement.key} is not read`, `labels of pods, k8s:${NAMESPACE}, k8s:${NAMESPACE_LABEL}<label>, reserved:<entity>`);
      return undefined;
    }
    if (key === NAMESPACE) namespaces.push({ ...requirement, key: Labels.NAMESPACE_NAME });
    else if (key.startsWith(NAMESPACE_LABEL)) namespaces.push({ ...requirement, key: key.slice(NAMESPACE_LABEL.length) });
    else pods.push({ ...requirement, key });
  }
  const entities = reserved.length === 0 ? undefined : readReserved(shape, reserved, requirements.length);
  if (reserved.length > 0 && entities === undefined) return undefined;
  return { namespaces, pods, entities };
}

/** A reserved label names an entity; together with anything else nobody is sure whom it means. */
function readReserved(shape: Shape, [first]: Requirement[], count: number): Entity[] | undefined {
  const name = first.key.slice(RESERVED.length);
  const entities = entitiesNamed(name);
  const positive = first.operator === 'Exists' || (first.operator === 'In' && first.values.join() === '');
  if (entities !== undefined && positive && count === 1) return [...entities];
  shape.unread('', `a selector with ${first.key} is not read beside other requirements, or turned round`, `one of ${ENTITY_NAMES.join(', ')} alone`);
  return undefined;
}

function selection(namespaces: Requirement[], pods: Requirement[]): PodSelection {
  return { namespaces: Selector.ofRequirements(namespaces), pods: Selector.ofRequirements(pods) };
}

function home(namespace: string): Requirement {
  return { key: Labels.NAMESPACE_NAME, operator: 'In', values: [namespace] };
}
