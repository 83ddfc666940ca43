import { Expectation, PodSecurityLevel } from '@viridial/core';
import { namespace } from '../../fixtures/cluster';
import { judged, reportOf } from '../../fixtures/proofs';

const { BASELINE, RESTRICTED } = PodSecurityLevel;
const ENFORCE = 'pod-security.kubernetes.io/enforce';
const VERSION = 'pod-security.kubernetes.io/enforce-version';

describe('a promised Pod Security level', () => {
  const promise = (level = BASELINE) => Expectation.podSecurity({ namespace: 'shop', level, version: 'v1.36', reason: 'tenants are untrusted' });
  const labelled = (labels: { [key: string]: string }) => [namespace('shop', labels)];

  test('holds with the level, or a stricter one, at the version', () => {
    expect(judged(labelled({ [ENFORCE]: 'baseline', [VERSION]: 'v1.36' }), promise())).toEqual([]);
    expect(judged(labelled({ [ENFORCE]: 'restricted', [VERSION]: 'v1.36' }), promise())).toEqual([]);
  });

  test('a weaker level is named, with a pod that gets in', () => {
    expect(judged(labelled({ [ENFORCE]: 'baseline', [VERSION]: 'v1.36' }), promise(RESTRICTED))).toEqual([expect.objectContaining({
      ruleId: 'PodSecurityNotKept',
      object: 'Namespace shop',
      path: `metadata.labels['${ENFORCE}']`,
      why: 'the policy says that shop enforces restricted v1.36 (tenants are untrusted), but its label says baseline',
      cure: `set ${ENFORCE} to restricted`,
      witness: 'a pod in shop that runs as root is admitted',
    })]);
    expect(judged(labelled({ [ENFORCE]: 'privileged', [VERSION]: 'v1.36' }), promise())[0].witness).toBe('a privileged pod in shop is admitted, and is root on its node');
  });

  test('where a quota keeps every pod out, no weaker pod gets in to bear witness', () => {
    const closed = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'none', namespace: 'shop' }, spec: { hard: { pods: '0' } } };
    const [finding] = judged([...labelled({ [ENFORCE]: 'privileged', [VERSION]: 'v1.36' }), closed], promise());
    expect(finding).toEqual(expect.objectContaining({ ruleId: 'PodSecurityNotKept', object: 'Namespace shop' }));
    expect(finding.witness).toBeUndefined();
  });

  test('a missing label is named', () => {
    expect(judged(labelled({ [VERSION]: 'v1.36' }), promise())[0].why).toContain('but no label says what it enforces');
  });

  test.each([[undefined, 'follows the API server'], ['latest', 'follows the API server'], ['v1.30', 'is pinned to v1.30'], ['v1.37', 'is pinned to v1.37']])('version %p is not the promised one', (version, text) => {
    const [finding] = judged(labelled({ [ENFORCE]: 'baseline', ...(version === undefined ? {} : { [VERSION]: version }) }), promise());
    expect(finding.path).toBe(`metadata.labels['${VERSION}']`);
    expect(finding.why).toContain(`but its version ${text}`);
  });

  test('a namespace that is not there is named', () => {
    expect(judged([], promise())).toEqual([expect.objectContaining({ object: 'Namespace shop', why: expect.stringContaining('but the manifests have no such namespace') })]);
  });

  test('what the promise says is not said again', () => {
    const rules = reportOf(labelled({ [ENFORCE]: 'baseline' }), { expectations: [promise()] }).findings.map(({ ruleId }) => ruleId);
    expect(rules).toEqual(['PodSecurityNotKept']);
  });
});

