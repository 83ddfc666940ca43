import { Expectation, PodSecurityLevel } from '@viridial/core';
import { clusterRole, clusterRoleBinding, roleBinding, rule } from './fixtures/access';
import { brokenPlatform } from './fixtures/broken';
import { defaultDeny, deployment, namespace, podsOf, policy, sealedNamespace } from './fixtures/cluster';
import { hardenedPod } from './fixtures/pods';
import { reportOf } from './fixtures/proofs';

const flow = Expectation.unreachable({ source: { exceptNamespaces: ['shop'] }, destination: { namespace: 'shop' }, reason: 'tenants are strangers' });
const broken = [
  sealedNamespace('shop'), namespace('legacy'), defaultDeny('shop'),
  policy('shop/open', { ingress: [{ from: [podsOf('blog')], ports: [{ port: 8080 }] }] }),
  deployment('shop/web', { app: 'web' }, {}, { hostPID: true, hostIPC: true, ...{ containers: hardenedPod().spec.containers } }),
  clusterRole('ops', [rule(['*'], ['pods'])]), roleBinding('shop/everybody', 'cluster:ops', 'group:system:authenticated'),
  { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'x' } }, { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } },
];
const report = reportOf(broken, { expectations: [flow] });

describe('the verdict', () => {
  test('is not ok while there is an error', () => {
    expect(report.ok).toBe(false);
    expect(report.errors.length + report.warnings.length).toBe(report.findings.length);
    expect(report.errors.every(({ severity }) => severity === 'error')).toBe(true);
    expect(report.warnings.every(({ severity }) => severity === 'warning')).toBe(true);
  });

  test('is ok with warnings alone', () => {
    const warned = reportOf([clusterRole('ops', [rule(['*'], ['pods'])])]);
    expect(warned.findings).toHaveLength(1);
    expect(warned.ok).toBe(true);
  });

  test('errors come first', () => {
    const severities = report.findings.map(({ severity }) => severity);
    expect(severities).toEqual([...severities].sort());
  });

  test('what the caller does to it does not change it', () => {
    report.findings.length = 0;
    (report.counts.judged as any).Pod = 99;
    expect(report.findings.length).toBeGreaterThan(0);
    expect(report.counts.judged.Pod).toBeUndefined();
  });
});

