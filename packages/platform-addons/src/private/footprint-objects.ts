import { Manifests } from '@viridial/core';
import { AcceptedFinding } from '@viridial/proof';
import type { Footprint } from '../footprint';
import type { FootprintAccount, FootprintRule } from '../footprint-account';
import { FootprintContainer, FootprintWorkload, WorkloadKind } from '../footprint-workload';

/** Kinds that keep a number of replicas. */
const REPLICATED = [WorkloadKind.DEPLOYMENT, WorkloadKind.STATEFUL_SET];

function container(declared: FootprintContainer): any {
  const resources = {
    ...(declared.requests ? { requests: { ...declared.requests } } : {}),
    ...(declared.limits ? { limits: { ...declared.limits } } : {}),
  };
  return {
    name: declared.name,
    ...(declared.ports ? {
      ports: declared.ports.map((port) => ({
        ...(port.name ? { name: port.name } : {}),
        containerPort: port.port,
        protocol: port.protocol ?? 'TCP',
      })),
    } : {}),
    resources,
    ...(declared.securityContext ? { securityContext: declared.securityContext } : {}),
  };
}

function podSpec(workload: FootprintWorkload): any {
  const init = workload.containers.filter((each) => each.init);
  return {
    ...(workload.serviceAccount ? { serviceAccountName: workload.serviceAccount } : { automountServiceAccountToken: false }),
    ...(workload.hostNetwork ? { hostNetwork: true } : {}),
    ...(workload.hostPid ? { hostPID: true } : {}),
    ...(workload.kind === WorkloadKind.JOB ? { restartPolicy: 'OnFailure' } : {}),
    ...(workload.securityContext ? { securityContext: workload.securityContext } : {}),
    ...(init.length ? { initContainers: init.map(container) } : {}),
    containers: workload.containers.filter((each) => !each.init).map(container),
    ...(workload.hostPaths?.length ? {
      volumes: workload.hostPaths.map((mount, index) => ({ name: `host-${index}`, hostPath: { path: mount.path } })),
    } : {}),
  };
}

/** Mounts the folders of the node into the first container, so that a judge of volumes and one of mounts see the same. */
function mounted(spec: any, workload: FootprintWorkload): any {
  if (!workload.hostPaths?.length) return spec;
  const [first, ...others] = spec.containers;
  const volumeMounts = workload.hostPaths.map((mount, index) => ({
    name: `host-${index}`,
    mountPath: mount.path === '/' ? '/host/root' : mount.path,
    ...(mount.readOnly ? { readOnly: true } : {}),
  }));
  return { ...spec, containers: [{ ...first, volumeMounts }, ...others] };
}

function workloadObject(workload: FootprintWorkload, namespace: string): any {
  const labels = { 'app.kubernetes.io/name': workload.name, ...workload.labels };
  const template = { metadata: { labels }, spec: mounted(podSpec(workload), workload) };
  const job = workload.kind === WorkloadKind.JOB;
  return {
    apiVersion: job ? 'batch/v1' : 'apps/v1',
    kind: workload.kind,
    metadata: { name: workload.name, namespace },
    spec: {
      ...(REPLICATED.includes(workload.kind) ? { replicas: workload.replicas ?? 1 } : {}),
      ...(workload.kind === WorkloadKind.STATEFUL_SET ? { serviceName: workload.name } : {}),
      ...(job ? {} : { selector: { matchLabels: labels } }),
      template,
    },
  };
}

function rule(declared: FootprintRule): any {
  return {
    ...(declared.resources ? { apiGroups: declared.apiGroups ?? [''], resources: declared.resources } : {}),
    ...(declared.resourceNames ? { resourceNames: declared.resourceNames } : {}),
    ...(declared.nonResourceUrls ? { nonResourceURLs: declared.nonResourceUrls } : {}),
    verbs: declared.verbs,
  };
}

function accountObjects(account: FootprintAccount, namespace: string): any[] {
  const subjects = [{ kind: 'ServiceAccount', name: account.name, namespace }];
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  // a footprint is never applied, so the name says where the role comes from
  const name = `footprint:${namespace}:${account.name}`;
  const bind = (kind: string, roleKind: string, roleName: string, bindingName: string): any => ({
    apiVersion,
    kind,
    metadata: { name: bindingName, ...(kind === 'RoleBinding' ? { namespace } : {}) },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: roleKind, name: roleName },
    subjects,
  });
  const objects: any[] = [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account.name, namespace } }];
  if (account.clusterRules?.length) {
    objects.push({ apiVersion, kind: 'ClusterRole', metadata: { name }, rules: account.clusterRules.map(rule) });
    objects.push(bind('ClusterRoleBinding', 'ClusterRole', name, name));
  }
  if (account.rules?.length) {
    objects.push({ apiVersion, kind: 'Role', metadata: { name, namespace }, rules: account.rules.map(rule) });
    objects.push(bind('RoleBinding', 'Role', name, name));
  }
  for (const existing of account.clusterRoles ?? []) {
    objects.push(bind('ClusterRoleBinding', 'ClusterRole', existing, `${name}:${existing}`));
  }
  return objects;
}

/** What a footprint declares as known and accepted, on the objects that it is rendered to. */
export function acceptedOf(footprint: Footprint, namespace: string): AcceptedFinding[] {
  return footprint.accounts.flatMap((account) => Object.entries(account.accepted ?? {}).flatMap(([ruleId, reason]) => {
    // roles are objected to where they are written, escalations where they are given; whom an account can become depends on the neighbours
    const escalation = ruleId === 'EscalationPath';
    const objects = accountObjects(account, namespace).filter(({ kind }) => (escalation ? /Binding$/.test(kind) : kind === 'ClusterRole'));
    return objects.map((object) => ({ ruleId, object: Manifests.identity(object), reason, ...(escalation ? { occasional: true } : {}) }));
  }));
}

/** Turns a declared footprint into the objects that a judge reads. */
export function renderFootprint(footprint: Footprint, namespace: string): any[] {
  return [
    ...footprint.accounts.flatMap((account) => accountObjects(account, namespace)),
    ...footprint.workloads.map((workload) => workloadObject(workload, namespace)),
  ];
}
