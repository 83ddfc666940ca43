import { Labels } from '@viridial/core';
import { AccessReview, Endpoint, Proof, Reachability } from '@viridial/proof';
import * as fc from 'fast-check';
import { Tenancy, TenancyProps } from '../src';
import { tenancies } from './support/arbitraries';
import { KUBEADM } from './support/grounds';

const WRITES = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** Rights by which somebody could become somebody else, or change what bounds a tenant. */
const TAKEOVERS: { verb: string; apiGroup: string; resource: string; subresource?: string }[] = [
  ...['users', 'groups', 'serviceaccounts'].map((resource) => ({ verb: 'impersonate', apiGroup: '', resource })),
  { verb: 'create', apiGroup: '', resource: 'serviceaccounts', subresource: 'token' },
  ...['bind', 'escalate', ...WRITES].flatMap((verb) => ['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'].map((resource) => ({ verb, apiGroup: 'rbac.authorization.k8s.io', resource }))),
  ...WRITES.flatMap((verb) => ['resourcequotas', 'limitranges', 'namespaces'].map((resource) => ({ verb, apiGroup: '', resource }))),
  ...WRITES.map((verb) => ({ verb, apiGroup: 'networking.k8s.io', resource: 'networkpolicies' })),
];

/** What would be the data, the pods and the identity of somebody else. */
const OF_OTHERS = ['pods', 'secrets', 'configmaps', 'services', 'serviceaccounts', 'persistentvolumeclaims'];

/** Subjects of RoleBindings as requests name them, with the namespaces they are bound in. */
function boundSubjects(manifests: any[]): Map<string, { subject: any; namespaces: Set<string> }> {
  const found = new Map<string, { subject: any; namespaces: Set<string> }>();
  for (const { metadata, subjects } of manifests.filter(({ kind }) => kind === 'RoleBinding')) {
    for (const { kind, name, namespace } of subjects) {
      const subject = kind === 'Group' ? { groups: [name] } : kind === 'User' ? { user: name } : { serviceAccount: `${namespace}/${name}` };
      const entry = found.get(JSON.stringify(subject)) ?? { subject, namespaces: new Set<string>() };
      entry.namespaces.add(metadata.namespace);
      found.set(JSON.stringify(subject), entry);
    }
  }
  return found;
}

function peersOf({ tenants }: TenancyProps): Set<string> {
  return new Set(tenants.flatMap(({ name, talksTo }) => talksTo.map((peer) => `${name} to ${peer}`)));
}

describe('in any tenancy', () => {
  test('nobody reaches data of a namespace in which he has no role, nor a right by which to take over one', () => {
    fc.assert(fc.property(tenancies, (props) => {
      const { manifests, namespaces } = new Tenancy(props).render(KUBEADM);
      const access = AccessReview.of(manifests);
      for (const { subject, namespaces: own } of boundSubjects(manifests).values()) {
        for (const namespace of [undefined, ...namespaces]) {
          for (const request of TAKEOVERS) expect([subject, namespace, request, access.allows({ ...subject, ...request, namespace })]).toEqual([subject, namespace, request, false]);
          if (namespace !== undefined && own.has(namespace)) continue;
          const open = OF_OTHERS.flatMap((resource) => ['get', 'list', ...WRITES].filter((verb) => access.allows({ ...subject, verb, resource, namespace })));
          expect([subject, namespace, open]).toEqual([subject, namespace, []]);
        }
      }
    }), { numRuns: 6 });
  });

  test('every object is labelled as managed, and what a person gives never takes the place of a label that is trusted', () => {
    fc.assert(fc.property(tenancies, (props) => {
      for (const { kind, metadata } of new Tenancy(props).render(KUBEADM).manifests) {
        expect([kind, metadata.labels[Labels.MANAGED]]).toEqual([kind, 'true']);
        const [, tenant] = /^(.+)-[a-z]+$/.exec(metadata.namespace ?? metadata.name) ?? [];
        if (kind !== 'ClusterRole' && metadata.labels[Labels.TENANT] !== undefined && kind !== 'ServiceAccount') expect(metadata.labels[Labels.TENANT]).toBe(tenant);
      }
    }), { numRuns: 20 });
  });

  test('no pod of a tenant reaches one of another, but where both named it and in one environment', () => {
    fc.assert(fc.property(tenancies, (props) => {
      const { manifests } = new Tenancy(props).render(KUBEADM);
      const reachability = Reachability.of(manifests, { profile: KUBEADM });
      const agreed = peersOf(props);
      const places = props.tenants.flatMap(({ name }) => props.environments.map((environment) => ({ name, environment, endpoint: Endpoint.probe(`${name}-${environment}`) })));
      for (const from of places) {
        for (const to of places.filter(({ name }) => name !== from.name)) {
          const expected = agreed.has(`${from.name} to ${to.name}`) && from.environment === to.environment;
          expect([from, to, reachability.openPorts(from.endpoint, to.endpoint) !== 'no port']).toEqual([from, to, expected]);
        }
      }
    }), { numRuns: 10 });
  });

  test('every promise is kept, as somebody else judges it, and only where a tenant asked for privileged pods somebody could become root on a node', () => {
    fc.assert(fc.property(tenancies, (props) => {
      const { manifests, expectations } = new Tenancy(props).render(KUBEADM);
      const asked = manifests.filter(({ metadata }) => metadata.labels['pod-security.kubernetes.io/enforce'] === 'privileged').map(({ metadata }) => `RoleBinding.rbac.authorization.k8s.io ${metadata.name}/`);
      const { errors } = Proof.of(manifests, { profile: KUBEADM, expectations }).report();
      expect(errors.filter(({ ruleId, object }) => ruleId !== 'EscalationPath' || !asked.some((binding) => object.startsWith(binding)))).toEqual([]);
    }), { numRuns: 10 });
  });
});
