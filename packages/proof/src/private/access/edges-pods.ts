import { EdgeCollector, Use } from './edge-collector';
import { accountsOf, NODE, podsOf, subjectPlace } from './places';
import { RightName } from './rights';
import { rightOn } from './terrain';
import { EscalationTechnique } from '../../escalation-technique';

const { HOST_ACCESS, NAMESPACE_LABELS, PERSISTENT_VOLUME, POD_CREATION, POD_ENTRY } = EscalationTechnique;

/** Workloads whose pods can be exchanged for others after they were made. */
const CHANGEABLE: readonly (readonly [kind: string, right: RightName])[] = [
  ['Deployment', 'changeDeployments'], ['DaemonSet', 'changeDaemonSets'], ['StatefulSet', 'changeStatefulSets'],
  ['ReplicaSet', 'changeReplicaSets'], ['CronJob', 'changeCronJobs'], ['ReplicationController', 'changeReplicationControllers'],
];

/** Running pods, and getting into those that run. */
export function podEdges(collector: EdgeCollector): void {
  const run = runs(collector);
  if (run !== undefined) {
    collector.add(POD_CREATION, accountsOf(collector.space), run);
    hosts(collector, run);
  }
  entries(collector);
}

/** How somebody gets a pod of their own to run; every kind that makes pods is as good as a pod. */
function runs(collector: EdgeCollector): Use | undefined {
  const { space, terrain: { ground } } = collector;
  const create = collector.any('createPods');
  if (create !== undefined) return { because: create };
  for (const [kind, right] of CHANGEABLE) {
    const { any, named } = collector.right(right);
    const item = any !== undefined ? ground.some(kind, space)
      : [...named.keys()].map((name) => ground.some(kind, space, name)).find((found) => found !== undefined);
    if (item !== undefined) return { because: any ?? named.get(item.name)!, name: item.name, namespace: item.namespace };
  }
  return undefined;
}

function hosts(collector: EdgeCollector, run: Use): void {
  const { space, holder, terrain: { ground } } = collector;
  const place = run.namespace ?? space;
  const open = place === '' ? ground.openNamespace : ground.admitsPrivileged(place) ? place : undefined;
  if (open !== undefined) {
    collector.add(HOST_ACCESS, NODE, { ...run, namespace: open });
  } else {
    const closed = place || 'default';
    const label = rightOn(holder.right('changeNamespaces', closed), closed);
    if (label !== undefined) {
      collector.add(NAMESPACE_LABELS, NODE, { because: label, name: closed, namespace: closed }, { ...run, namespace: closed });
    }
  }
  const volume = holder.right('createVolumes', '').any;
  const claim = collector.any('createClaims');
  if (volume !== undefined && claim !== undefined) collector.add(PERSISTENT_VOLUME, NODE, { because: volume, namespace: '' }, { because: claim }, run);
}

function entries(collector: EdgeCollector): void {
  const { space, terrain: { ground } } = collector;
  const { any, named } = collector.right('enterPods');
  if (any !== undefined) {
    collector.add(POD_ENTRY, podsOf(space), { because: any });
    const host = ground.host(space);
    if (host !== undefined) collector.add(POD_ENTRY, NODE, { because: any, namespace: host.item.namespace });
    return;
  }
  const workloads = named.size === 0 ? [] : space === '' ? [...ground.workloads.values()].flat() : ground.workloads.get(space) ?? [];
  for (const [name, because] of named) {
    const own = workloads.filter(({ item }) => (item.kind === 'Pod' && item.name === name) || (item.kind === 'StatefulSet' && name.replace(/-\d+$/, '') === item.name));
    for (const { account, item: { namespace }, onNode } of own) {
      if (account !== undefined) {
        for (const key of collector.terrain.accountsNamed(account.split('/')[1], namespace)) collector.add(POD_ENTRY, subjectPlace(key), { because, name, namespace });
      }
      if (onNode) collector.add(POD_ENTRY, NODE, { because, name, namespace });
    }
  }
}
