import { AdmissionRequest } from '../src';
import { bound, EVERYTHING, podOf, reviewed } from './fixtures/policies';

// policies of our own in the manner of well-known libraries, each with an object that passes and one that does not
interface Case {
  readonly spec: any;
  readonly good: any[];
  readonly bad: any[];
  readonly params?: any;
  readonly request?: Partial<AdmissionRequest>;
}

const spec = (expression: string, more: any = {}) => ({ validations: [{ expression }], ...more });
const service = (own: any) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 's', namespace: 'shop' }, spec: { ports: [{ port: 80 }], ...own } });
const ingress = (own: any, annotations: any = {}) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'i', namespace: 'shop', annotations }, spec: own });
const deployment = (replicas: any) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd', namespace: 'shop' }, spec: { replicas } });
const containers = [{ name: 'containers', expression: 'object.spec.containers + object.spec.?initContainers.orValue([]) + object.spec.?ephemeralContainers.orValue([])' }];
const constraint = (parameters: any) => ({ apiVersion: 'constraints.example.com/v1', kind: 'Constraint', metadata: { name: 'c' }, spec: { parameters } });
const wrapped = (...variables: [string, string][]) => [
  ['anyObject', 'has(request.operation) && request.operation == "DELETE" && object == null ? oldObject : object'],
  ['params', '!has(params.spec) ? null : !has(params.spec.parameters) ? null : params.spec.parameters'], ...variables,
].map(([name, expression]) => ({ name, expression }));
const paramKind = { apiVersion: 'constraints.example.com/v1', kind: 'Constraint' };

