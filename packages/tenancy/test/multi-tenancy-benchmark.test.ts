import { AdmissionOperation, ClusterProfile, Cni, Labels, PodSecurityLevel } from '@viridial/core';
import { AccessReview, Admission, Endpoint, PodSecurity, Proof, Reachability } from '@viridial/proof';
import { AdmissionPolicy, TenantRole, TenantRoles } from '@viridial/security-policy';
import { Role, Tenancy, Tenant } from '../src';
import { objectOf } from './support/objects';
import { places, refused } from './support/refused';

/**
 * The checks of the multi-tenancy benchmark (kubernetes-retired/multi-tenancy, benchmarks/kubectl-mtb), over what is rendered
 * and every ordered pair of tenants. Who judges what:
 *
 * | check | judged by |
 * |---|---|
 * | CPI-1 no access to resources of the cluster | AccessReview |
 * | CPI-2 managed objects cannot be changed | AccessReview and, where that says yes, Admission, over every object that is rendered |
 * | CPI-3, CPI-4, CPI-5, CPI-6, HI-1, HI-3, HI-4, HI-5: what a pod may do to its node | PodSecurity at the level that the namespace enforces |
 * | DI-1 images are always pulled | Admission |
 * | FNS-1, FNS-2 quotas of resources and of objects | presence of the objects |
 * | HI-1 (its second use) no services of type NodePort | presence of a quota of nothing |
 * | TI-1 quotas cannot be changed | AccessReview |
 * | TI-2 no access to another tenant | AccessReview, every pair |
 * | OPS-3, OPS-4 tenants keep role bindings and network policies themselves | AccessReview and Admission, with `selfService`, which keeps to CPI-2 |
 * | (draft) no traffic between tenants | Reachability, every pair |
 */

const TENANTS = ['payments', 'search', 'shop', 'lab'];
const ENVIRONMENTS = ['staging', 'production'];

/** A cluster with policies above those of namespaces, so that what a tenant writes itself opens no other tenant. */
const GROUND = ClusterProfile.kubeadm({
  version: '1.36',
  cni: Cni.CALICO,
  cniVersion: '3.32.0',
  nodeCidrs: ['192.168.10.0/24'],
  apiServerCidrs: ['192.168.10.11/32'],
  podCidrs: ['10.244.0.0/16'],
  serviceCidrs: ['10.96.0.0/12'],
  ingress: { className: 'traefik', namespace: 'traefik' },
});

function tenant(name: string): Tenant {
  return new Tenant(name, {
    selfService: true,
    allowedRegistries: [`registry.example.com/${name}`],
    members: [
      Role.viewer(`group:${name}-viewers`), Role.developer(`group:${name}-developers`), Role.admin(`user:${name}@example.com`),
      Role.viewer(`serviceaccount:${name}-staging/default`),
    ],
    ...(name === 'shop' ? { talksTo: ['payments'] } : {}),
    ...(name === 'payments' ? { acceptsFrom: ['shop'] } : {}),
  });
}

const rendered = new Tenancy({ environments: ENVIRONMENTS, tenants: TENANTS.map(tenant), sharedNamespaces: ['monitoring'] }).render(GROUND);
const { manifests } = rendered;
const access = AccessReview.of(manifests);
const admission = Admission.of(manifests);

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

