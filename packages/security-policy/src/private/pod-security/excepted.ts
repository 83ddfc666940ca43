import { ExceptedKind } from '../../pod-security-control';
import { text, textList } from '../admission/cel';

/** A workload by kind and name. */
export interface ExceptedWorkload {
  readonly kind: ExceptedKind;
  readonly name: string;
}

/** The controllers whose word is taken for who owns what they create; anybody else could write any owner. */
const CONTROLLERS = {
  cronJob: by('cronjob-controller'),
  daemonSet: by('daemon-set-controller'),
  deployment: by('deployment-controller'),
  job: by('job-controller'),
  replicaSet: by('replicaset-controller'),
  replicationController: by('replication-controller'),
  statefulSet: by('statefulset-controller'),
};

/**
 * CEL: whether the request writes the workload, or what a controller makes of it. A ReplicaSet or Job that a controller
 * makes is judged when somebody else writes it, so that its pods can be trusted to be the workload's.
 */
export function belongsTo({ kind, name }: ExceptedWorkload): string {
  const itself = `(object.kind == ${text(kind)} && object.metadata.name == ${text(name)})`;
  const exact = `owner.name == ${text(name)}`;
  // controllers add one more part without a hyphen: a hash, a number
  const derived = `owner.name.startsWith(${text(`${name}-`)}) && !owner.name.substring(${name.length + 1}).contains('-')`;
  switch (kind) {
    case ExceptedKind.POD: return itself;
    case ExceptedKind.DEPLOYMENT: return anyOf(itself,
      made('ReplicaSet', CONTROLLERS.deployment, 'apps/v1', 'Deployment', exact), made('Pod', CONTROLLERS.replicaSet, 'apps/v1', 'ReplicaSet', derived));
    case ExceptedKind.CRON_JOB: return anyOf(itself,
      made('Job', CONTROLLERS.cronJob, 'batch/v1', 'CronJob', exact), made('Pod', CONTROLLERS.job, 'batch/v1', 'Job', derived));
    case ExceptedKind.REPLICA_SET: return anyOf(itself, made('Pod', CONTROLLERS.replicaSet, 'apps/v1', 'ReplicaSet', exact));
    case ExceptedKind.STATEFUL_SET: return anyOf(itself, made('Pod', CONTROLLERS.statefulSet, 'apps/v1', 'StatefulSet', exact));
    case ExceptedKind.DAEMON_SET: return anyOf(itself, made('Pod', CONTROLLERS.daemonSet, 'apps/v1', 'DaemonSet', exact));
    case ExceptedKind.JOB: return anyOf(itself, made('Pod', CONTROLLERS.job, 'batch/v1', 'Job', exact));
    case ExceptedKind.REPLICATION_CONTROLLER: return anyOf(itself, made('Pod', CONTROLLERS.replicationController, 'v1', 'ReplicationController', exact));
  }
}

function made(kind: string, users: string, apiVersion: string, ownerKind: string, name: string): string {
  const owned = `object.metadata.ownerReferences.exists(owner, has(owner.controller) && owner.controller == true && owner.apiVersion == ${text(apiVersion)} && owner.kind == ${text(ownerKind)} && ${name})`;
  return `(object.kind == ${text(kind)} && request.userInfo.username in ${users} && has(object.metadata.ownerReferences) && ${owned})`;
}

function by(account: string): string {
  return textList([`system:serviceaccount:kube-system:${account}`, 'system:kube-controller-manager']);
}

function anyOf(...expressions: string[]): string {
  return expressions.join(' || ');
}