describe('promised bounds', () => {
  const promise = Expectation.bounded({ namespace: 'shop', reason: 'a tenant has a budget' });
  const quota = (hard: any, spec: any = {}, name = 'budget') => ({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name, namespace: 'shop' }, spec: { hard, ...spec } });
  const range = (limit: any, type = 'Container') => ({ apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'defaults', namespace: 'shop' }, spec: { limits: [{ type, ...limit }] } });
  const DEFAULTS = { default: { cpu: '1', memory: '1Gi' }, defaultRequest: { cpu: '100m', memory: '128Mi' } };
  const whys = (...manifests: any[]) => judged(manifests, promise).map(({ why }) => why.replace('the policy says that shop is bounded (a tenant has a budget), but ', ''));

  test('where a quota keeps every pod out, nothing about other pods bears witness', () => {
    const found = judged([quota({ 'requests.memory': '8Gi', 'pods': '0' })], promise);
    expect(found.map(({ object, witness }) => [object, witness])).toEqual([['Namespace shop', undefined], ['ResourceQuota shop/budget', undefined]]);
  });

  test.each([
    [{ 'requests.cpu': '4', 'requests.memory': '8Gi', 'pods': '20' }],
    [{ 'limits.cpu': '4', 'limits.memory': '8Gi', 'pods': 20 }],
    [{ 'cpu': 4, 'memory': '8Gi', 'count/pods': '20' }],
  ])('hold with quota %j and defaults', (hard) => {
    expect(whys(quota(hard), range(DEFAULTS))).toEqual([]);
  });

  test('hold with several quotas that bound everything together', () => {
    expect(whys(quota({ cpu: '4', pods: '1' }, {}, 'a'), quota({ memory: '8Gi' }, {}, 'b'), range(DEFAULTS))).toEqual([]);
  });

  test('nothing at all is named with what to add', () => {
    const findings = judged([], promise);
    expect(findings.map(({ why, cure, witness }) => [why, cure, witness])).toEqual([
      ['the policy says that shop is bounded (a tenant has a budget), but no LimitRange states requests.cpu and requests.memory for containers that do not',
        'add a LimitRange of type Container with default and defaultRequest for cpu and memory', 'a container in shop that states nothing gets as much as its node has'],
      ['the policy says that shop is bounded (a tenant has a budget), but no ResourceQuota without scopes bounds its CPU, memory and pods',
        'add a ResourceQuota on requests.cpu, limits.cpu, requests.memory, limits.memory and pods', 'any number of pods is admitted in shop'],
    ]);
  });

  test('a quota that leaves something out is named itself', () => {
    expect(judged([quota({ cpu: '4', pods: '20' }), range(DEFAULTS)], promise)).toEqual([expect.objectContaining({
      object: 'ResourceQuota shop/budget',
      path: 'spec.hard',
      why: expect.stringContaining('bounds its memory'),
      cure: 'add requests.memory and limits.memory to spec.hard',
      witness: 'pods that ask for any amount of memory are admitted in shop',
    })]);
  });

  test('a quota with scopes bounds only some pods, so it bounds nothing', () => {
    const all = { cpu: '4', memory: '8Gi', pods: '20' };
    expect(whys(quota(all, { scopes: ['BestEffort'] }), range(DEFAULTS))).toEqual(['no ResourceQuota without scopes bounds its CPU, memory and pods']);
    expect(whys(quota(all, { scopeSelector: { matchExpressions: [] } }), range(DEFAULTS))).toHaveLength(1);
    expect(whys(quota(all, { scopes: [] }), range(DEFAULTS))).toEqual([]);
  });

  test.each([
    [{ default: { cpu: '1', memory: '1Gi' } }, []],
    [{ max: { cpu: '1', memory: '1Gi' } }, []],
    [{ defaultRequest: { cpu: '1', memory: '1Gi' } }, ['limits.cpu and limits.memory']],
    [{ min: { cpu: '1', memory: '1Gi' } }, ['limits.cpu and limits.memory']],
    [{ default: { cpu: '1' }, defaultRequest: { memory: '1Gi' } }, ['limits.memory']],
    [{}, ['limits.cpu, limits.memory, requests.cpu and requests.memory']],
  ])('a LimitRange with %j leaves out %j', (limit, missing) => {
    const hard = { 'requests.cpu': '4', 'requests.memory': '8Gi', 'limits.cpu': '4', 'limits.memory': '8Gi', 'pods': '9' };
    expect(whys(quota(hard), range(limit))).toEqual(missing.map((text) => `no LimitRange states ${text} for containers that do not`));
  });

  test('only limits of containers count', () => {
    expect(whys(quota({ cpu: '4', memory: '8Gi', pods: '9' }), range(DEFAULTS, 'Pod'))).toHaveLength(1);
  });

  test('quotas of other namespaces do not count', () => {
    const other = quota({ cpu: '4', memory: '8Gi', pods: '20' });
    expect(whys({ ...other, metadata: { name: 'budget', namespace: 'blog' } }, range(DEFAULTS))).toHaveLength(1);
  });

  test('a quantity that is none is a malformed object', () => {
    const findings = reportOf([quota({ cpu: 'lots', memory: { size: 1 } }), range({ default: { cpu: '1 core' } })]).findings.filter(({ ruleId }) => ruleId === 'MalformedObject');
    expect(findings.map(({ object, path, why }) => `${object} ${path}: ${why}`)).toEqual([
      'LimitRange shop/defaults spec.limits[0].default.cpu: "1 core" is not a quantity',
      'ResourceQuota shop/budget spec.hard.cpu: "lots" is not a quantity',
      'ResourceQuota shop/budget spec.hard.memory: {"size":1} is not a quantity',
    ]);
  });
});