describe('as text', () => {
  const text = report.toText();
  const lines = text.split('\n');

  test('it begins with what there is to do', () => {
    expect(lines[0]).toBe('5 errors and 1 warning in 7 objects. The expectation does not hold.');
  });

  test('errors and warnings are apart, each rule with its reason, object, instance and order', () => {
    expect(text).toContain('\nErrors: put these right first.\n');
    expect(text).toContain('\nWarnings: worth a look.\n');
    expect(text).toContain([
      'Connections that succeed although the policy forbids them [FlowOpen]',
      '  Network policies only ever add permissions: one rule too many, or one policy too few, and a namespace is',
      '  open.',
      '',
      '  NetworkPolicy shop/open',
      '    - The policy says that nobody outside shop reaches shop (tenants are strangers), but no policy restricts',
      '      what a pod in blog without labels sends, and NetworkPolicy shop/open at spec.ingress[0] allows it.',
      '      at spec.ingress[0]',
      '      For instance: a pod in blog without labels reaches Deployment shop/web on TCP 8080.',
      '      To do: narrow spec.ingress[0] of NetworkPolicy shop/open, or remove it.',
      '  See CIS 5.3.2; NSA/CISA Network policies.',
    ].join('\n'));
  });

  test('several breaches of one object share its heading and their instance', () => {
    expect(text).toContain([
      '  Deployment shop/web',
      '    - The pod shares memory with processes of the node (hostIPC is true).',
      '      at spec.template.spec.hostIPC',
      '      To do: remove hostIPC.',
      '    - The pod sees, and may signal, every process of the node (hostPID is true).',
      '      at spec.template.spec.hostPID',
      '      To do: remove hostPID.',
      '      For instance: every pod of it is refused in shop, and that namespace enforces baseline v1.36.',
      '  See CIS 5.2.3, 5.2.4; MTB-PL1-BC-HI-4, MTB-PL1-BC-HI-5; NSA/CISA Pod security enforcement; PSS',
      '  baseline/hostNamespaces.',
    ].join('\n'));
  });

  test('it ends with what was not judged, policies of network plugins first', () => {
    expect(text.endsWith([
      'Not read: 1 CiliumNetworkPolicy.cilium.io. They restrict or open connections too, and this verdict knows',
      'nothing of it.',
      'Not judged: 1 Service.',
      '',
    ].join('\n'))).toBe(true);
  });

  test('no line is wider than a terminal, none ends in blanks, and nothing is undefined', () => {
    for (const line of lines) {
      expect(line.length).toBeLessThanOrEqual(110);
      expect(line).toBe(line.trimEnd());
    }
    expect(text).not.toMatch(/undefined|null|NaN|\[object/);
  });

  test('every sentence ends once', () => {
    expect(text).not.toMatch(/\.\.(?!\.)/);
  });

  test('all is well reads as such', () => {
    expect(reportOf([]).toText()).toBe('0 objects judged, nothing to put right.\n');
    expect(reportOf([sealedNamespace('shop')]).toText()).toBe('1 object judged, nothing to put right.\n');
    const held = Expectation.podSecurity({ namespace: 'shop', level: PodSecurityLevel.BASELINE, version: 'v1.36', reason: 'r' });
    expect(reportOf([sealedNamespace('shop')], { expectations: [held] }).toText()).toBe('1 object judged, nothing to put right. The expectation holds.\n');
    expect(reportOf([sealedNamespace('shop'), defaultDeny('shop')], { expectations: [held, flow] }).toText()).toBe('2 objects judged, nothing to put right. All 2 expectations hold.\n');
  });

  test('one of several expectations that holds is counted', () => {
    const held = Expectation.podSecurity({ namespace: 'shop', level: PodSecurityLevel.BASELINE, version: 'v1.36', reason: 'r' });
    expect(reportOf([sealedNamespace('shop')], { expectations: [held, flow] }).toText()).toMatch(/^1 error in 1 object\. 1 of 2 expectations holds\.\n/);
  });

  test('a chapter about a great many objects stops, and says how many are left', () => {
    const many = Array.from({ length: 1030 }, (_, index) => namespace(`tenant-${String(index).padStart(4, '0')}`));
    const long = reportOf(many);
    expect(long.findings).toHaveLength(1030);
    expect(long.toText()).toContain('\n  … and 1,005 more objects like these.\n');
    expect(long.toText()).toMatch(/^1,030 errors in 1,030 objects\.\n/);
    expect(long.toText().split('\n').length).toBeLessThan(250);
  });

  test('a rule without references has no list of them', () => {
    expect(reportOf([{ kind: 'Pod' }]).toText()).not.toContain('See ');
  });
});

describe('as JSON', () => {
  test('it is plain, and has the findings as they are', () => {
    const json = report.toJson();
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(Object.keys(json)).toEqual(['ok', 'counts', 'findings', 'accepted']);
    expect(json.findings).toHaveLength(report.findings.length);
    expect(json.findings[0]).toMatchObject({ ruleId: 'FlowOpen', severity: 'error', object: 'NetworkPolicy.networking.k8s.io shop/open', path: 'spec.ingress[0]', related: ['Namespace blog'] });
  });

  test('what there is no witness for has none', () => {
    const [finding] = reportOf([{ kind: 'Pod' }]).toJson().findings;
    expect(finding).not.toHaveProperty('witness');
  });
});

describe('as SARIF', () => {
  const sarif = report.toSarif();
  const [run] = sarif.runs;

  test('it is a log of version 2.1.0 with one run of one tool', () => {
    expect(Object.keys(sarif)).toEqual(['$schema', 'version', 'runs']);
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs).toHaveLength(1);
    expect(run.tool.driver).toMatchObject({ name: 'viridial-proof' });
  });

  test('every result refers to its rule by id and index', () => {
    const { rules } = run.tool.driver;
    expect(rules.map(({ id }: any) => id)).toEqual([...new Set(report.findings.map(({ ruleId }) => ruleId))].sort());
    expect(run.results).toHaveLength(report.findings.length);
    for (const result of run.results) expect(rules[result.ruleIndex].id).toBe(result.ruleId);
  });

  test('rules say what they are about, and where they come from', () => {
    for (const rule_ of run.tool.driver.rules) {
      expect(rule_.shortDescription.text).toMatch(/^[A-Z].*\.$/);
      expect(rule_.fullDescription.text).toMatch(/\.$/);
      expect(['error', 'warning']).toContain(rule_.defaultConfiguration.level);
      expect(rule_.properties.tags[0]).toBe('security');
    }
  });

  test('results have a level, a message, a logical location and a fingerprint', () => {
    const finding = report.findings[0];
    expect(run.results[0]).toEqual({
      ruleId: 'FlowOpen',
      ruleIndex: expect.any(Number),
      kind: 'fail',
      level: 'error',
      message: { text: expect.stringMatching(/^NetworkPolicy\.networking\.k8s\.io shop\/open: The policy says .* For instance: a pod in blog .* To do: narrow .*\.$/) },
      locations: [{ logicalLocations: [{ name: finding.object, fullyQualifiedName: `${finding.object} ${finding.path}`, kind: 'resource' }] }],
      relatedLocations: [{ id: 0, logicalLocations: [{ name: 'Namespace blog', fullyQualifiedName: 'Namespace blog', kind: 'resource' }] }],
      partialFingerprints: { 'viridial/v1': `FlowOpen|${finding.object}|${finding.path}|${finding.witness}` },
      properties: { object: finding.object, path: finding.path, why: finding.why, cure: finding.cure, witness: finding.witness, references: finding.references },
    });
  });

  test('related objects are numbered locations', () => {
    const result = run.results.find(({ ruleId }: any) => ruleId === 'BoundToEveryone');
    expect(result.relatedLocations).toEqual([
      { id: 0, logicalLocations: [{ name: 'ClusterRole.rbac.authorization.k8s.io ops', fullyQualifiedName: 'ClusterRole.rbac.authorization.k8s.io ops', kind: 'resource' }] },
    ]);
  });

  test('an empty report is a log without rules and results', () => {
    const [empty] = reportOf([]).toSarif().runs;
    expect(empty.tool.driver.rules).toEqual([]);
    expect(empty.results).toEqual([]);
  });

  test('it is plain', () => {
    expect(JSON.parse(JSON.stringify(sarif))).toEqual(sarif);
  });
});

