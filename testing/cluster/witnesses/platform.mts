// A platform as its team writes it, and ways to break it so that a witness is found.
import { ClusterProfile, Cni, Expectation, PodSecurityLevel } from '@viridial/core';
import { Role, Tenancy, Tenant } from '@viridial/tenancy';

/** Objects with the promises they keep. */
export interface Platform {
  readonly manifests: Record<string, any>[];
  readonly expectations: Expectation[];
  readonly profile: ClusterProfile;
}

/** One object, changed so that a promise is broken; nothing when it is deleted. */
export interface Break {
  readonly what: string;
  readonly original: Record<string, any>;
  readonly broken: Record<string, any> | undefined;
}

/** Two tenants with roles, quotas and workloads of their own. */
export function platform(version: string): Platform {
  const profile = ClusterProfile.kubeadm({ version, cni: Cni.CALICO });
  const tenancy = new Tenancy({
    name: 'witness',
    environments: ['staging', 'production'],
    tenants: [
      new Tenant('shop', { budget: { cpu: '8', memory: '16Gi' }, members: [Role.developer('group:shop'), Role.admin('group:shop-lead'), Role.viewer('group:audit')], talksTo: ['payments'] }),
      new Tenant('payments', { budget: { cpu: '4', memory: '8Gi' }, members: [Role.developer('group:payments')], acceptsFrom: ['shop'] }),
    ],
  });
  // policies are blunted where the whole catalogue is installed
  const { manifests, expectations } = tenancy.render(profile, { admission: false });
  return { manifests: [...manifests, workload(manifests.find(({ kind }) => kind === 'Namespace')!.metadata.name)], expectations, profile };
}

/** A workload that passes restricted. */
function workload(namespace: string): Record<string, any> {
  const container = { name: 'main', image: 'registry.example.com/web:1.0', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } }, containers: [container] } },
    },
  };
}

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const GROUP = 'rbac.authorization.k8s.io';

/** Every way to break an object. */
export function breaksOf(manifests: readonly Record<string, any>[]): Break[] {
  return manifests.flatMap((original) => {
    const change = (what: string, edit: (copy: any) => void): Break => {
      const broken = structuredClone(original);
      edit(broken);
      return { what: `${original.kind} ${original.metadata.namespace ?? ''}/${original.metadata.name}: ${what}`, original, broken };
    };
    const deleted: Break = { what: `${original.kind} ${original.metadata.namespace ?? ''}/${original.metadata.name}: deleted`, original, broken: undefined };
    switch (original.kind) {
      case 'Namespace': return [
        change('level unset', (copy) => { delete copy.metadata.labels[ENFORCE]; }),
        change('level lowered', (copy) => { copy.metadata.labels[ENFORCE] = PodSecurityLevel.PRIVILEGED; }),
        change('level lowered to baseline', (copy) => { copy.metadata.labels[ENFORCE] = PodSecurityLevel.BASELINE; }),
      ];
      case 'ClusterRole': return [
        change('verb *', (copy) => { copy.rules[0].verbs.push('*'); }),
        change('secrets', (copy) => copy.rules.push({ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'delete'] })),
        change('impersonation', (copy) => copy.rules.push({ apiGroups: [''], resources: ['serviceaccounts'], verbs: ['impersonate'] })),
        change('tokens', (copy) => copy.rules.push({ apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] })),
        change('everything', (copy) => copy.rules.push({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] })),
        change('a rule less', (copy) => copy.rules.shift()),
      ];
      case 'RoleBinding': return [
        change('everybody', (copy) => copy.subjects.push({ apiGroup: GROUP, kind: 'Group', name: 'system:authenticated' })),
        change('another tenant', (copy) => copy.subjects.push({ apiGroup: GROUP, kind: 'Group', name: 'payments' }, { apiGroup: GROUP, kind: 'Group', name: 'shop' })),
        change('nobody', (copy) => { copy.subjects = []; }),
        deleted,
      ];
      case 'ResourceQuota': return [change('no pods', (copy) => { delete copy.spec.hard.pods; }), change('no CPU', (copy) => {
        delete copy.spec.hard['requests.cpu'];
        delete copy.spec.hard['limits.cpu'];
      }), deleted];
      case 'LimitRange': return [deleted];
      case 'Deployment': return [
        change('privileged', (copy) => { copy.spec.template.spec.containers[0].securityContext = { privileged: true }; }),
        change('host network', (copy) => { copy.spec.template.spec.hostNetwork = true; }),
      ];
      default: return [];
    }
  });
}
