import { PruneStep } from '../prune-step';
import { isRetired } from './lifecycle';
import { RenderedNamespace } from './rendered-namespace';

/** Workloads, whatever makes others before what it makes. */
const WORKLOADS = 'cronjobs,jobs,deployments,statefulsets,daemonsets,replicasets,replicationcontrollers,pods';

/**
 * What is to be removed of retired tenants, in the order in which it is safe: who can make something new goes before what
 * was made, what sends traffic before what answers it, data last and only when somebody said so.
 */
export function pruneStepsOf(namespaces: RenderedNamespace[], deployerHome: string): PruneStep[] {
  return namespaces.filter(({ tenant }) => tenant !== undefined && isRetired(tenant.tenant)).flatMap((namespace) => stepsOf(namespace, deployerHome));
}

function stepsOf({ name, tenant: model, environment }: RenderedNamespace, deployerHome: string): PruneStep[] {
  const { tenant } = model!;
  const step = (what: string, prunes: string[], command?: string, deletesData: boolean = false): PruneStep => (
    { tenant: tenant.name, namespace: name, what, prunes, command, deletesData });
  const members = model!.members.filter((member) => member.environment === environment);
  const roles = [...new Set(members.map(({ role }) => role))].sort();
  const steps = [
    step('the applications, so that the engine does not make anew what is removed', tenant.applications
      .filter(({ environments }) => environments === undefined || environments.includes(environment!))
      .map((application) => `Application.argoproj.io ${name}.${application.name}`).sort()),
    step('the rights of members and of the deployer', [
      `RoleBinding.rbac.authorization.k8s.io ${name}/tenant-deployer`,
      ...roles.map((role) => `RoleBinding.rbac.authorization.k8s.io ${name}/tenant-${role}`),
      `ServiceAccount ${deployerHome}/${name}`,
    ]),
    step('every flow in and out; the namespace stays closed', [`every NetworkPolicy.networking.k8s.io ${name}/allow-*`]),
    step('what is published', [], `kubectl delete ingresses,services --all --namespace ${name}`),
    step('what runs', [], `kubectl delete ${WORKLOADS} --all --namespace ${name}`),
  ].filter(({ prunes, command }) => prunes.length > 0 || command !== undefined);
  if (!tenant.deleteData) return steps;
  return [
    ...steps,
    step('the data of its volumes, by the reclaim policy of their class', [], `kubectl delete persistentvolumeclaims --all --namespace ${name}`, true),
    step(`the namespace with everything left in it, when ${tenant.name} is taken out of the tenancy`, [`Namespace ${name}`], undefined, true),
  ];
}