/** Whether somebody gets a request past roles and admission. */
function may(subject: { [key: string]: any }, verb: string, resource: { apiGroup: string; resource: string }, object: any, oldObject?: any): boolean {
  const { name, namespace } = (object ?? oldObject).metadata;
  const where = { ...resource, namespace: namespace ?? name, ...(verb === 'create' ? {} : { name }) };
  if (!access.allows({ ...subject, verb, ...where })) return false;
  const operation = { create: AdmissionOperation.CREATE, delete: AdmissionOperation.DELETE }[verb] ?? AdmissionOperation.UPDATE;
  const { user, groups, serviceAccount } = subject;
  const username = serviceAccount ? `system:serviceaccount:${serviceAccount.replace('/', ':')}` : user ?? 'somebody';
  return admission.review({
    operation, object, oldObject, userInfo: { username, groups: ['system:authenticated', ...groups ?? []] }, namespaceObject: objectOf(manifests, 'Namespace', namespace ?? name),
  }).allowed;
}

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
    const edited = (object: any) => ({ ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, edited: 'by a tenant' } } });
    const freed = (object: any) => ({ ...object, metadata: { ...object.metadata, labels: {} } });
    const allowed = subjectsOf(name).flatMap((subject) => managed.flatMap((object) => {
      const resource = RESOURCES[object.kind];
      const tries: [string, any, any?][] = [['create', object], ['update', edited(object), object], ['patch', freed(object), object], ['delete', undefined, object]];
      return tries.filter(([verb, now, before]) => may(subject, verb, resource, now, before)).map(([verb]) => `${JSON.stringify(subject)} ${verb} ${object.kind} ${object.metadata.name}`);
    }));
    expect(allowed).toEqual([]);
    // one delete of many is judged object by object, and nobody has the right to ask for it
    const atOnce = subjectsOf(name).filter((subject) => Object.values(RESOURCES).some((resource) => (
      namespacesOf(name).some((namespace) => access.allows({ ...subject, verb: 'deletecollection', ...resource, namespace })))));
    expect(atOnce).toEqual([]);
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

  test.each(TENANTS)('DI-1: images of %s that are not always pulled are refused', (name) => {
    for (const namespace of namespacesOf(name)) {
      const pod = (imagePullPolicy: string) => ({
        apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace }, spec: { ...clean, automountServiceAccountToken: false, containers: [{ ...clean.containers[0], image: `registry.example.com/${name}:1.0`, imagePullPolicy }] },
      });
      const resource = { apiGroup: '', resource: 'pods' };
      const developer = { groups: [`${name}-developers`] };
      expect(['Always', 'IfNotPresent', 'Never'].filter((policy) => may(developer, 'create', resource, pod(policy)))).toEqual(['Always']);
    }
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
  test.each(TENANTS)('TI-1: nobody of %s changes quotas, limits, roles or namespaces, whatever they are called', (name) => {
    const { LimitRange, Namespace, ResourceQuota } = RESOURCES;
    const resources = [LimitRange, Namespace, ResourceQuota, { apiGroup: 'rbac.authorization.k8s.io', resource: 'roles' }];
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
    const reachability = Reachability.of(manifests, { profile: GROUND });
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
    expect(bound).toEqual(new Set([...Object.values(TenantRole), 'self-service']));
  });

  test('nobody can become more than the roles say', () => {
    const people = TENANTS.map((name) => new Tenant(name, { selfService: true, members: tenant(name).members.filter(({ member }) => !member.startsWith('serviceaccount:')) }));
    expect(AccessReview.of(new Tenancy({ environments: ENVIRONMENTS, tenants: people }).render(GROUND).manifests).escalations()).toEqual([]);
    // the account whom a tenant lets look is one of its own pods', as which the deployer can run a pod
    expect(access.escalations().map(String).filter((path) => !/^service account platform-deployers\/(\S+) can become service account \1\/default:/.test(path))).toEqual([]);
    expect(Proof.of(manifests, { profile: GROUND, expectations: rendered.expectations }).report().errors).toEqual([]);
  });
});