const CASES: { [title: string]: Case } = {
  'images come from allowed repositories': {
    spec: {
      variables: wrapped(['bad', 'variables.anyObject.spec.containers.filter(c, !variables.params.repos.exists(r, string(c.image).startsWith(r))).map(c, c.name)']),
      validations: [{ expression: 'size(variables.bad) == 0', messageExpression: "'containers from elsewhere: ' + variables.bad.join(', ')" }],
      paramKind,
    },
    params: constraint({ repos: ['registry.example.com/'] }),
    good: [podOf()],
    bad: [podOf({ image: 'docker.io/x' })],
  },
  'labels are there and look right': {
    spec: {
      variables: wrapped(),
      validations: [
        { expression: 'variables.params.labels.all(entry, has(object.metadata.labels) && entry.key in object.metadata.labels)' },
        { expression: '!variables.params.labels.exists(entry, has(object.metadata.labels) && entry.key in object.metadata.labels && !string(object.metadata.labels[entry.key]).matches(string(entry.allowedRegex)))' },
      ],
      paramKind,
    },
    params: constraint({ labels: [{ key: 'owner', allowedRegex: '^[a-z]+\\.example$' }] }),
    good: [podOf({}, {}, { labels: { owner: 'shop.example' } })],
    bad: [podOf(), podOf({}, {}, { labels: { owner: 'Shop' } })],
  },
  'pods keep to themselves': {
    spec: spec("['hostNetwork', 'hostPID', 'hostIPC'].all(f, !(f in object.spec) || object.spec[f] == false)"),
    good: [podOf(), podOf({}, { hostPID: false })],
    bad: [podOf({}, { hostIPC: true })],
  },
  'capabilities are dropped': {
    spec: spec("variables.containers.all(c, has(c.securityContext) && has(c.securityContext.capabilities) && has(c.securityContext.capabilities.drop) && sets.contains(c.securityContext.capabilities.drop, ['ALL']))", { variables: containers }),
    good: [podOf({ securityContext: { capabilities: { drop: ['ALL'] } } })],
    bad: [podOf(), podOf({ securityContext: { capabilities: { drop: ['NET_RAW'] } } }), podOf({ securityContext: { capabilities: { drop: ['ALL'] } } }, { initContainers: [{ name: 'i' }] })],
  },
  'root filesystems are read-only': {
    spec: spec('variables.containers.all(c, c.?securityContext.?readOnlyRootFilesystem.orValue(false))', { variables: containers }),
    good: [podOf({ securityContext: { readOnlyRootFilesystem: true } })],
    bad: [podOf(), podOf({ securityContext: {} })],
  },
  'services open no node ports': {
    spec: spec("object.kind != 'Service' || !has(object.spec.type) || object.spec.type != 'NodePort'"),
    good: [service({}), service({ type: 'ClusterIP' })],
    bad: [service({ type: 'NodePort' })],
  },
  'external addresses lie in a block': {
    spec: spec("object.spec.?externalIPs.orValue([]).all(a, isIP(a) && cidr('203.0.113.0/24').containsIP(ip(a)))"),
    good: [service({}), service({ externalIPs: ['203.0.113.9'] })],
    bad: [service({ externalIPs: ['203.0.113.9', '198.51.100.1'] }), service({ externalIPs: ['x'] })],
  },
  'ingresses have TLS and no plain HTTP': {
    spec: spec("has(object.spec.tls) && size(object.spec.tls) > 0 && object.metadata.?annotations[?'kubernetes.io/ingress.allow-http'].orValue('') == 'false'"),
    good: [ingress({ tls: [{ hosts: ['a'] }] }, { 'kubernetes.io/ingress.allow-http': 'false' })],
    bad: [ingress({}), ingress({ tls: [] }, { 'kubernetes.io/ingress.allow-http': 'false' }), ingress({ tls: [{}] })],
  },
  'containers have limits below a bound': {
    spec: spec("variables.containers.all(c, has(c.resources) && has(c.resources.limits) && 'memory' in c.resources.limits && quantity(string(c.resources.limits.memory)).compareTo(quantity('1Gi')) <= 0)", { variables: containers }),
    good: [podOf({ resources: { limits: { memory: '1024Mi' } } }), podOf({ resources: { limits: { memory: 1073741824 } } })],
    bad: [podOf(), podOf({ resources: { limits: { cpu: '1' } } }), podOf({ resources: { limits: { memory: '1.1G' } } })],
  },
  'replicas lie between bounds': {
    spec: {
      variables: wrapped(['replicas', 'has(object.spec.replicas) ? object.spec.replicas : 1']),
      validations: [{ expression: 'variables.params.ranges.exists(r, r.min_replicas <= variables.replicas && variables.replicas <= r.max_replicas)' }],
      paramKind,
    },
    params: constraint({ ranges: [{ min_replicas: 2, max_replicas: 5 }, { min_replicas: 10, max_replicas: 10 }] }),
    good: [deployment(2), deployment(10)],
    bad: [deployment(undefined), deployment(6)],
  },
  'tokens are not mounted': {
    spec: spec('has(object.spec.automountServiceAccountToken) && !object.spec.automountServiceAccountToken'),
    good: [podOf({}, { automountServiceAccountToken: false })],
    bad: [podOf(), podOf({}, { automountServiceAccountToken: true })],
  },
  'annotations of one owner are on a list': {
    spec: spec("object.metadata.?annotations.orValue([]).all(a, !a.contains('example.com/') || a in ['example.com/a', 'example.com/b'])"),
    good: [podOf(), podOf({}, {}, { annotations: { 'example.com/a': 'x', 'other': 'y' } })],
    bad: [podOf({}, {}, { annotations: { 'example.com/c': 'x' } })],
  },
  'images are pinned by digest or a tag that is not latest': {
    spec: spec("variables.containers.all(c, c.image.matches('@sha256:[a-f0-9]{64}$') || c.image.matches('^.+:[^/:]+$') && !c.image.endsWith(':latest'))", { variables: containers }),
    good: [podOf(), podOf({ image: `x@sha256:${'a'.repeat(64)}` })],
    bad: [podOf({ image: 'x' }), podOf({ image: 'x:latest' }), podOf({ image: 'host:5000/x' })],
  },
  'users are in a range': {
    spec: {
      variables: wrapped(
        ['podUser', 'has(variables.anyObject.spec.securityContext) && has(variables.anyObject.spec.securityContext.runAsUser) ? variables.anyObject.spec.securityContext.runAsUser : null'],
        ['bad', `variables.anyObject.spec.containers.filter(c, (has(c.securityContext) && has(c.securityContext.runAsUser) ?
          !variables.params.ranges.exists(r, c.securityContext.runAsUser >= r.min && c.securityContext.runAsUser <= r.max) :
          variables.podUser == null || !variables.params.ranges.exists(r, variables.podUser >= r.min && variables.podUser <= r.max))
        ).map(c, "container " + c.name + ", allowed: [" + variables.params.ranges.map(r, "{max: " + string(r.max) + ", min: " + string(r.min) + "}").join(", ") + "]")`],
      ),
      validations: [{ expression: 'size(variables.bad) == 0', messageExpression: "variables.bad.join('; ')" }],
      paramKind,
    },
    params: constraint({ ranges: [{ min: 100, max: 200 }] }),
    good: [podOf({ securityContext: { runAsUser: 150 } }), podOf({}, { securityContext: { runAsUser: 100 } })],
    bad: [podOf(), podOf({ securityContext: { runAsUser: 99 } }), podOf({}, { securityContext: { runAsUser: 201 } })],
  },
  'a profile is found at one of several places': {
    spec: {
      variables: wrapped(
        ['names', '{\n"Unconfined": "unconfined",\n"Localhost": "localhost",\n}'],
        ['found', `variables.anyObject.spec.containers.map(c, {
          "container": c.name,
          "profile": dyn(has(c.securityContext) && has(c.securityContext.seccompProfile) ? (c.securityContext.seccompProfile.type in variables.names ? variables.names[c.securityContext.seccompProfile.type] : "runtime/default") : "missing"),
          "location": dyn("container"),
        })`],
        ['bad', 'variables.found.filter(f, !(f.profile in variables.params.allowed)).map(f, "profile \'" + f.profile + "\' of " + f.container + " at " + f.location)'],
      ),
      validations: [{ expression: 'size(variables.bad) == 0', messageExpression: "variables.bad.join('\\n')" }],
      paramKind,
    },
    params: constraint({ allowed: ['runtime/default'] }),
    good: [podOf({ securityContext: { seccompProfile: { type: 'RuntimeDefault' } } })],
    bad: [podOf(), podOf({ securityContext: { seccompProfile: { type: 'Unconfined' } } })],
  },
  'one user does not touch what is managed': {
    spec: spec("!(request.userInfo.username == 'tester' && object.metadata.?labels[?'managed'].orValue('') == 'yes' && request.operation in ['CREATE', 'UPDATE'])"),
    request: { userInfo: { username: 'tester' } },
    good: [podOf()],
    bad: [podOf({}, {}, { labels: { managed: 'yes' } })],
  },
};

describe.each(Object.entries(CASES))('%s', (_, own) => {
  const decide = (object: any) => reviewed(bound([], { matchConstraints: { resourceRules: [EVERYTHING] }, ...own.spec }), object, { params: own.params, ...own.request });

  test('what keeps to it goes through', () => {
    for (const object of own.good) expect(decide(object).denials).toEqual([]);
  });

  test('what does not is refused, and not because something goes wrong', () => {
    for (const object of own.bad) expect(decide(object).denials).toMatchObject([{ failed: false }]);
  });
});