describe('what is accepted', () => {
  const accepted = [{ ruleId: 'WildcardRole', object: 'ClusterRole.rbac.authorization.k8s.io ops', reason: 'the operator of the vendor needs it' }];
  const roles = [clusterRole('ops', [rule(['*'], ['pods']), rule(['*'], ['secrets'])]), clusterRole('other', [rule(['*'], ['pods'])])];
  const own = reportOf(roles, { accepted });

  test('is no finding, and is listed once with its reason', () => {
    expect(own.findings.map(({ object }) => object)).toEqual(['ClusterRole.rbac.authorization.k8s.io other']);
    expect(own.accepted).toEqual(accepted);
    expect(own.toJson().accepted).toEqual(accepted);
    expect(own.toText()).toContain('the operator of the vendor needs it');
  });

  test('is an error no longer', () => {
    const unlabelled = [namespace('legacy')];
    expect(reportOf(unlabelled).ok).toBe(false);
    expect(reportOf(unlabelled, { accepted: [{ ruleId: 'PodSecurityNotEnforced', object: 'Namespace legacy', reason: 'it goes away in spring' }] }).ok).toBe(true);
  });

  test('is suppressed in SARIF, each result with its reason', () => {
    const { results } = own.toSarif().runs[0];
    const suppressed = results.filter(({ suppressions }: any) => suppressions !== undefined);
    expect(suppressed).toHaveLength(2);
    expect(suppressed[0]).toMatchObject({ ruleId: 'WildcardRole', suppressions: [{ kind: 'external', status: 'accepted', justification: 'the operator of the vendor needs it' }] });
    expect(results).toHaveLength(3);
  });

  test('but is not found, is a finding itself', () => {
    const [finding] = reportOf([], { accepted }).findings;
    expect(finding).toMatchObject({ ruleId: 'UnusedAcceptance', severity: 'warning', object: 'ClusterRole.rbac.authorization.k8s.io ops', cure: 'remove the acceptance' });
  });

  test('is accepted for one rule on one object only', () => {
    const elsewhere = [{ ...accepted[0], object: 'ClusterRole.rbac.authorization.k8s.io others' }, { ...accepted[0], ruleId: 'BoundToEveryone' }];
    expect(reportOf(roles, { accepted: elsewhere }).findings.map(({ ruleId }) => ruleId)).toEqual([
      'WildcardRole', 'WildcardRole', 'WildcardRole', 'UnusedAcceptance', 'UnusedAcceptance',
    ]);
  });
});

