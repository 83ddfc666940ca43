import { groupKey, userKey } from './bindings';
import { EdgeCollector, Use } from './edge-collector';
import { accountsOf, GROUPS, rootBy, subjectPlace, tokensOf, USERS } from './places';
import { RightName } from './rights';
import { rightOnSome, WELL_KNOWN } from './terrain';
import { EscalationTechnique } from '../../escalation-technique';

const { IMPERSONATION, SECRET_READING, TOKEN_REQUEST } = EscalationTechnique;

/** Acting as somebody else, or getting at their tokens. */
export function identityEdges(collector: EdgeCollector): void {
  accounts(collector, 'createTokens', TOKEN_REQUEST);
  accounts(collector, 'impersonateServiceAccounts', IMPERSONATION);
  secrets(collector);
  if (collector.space !== '') return;
  users(collector);
  groups(collector);
}

function accounts(collector: EdgeCollector, right: RightName, technique: EscalationTechnique): void {
  const { any, named } = collector.right(right);
  if (any !== undefined) return collector.add(technique, accountsOf(collector.space), { because: any });
  for (const [name, because] of named) {
    for (const key of collector.terrain.accountsNamed(name, collector.space)) collector.add(technique, subjectPlace(key), { because, name });
  }
}

/** Tokens that lie in Secrets, and those that come to lie there when somebody makes a Secret that asks for one. */
function secrets(collector: EdgeCollector): void {
  const { space, terrain } = collector;
  const read = collector.right('readSecrets');
  const create = collector.any('createSecrets');
  const readable = rightOnSome(read);
  if (readable === undefined) return;
  if (create !== undefined) {
    const [name] = read.any === undefined ? read.named.keys() : [];
    collector.add(SECRET_READING, accountsOf(space), { because: create }, { because: readable, name });
  } else if (read.any !== undefined) {
    collector.add(SECRET_READING, tokensOf(space), { because: read.any });
  } else {
    for (const [name, because] of read.named) {
      for (const [namespace, tokens] of space === '' ? terrain.ground.tokenSecrets : [[space, terrain.ground.tokenSecrets.get(space)] as const]) {
        const account = tokens?.get(name)?.split('/')[1];
        if (account === undefined) continue;
        for (const key of terrain.accountsNamed(account, namespace)) collector.add(SECRET_READING, subjectPlace(key), { because, name, namespace });
      }
    }
  }
}

/** A name that is a service account's is asked about as a service account, so this is about all others. */
function users(collector: EdgeCollector): void {
  const { any, named } = collector.right('impersonateUsers');
  if (any !== undefined) return collector.add(IMPERSONATION, USERS, { because: any });
  for (const [name, because] of named) {
    const key = userKey(name);
    if (name.startsWith('system:serviceaccount:')) continue;
    if (WELL_KNOWN.has(key)) collector.add(IMPERSONATION, rootBy('manager'), { because, name });
    else if (collector.terrain.isBound(key)) collector.add(IMPERSONATION, subjectPlace(key), { because, name });
  }
}

/** A group can only be had together with a user. User ids and extra fields can be impersonated too, but no rule looks at them. */
function groups(collector: EdgeCollector): void {
  const identity = somebody(collector);
  if (identity === undefined) return;
  const { any, named } = collector.right('impersonateGroups');
  if (any !== undefined) return collector.add(IMPERSONATION, GROUPS, identity, { because: any, name: 'system:masters' });
  for (const [name, because] of named) {
    const key = groupKey(name);
    if (WELL_KNOWN.has(key)) collector.add(IMPERSONATION, rootBy('masters'), identity, { because, name });
    else if (collector.terrain.isBound(key)) collector.add(IMPERSONATION, subjectPlace(key), identity, { because, name });
  }
}

function somebody({ holder }: EdgeCollector): Use | undefined {
  for (const [right, spaces] of [['impersonateUsers', ['']], ['impersonateServiceAccounts', ['', ...holder.spaces]]] as const) {
    for (const space of spaces) {
      const held = holder.right(right, space);
      const because = rightOnSome(held);
      if (because !== undefined) return { because, name: held.any === undefined ? [...held.named.keys()][0] : undefined, namespace: space };
    }
  }
  return undefined;
}