describe('self-service', () => {
  const binding = (namespace: string, role: string, more: any = {}) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'guests', namespace, ...more },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'guests' }],
  });
  const policy = (namespace: string, spec: any, more: any = {}) => ({
    apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'own', namespace, ...more }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ...spec },
  });
  const from = (namespace: string) => ({ ingress: [{ from: [{ namespaceSelector: { matchLabels: { [Labels.NAMESPACE_NAME]: namespace } } }] }] });
  const to = (namespace: string) => ({ egress: [{ to: [{ namespaceSelector: { matchLabels: { [Labels.NAMESPACE_NAME]: namespace } } }] }] });
  const administrator = (name: string) => ({ user: `${name}@example.com` });
  const grants = (who: { [key: string]: any }, namespace: string, role: string) => access.allows({
    ...who, verb: 'bind', apiGroup: 'rbac.authorization.k8s.io', resource: 'clusterroles', name: role, namespace,
  });

  test.each(TENANTS)('OPS-3: administrators of %s give the roles of tenants in its namespaces, and no other right anywhere', (name) => {
    const roles = [TenantRole.VIEWER, TenantRole.DEVELOPER, TenantRole.ADMIN].map((role) => TenantRoles.clusterRoleName(role));
    for (const namespace of namespacesOf(name)) {
      for (const role of roles) {
        expect(grants(administrator(name), namespace, role)).toBe(true);
        for (const verb of ['create', 'update', 'delete']) {
          const object = binding(namespace, role);
          expect([verb, may(administrator(name), verb, RESOURCES.RoleBinding, verb === 'delete' ? undefined : object, verb === 'create' ? undefined : object)]).toEqual([verb, true]);
        }
      }
      for (const role of ['cluster-admin', 'admin', 'edit', TenantRoles.clusterRoleName(TenantRole.DEPLOYER), TenantRoles.selfServiceClusterRoleName()]) {
        expect([role, grants(administrator(name), namespace, role)]).toEqual([role, false]);
      }
    }
    const others = subjectsOf(name).filter(({ user }) => user === undefined);
    for (const subject of others) {
      expect(namespacesOf(name).filter((namespace) => may(subject, 'create', RESOURCES.RoleBinding, binding(namespace, roles[0])))).toEqual([]);
    }
  });

  test.each(TENANTS)('OPS-4: administrators of %s write network policies that open nothing of others', (name) => {
    for (const namespace of namespacesOf(name)) {
      const own = policy(namespace, from('traefik'));
      for (const verb of ['create', 'update', 'delete']) {
        expect([verb, may(administrator(name), verb, RESOURCES.NetworkPolicy, verb === 'delete' ? undefined : own, verb === 'create' ? undefined : own)]).toEqual([verb, true]);
      }
      for (const spec of [{ ingress: [{}] }, { egress: [{}] }, { ingress: [{ from: [{ namespaceSelector: {} }] }] }, { egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] }]) {
        expect([spec, may(administrator(name), 'create', RESOURCES.NetworkPolicy, policy(namespace, spec))]).toEqual([spec, false]);
      }
      expect(may(administrator(name), 'create', RESOURCES.NetworkPolicy, policy(namespace, from('traefik'), { labels: { [Labels.MANAGED]: 'true' } }))).toBe(false);
    }
  });

  test.each(pairs)('administrators of %s keep nothing in namespaces of %s, and together they open nothing that the platform closes', (one, other) => {
    for (const [index, mine] of namespacesOf(one).entries()) {
      const theirs = namespacesOf(other)[index];
      expect(may(administrator(one), 'create', RESOURCES.RoleBinding, binding(theirs, TenantRoles.clusterRoleName(TenantRole.VIEWER)))).toBe(false);
      expect(may(administrator(one), 'create', RESOURCES.NetworkPolicy, policy(theirs, from(mine)))).toBe(false);
      const agreed = [policy(mine, to(theirs)), policy(theirs, from(mine))];
      expect(agreed.map((object, side) => may(administrator([one, other][side]), 'create', RESOURCES.NetworkPolicy, object))).toEqual([true, true]);
      const ports = Reachability.of([...manifests, ...agreed], { profile: GROUND }).openPorts(Endpoint.probe(mine, { app: 'a' }), Endpoint.probe(theirs, { app: 'b' }));
      expect([mine, theirs, ports]).toEqual([mine, theirs, one === 'shop' && other === 'payments' ? 'every port' : 'no port']);
    }
  });

  test('is nobody\'s who has not asked for it, and an error without the policies that guard it', () => {
    const tenancy = (selfService: boolean) => new Tenancy({ environments: ['staging'], tenants: [new Tenant('shop', { selfService, members: [Role.admin('group:ops')] })] });
    expect(JSON.stringify(tenancy(false).render(GROUND).manifests)).not.toContain('self-service');
    expect(places(refused(() => tenancy(true).render(GROUND, { admission: false })))).toEqual(['SelfServiceUnguarded at tenants.shop.selfService']);
    const policies = AdmissionPolicy.allBut([AdmissionPolicy.NETWORK_POLICY_SHAPE]);
    expect(places(refused(() => tenancy(true).render(GROUND, { admissionSettings: { policies } })))).toEqual(['SelfServiceUnguarded at tenants.shop.selfService']);
  });
});
