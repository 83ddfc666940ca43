import { PodSecurityLevel } from '@viridial/core';
import { AccessReview, Endpoint, PodSecurity, Reachability } from '@viridial/proof';
import { TenantRole } from '@viridial/security-policy';
import { Role, Tenancy, Tenant } from '../src';
import { KUBEADM } from './support/grounds';
import { objectOf } from './support/objects';

/**
 * The checks of the multi-tenancy benchmark (kubernetes-retired/multi-tenancy, benchmarks/kubectl-mtb), over what is rendered
 * and every ordered pair of tenants. Who judges what:
 *
 * | check | judged by |
 * |---|---|
 * | CPI-1 no access to resources of the cluster | AccessReview |
 * | CPI-2 managed objects cannot be changed | AccessReview, over every kind that is rendered |
 * | CPI-3, CPI-4, CPI-5, CPI-6, HI-1, HI-3, HI-4, HI-5: what a pod may do to its node | PodSecurity at the level that the namespace enforces |
 * | DI-1 images are always pulled | an admission policy; the tenancy renders none, and nothing here pretends that it is judged |
 * | FNS-1, FNS-2 quotas of resources and of objects | presence of the objects |
 * | HI-1 (its second use) no services of type NodePort | presence of a quota of nothing |
 * | TI-1 quotas cannot be changed | AccessReview |
 * | TI-2 no access to another tenant | AccessReview, every pair |
 * | OPS-3, OPS-4 tenants keep role bindings and network policies themselves | their opposite: members and flows are kept in the program, because without admission policies whoever may write these objects may undo the isolation |
 * | (draft) no traffic between tenants | Reachability, every pair |
 */

const TENANTS = ['payments', 'search', 'shop', 'lab'];
const ENVIRONMENTS = ['staging', 'production'];

function tenant(name: string): Tenant {
  return new Tenant(name, {
    members: [
      Role.viewer(`group:${name}-viewers`), Role.developer(`group:${name}-developers`), Role.admin(`user:${name}@example.com`),
      Role.viewer(`serviceaccount:${name}-staging/default`),
    ],
    ...(name === 'shop' ? { talksTo: ['payments'] } : {}),
    ...(name === 'payments' ? { acceptsFrom: ['shop'] } : {}),
  });
}

const rendered = new Tenancy({ environments: ENVIRONMENTS, tenants: TENANTS.map(tenant), sharedNamespaces: ['monitoring'] }).render(KUBEADM);
const { manifests } = rendered;
const access = AccessReview.of(manifests);

/** Everybody who has a role with a tenant, and what each may be asked as. */
function subjectsOf(name: string): { [key: string]: any }[] {
  return [
    { groups: [`${name}-viewers`] }, { groups: [`${name}-developers`] }, { user: `${name}@example.com` }, { serviceAccount: `${name}-staging/default` },
    ...ENVIRONMENTS.map((environment) => ({ serviceAccount: `platform-deployers/${name}-${environment}` })),
  ];
}

const pairs = TENANTS.flatMap((one) => TENANTS.filter((other) => other !== one).map((other): [string, string] => [one, other]));
const namespacesOf = (name: string): string[] => ENVIRONMENTS.map((environment) => `${name}-${environment}`);

/** Kinds as requests name them. */
const RESOURCES: { [kind: string]: { apiGroup: string; resource: string } } = {
  LimitRange: { apiGroup: '', resource: 'limitranges' },
  Namespace: { apiGroup: '', resource: 'namespaces' },
  NetworkPolicy: { apiGroup: 'networking.k8s.io', resource: 'networkpolicies' },
  ResourceQuota: { apiGroup: '', resource: 'resourcequotas' },
  RoleBinding: { apiGroup: 'rbac.authorization.k8s.io', resource: 'rolebindings' },
};

const CHANGES = ['create', 'update', 'patch', 'delete', 'deletecollection'];

describe('control plane isolation', () => {
  test.each(TENANTS)('CPI-1: nobody of %s reads or changes anything of the whole cluster', (name) => {
    const resources = [
      ['', 'namespaces'], ['', 'nodes'], ['', 'persistentvolumes'], ['rbac.authorization.k8s.io', 'clusterroles'], ['rbac.authorization.k8s.io', 'clusterrolebindings'],
      ['storage.k8s.io', 'storageclasses'], ['apiextensions.k8s.io', 'customresourcedefinitions'], ['admissionregistration.k8s.io', 'validatingadmissionpolicies'],
      ['admissionregistration.k8s.io', 'validatingwebhookconfigurations'], ['certificates.k8s.io', 'certificatesigningrequests'], ['scheduling.k8s.io', 'priorityclasses'],
      ['node.k8s.io', 'runtimeclasses'], ['apiregistration.k8s.io', 'apiservices'], ['', 'secrets'], ['', 'pods'],
    ];
    const allowed = subjectsOf(name).flatMap((subject) => resources.flatMap(([apiGroup, resource]) => (
      ['get', 'list', 'watch', ...CHANGES].filter((verb) => access.allows({ ...subject, verb, apiGroup, resource })).map((verb) => `${JSON.stringify(subject)} ${verb} ${resource}`))));
    expect(allowed).toEqual([]);
  });

  test.each(TENANTS)('CPI-2: nobody of %s changes what the platform manages in the namespaces of the tenant', (name) => {
    const managed = manifests.filter(({ kind, metadata }) => kind in RESOURCES && namespacesOf(name).includes(metadata.namespace ?? metadata.name));
    expect(new Set(managed.map(({ kind }) => kind))).toEqual(new Set(Object.keys(RESOURCES)));
    expect(managed.filter(({ metadata }) => metadata.labels['viridial.com/managed'] !== 'true')).toEqual([]);
    const allowed = subjectsOf(name).flatMap((subject) => managed.flatMap(({ kind, metadata }) => CHANGES
      .filter((verb) => access.allows({ ...subject, verb, ...RESOURCES[kind], name: metadata.name, namespace: metadata.namespace ?? metadata.name }))
      .map((verb) => `${JSON.stringify(subject)} ${verb} ${kind} ${metadata.name}`)));
    expect(allowed).toEqual([]);
  });
});