test('a report about cluster-wide bindings reads well', () => {
  const text = reportOf([clusterRoleBinding('root', 'cluster-admin', 'user:alice')]).toText();
  expect(text).toContain([
    '  ClusterRoleBinding root',
    '    - User alice may do everything in the whole cluster.',
    '      at roleRef',
    "      For instance: kubectl auth can-i '*' '*' says yes to user alice.",
    '      To do: bind a role that says what is needed; keep cluster-admin for one break-glass identity.',
    '  See CIS 5.1.1; NSA/CISA Role-based access control.',
  ].join('\n'));
});

test('what is to be done about several objects alike is said once', () => {
  const text = reportOf([deployment('blog/web', { app: 'web' }), deployment('news/web', { app: 'web' })]).toText();
  expect(text.match(/To do/g)).toHaveLength(1);
  expect(text).toContain([
    '  Namespace news',
    '    - Nothing restricts the connections of 1 workload in news.',
    '      For instance: a pod in any namespace reaches Deployment news/web on every port.',
    '',
    '  To do, for each of them: add a NetworkPolicy with an empty podSelector and policyTypes Ingress and Egress,',
    '  and then one policy for each connection that is needed, DNS first.',
    '  See CIS 5.3.2; NSA/CISA Network policies.',
  ].join('\n'));
});

test('a rule of which there are errors and warnings is explained once, and items are in the order of their numbers', () => {
  const text = reportOf(brokenPlatform()).toText();
  expect(text.match(/\[EscalationPath\]/g)).toHaveLength(2);
  expect(text.match(/Some rights are worth more than they look/g)).toHaveLength(1);
  expect(text).toContain('See CIS 5.1.2, 5.1.4, 5.1.8, 5.1.13; NSA/CISA Role-based access control.');
});

test('the most dangerous comes first', () => {
  const chapters = reportOf(brokenPlatform()).toText().split('\n').flatMap((line) => /\[([A-Z]\w+)\]$/.exec(line)?.[1] ?? []);
  expect(chapters).toEqual([
    'BoundToEveryone', 'EscalationPath', 'PodSecurityNotEnforced', 'NamespaceWithoutNetworkPolicy', 'QuotaWithoutDefaults',
    'EscalationPath', 'WildcardRole', 'ClusterAdminBinding',
  ]);
});
