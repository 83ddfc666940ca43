import { describeSubject } from './bindings';
import { ADMISSION, isRoot, NODE, OBJECTS, Place, roleOfPlace, ROOTS } from './places';
import { AccessRequest } from '../../access-request';
import { EscalationTechnique } from '../../escalation-technique';
import { short } from '../text';

const { ADMISSION_CHANGE, API_SERVICE, CERTIFICATE_SIGNING, HOST_ACCESS, IMPERSONATION, NAMESPACE_LABELS, NODE_PROXY } = EscalationTechnique;
const { NODE_TOKENS, PERSISTENT_VOLUME, POD_CREATION, POD_ENTRY, SECRET_READING, TOKEN_REQUEST } = EscalationTechnique;

/** What is had of somebody, by technique. */
const OF: Partial<Record<EscalationTechnique, string>> = {
  [IMPERSONATION]: 'the identity of ',
  [TOKEN_REQUEST]: 'a token of ',
  [SECRET_READING]: 'a token of ',
  [POD_CREATION]: 'a pod that runs as ',
  [POD_ENTRY]: 'a shell in a pod that runs as ',
  [NODE_TOKENS]: 'the token of a pod there that runs as ',
};

/** How one comes to be on a node, by technique. */
const ON_NODE: Partial<Record<EscalationTechnique, (place: string) => string>> = {
  [HOST_ACCESS]: (place) => `a privileged pod${place}, which that namespace admits: root on its node`,
  [NAMESPACE_LABELS]: (place) => `a privileged pod${place} once the label of Pod Security is off: root on its node`,
  [PERSISTENT_VOLUME]: (place) => `a pod${place} with a directory of the node as its volume, which Pod Security does not see: root on its node`,
  [POD_ENTRY]: (place) => `a shell in a pod${place} that is root on its node`,
  [NODE_PROXY]: () => 'commands in every pod of a node, past audit and admission',
  [CERTIFICATE_SIGNING]: () => 'a certificate as any node, for the secrets and tokens of its pods',
};

/** What comes of a step. */
export function describeYield(technique: EscalationTechnique, to: Place, requests: AccessRequest[] = []): string {
  if (to === NODE) {
    const namespace = requests[requests.length - 1]?.namespace;
    return ON_NODE[technique]?.(namespace === undefined ? '' : ` in ${namespace}`) ?? 'root on a node';
  }
  if (to === OBJECTS) return technique === API_SERVICE ? 'the requests of others to an API group, to be answered in place of its server' : 'every object that others write, Secrets among them';
  if (to === ADMISSION) return 'requests that no admission policy refuses any more';
  if (technique === ADMISSION_CHANGE || technique === CERTIFICATE_SIGNING || roleOfPlace(to) !== undefined) return describePlace(to);
  return `${OF[technique] ?? ''}${describePlace(to)}`;
}

/** What a place is called. */
export function describePlace(place: Place): string {
  if (place === NODE) return 'root on a node';
  if (place === OBJECTS) return 'a reader of what others write';
  if (place === ADMISSION) return 'free of admission policies';
  if (isRoot(place)) return ROOTS[place.slice('root '.length) as keyof typeof ROOTS];
  const role = roleOfPlace(place);
  if (role !== undefined) return `the holder of ${short(role.identity)} in ${role.namespace === '' ? 'the whole cluster' : role.namespace}`;
  const text = describeSubject(place.slice('subject '.length));
  const all = /^group system:serviceaccounts:(.+)$/.exec(text);
  return all === null ? text : `any service account of ${all[1]}`;
}