describe('pods', () => {
  const clean = {
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ name: 'web', image: 'web', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
  };
  const container = (securityContext: any): any => ({ ...clean, containers: [{ ...clean.containers[0], securityContext: { ...clean.containers[0].securityContext, ...securityContext } }] });
  const CASES: [string, any, string][] = [
    ['CPI-3: added capabilities', container({ capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } }), 'capabilities_restricted'],
    ['CPI-4: root', { ...container({}), securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }, 'runAsNonRoot'],
    ['CPI-5: privileged containers', container({ privileged: true }), 'privileged'],
    ['CPI-6: privilege escalation', container({ allowPrivilegeEscalation: true }), 'allowPrivilegeEscalation'],
    ['HI-1: files of the node', { ...clean, volumes: [{ name: 'root', hostPath: { path: '/' } }] }, 'restrictedVolumes'],
    ['HI-3: the network of the node', { ...clean, hostNetwork: true }, 'hostNamespaces'],
    ['HI-3: ports of the node', { ...clean, containers: [{ ...clean.containers[0], ports: [{ containerPort: 80, hostPort: 80 }] }] }, 'hostPorts'],
    ['HI-4: processes of the node', { ...clean, hostPID: true }, 'hostNamespaces'],
    ['HI-5: memory of the node', { ...clean, hostIPC: true }, 'hostNamespaces'],
  ];
  const namespaces = TENANTS.flatMap(namespacesOf);

  function violations(namespace: string, spec: any): string[] {
    const { labels } = objectOf(manifests, 'Namespace', namespace).metadata;
    const options = { level: labels['pod-security.kubernetes.io/enforce'] as PodSecurityLevel, version: labels['pod-security.kubernetes.io/enforce-version'] };
    return PodSecurity.evaluate({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace }, spec }, options).map(({ control }) => control);
  }

  test.each(CASES)('%s are refused in every namespace of every tenant', (_, spec, control) => {
    for (const namespace of namespaces) expect([namespace, violations(namespace, spec)]).toEqual([namespace, expect.arrayContaining([control])]);
  });

  test('that do none of it are admitted', () => {
    for (const namespace of namespaces) expect([namespace, violations(namespace, clean)]).toEqual([namespace, []]);
  });
});

describe('fairness', () => {
  test.each(TENANTS.flatMap(namespacesOf))('FNS-1, FNS-2, HI-1: %s has a quota of CPU, memory, storage and objects, and none of node ports', (namespace) => {
    const { hard } = objectOf(manifests, 'ResourceQuota', 'budget', namespace).spec;
    for (const resource of ['limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory', 'requests.storage', 'pods', 'persistentvolumeclaims', 'services']) {
      expect(Object.keys(hard)).toContain(resource);
    }
    expect(hard).toMatchObject({ 'services.nodeports': '0', 'services.loadbalancers': '0' });
  });
});

describe('tenants', () => {
  test.each(TENANTS)('TI-1, OPS-3, OPS-4: nobody of %s changes quotas, bindings or network policies, whatever they are called', (name) => {
    const resources = [...Object.values(RESOURCES), { apiGroup: 'rbac.authorization.k8s.io', resource: 'roles' }];
    const allowed = subjectsOf(name).flatMap((subject) => namespacesOf(name).flatMap((namespace) => resources.flatMap((resource) => (
      CHANGES.filter((verb) => access.allows({ ...subject, verb, ...resource, namespace })).map((verb) => `${JSON.stringify(subject)} ${verb} ${resource.resource}`)))));
    expect(allowed).toEqual([]);
  });

  test.each(pairs)('TI-2: nobody of %s reads or changes anything of %s', (one, other) => {
    const resources = [['', 'pods'], ['', 'secrets'], ['', 'configmaps'], ['', 'services'], ['apps', 'deployments'], ['', 'serviceaccounts'], ['batch', 'jobs'], ['networking.k8s.io', 'ingresses']];
    const allowed = subjectsOf(one).flatMap((subject) => [...namespacesOf(other), 'platform-deployers', 'platform-monitoring'].flatMap((namespace) => resources.flatMap(([apiGroup, resource]) => (
      ['get', 'list', 'watch', ...CHANGES].filter((verb) => access.allows({ ...subject, verb, apiGroup, resource, namespace })).map((verb) => `${JSON.stringify(subject)} ${verb} ${namespace}/${resource}`)))));
    expect(allowed).toEqual([]);
  });

  test.each(pairs)('a pod of %s reaches one of %s only where both agreed, and in one environment', (one, other) => {
    const reachability = Reachability.of(manifests, { profile: KUBEADM });
    for (const from of namespacesOf(one)) {
      for (const to of namespacesOf(other)) {
        const agreed = one === 'shop' && other === 'payments' && from.split('-')[1] === to.split('-')[1];
        const ports = reachability.openPorts(Endpoint.probe(from, { app: 'a' }), Endpoint.probe(to, { app: 'b' }));
        expect([from, to, ports]).toEqual([from, to, agreed ? 'every port' : 'no port']);
      }
    }
  });

  test('the roles that are asked about are all there are', () => {
    const bound = new Set(manifests.filter(({ kind }) => kind === 'RoleBinding').map(({ metadata }) => metadata.name.replace('tenant-', '')));
    expect(bound).toEqual(new Set(Object.values(TenantRole)));
  });
});
