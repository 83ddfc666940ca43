import { Manifests } from '@viridial/core';
import { Finding, Proof } from '../src';
import { platform } from './fixtures/platform';

/** One thing wrong with the platform. */
interface Mutant {
  readonly what: string;

  /** The object that was changed or deleted. */
  readonly object: any;
  readonly manifests: any[];
}

const { manifests, expectations } = platform();
const copy = (value: any) => JSON.parse(JSON.stringify(value));
const findings = (mutated: any[]) => Proof.of(mutated, { expectations }).report().findings;
const names = (finding: Finding) => [finding.object, ...finding.related, finding.why, finding.cure].join(' ');

/** The platform with one object changed. */
function change(what: string, index: number, edit: (object: any) => void): Mutant {
  const mutated = copy(manifests);
  edit(mutated[index]);
  return { what: `${what} of ${Manifests.identity(manifests[index])}`, object: manifests[index], manifests: mutated };
}

const each = (kind: string, build: (object: any, index: number) => Mutant[]) => manifests.flatMap((object, index) => (object.kind === kind ? build(object, index) : []));
const rulesOf = (object: any) => (['ingress', 'egress'] as const).flatMap((direction) => (object.spec[direction] ?? []).map((_: any, place: number) => [direction, place] as const));

const deleted = manifests.map((object, index) => ({ what: `deleted ${Manifests.identity(object)}`, object, manifests: manifests.filter((_, other) => other !== index) }));
const policies = each('NetworkPolicy', (object, index) => [
  ...rulesOf(object).map(([direction, place]) => change(`deleted ${direction} rule ${place}`, index, ({ spec }) => spec[direction].splice(place, 1))),
  ...object.spec.policyTypes.filter(() => object.metadata.name === 'default-deny').map((type: string) => (
    change(`deleted policyType ${type}`, index, ({ spec }) => spec.policyTypes.splice(spec.policyTypes.indexOf(type), 1, 'Ingress' === type ? 'Egress' : 'Ingress')))),
  ...rulesOf(object).flatMap(([direction, place]) => {
    const side = direction === 'ingress' ? 'from' : 'to';
    const peer = object.spec[direction][place][side][0];
    return [
      change(`opened ${direction} rule ${place} to everybody`, index, ({ spec }) => delete spec[direction][place][side]),
      ...(object.spec[direction][place].ports ? [
        change(`opened ${direction} rule ${place} on every port`, index, ({ spec }) => delete spec[direction][place].ports),
        change(`widened the ports of ${direction} rule ${place}`, index, ({ spec }) => Object.assign(spec[direction][place].ports[0], { port: 1, endPort: 65535 })),
      ] : []),
      ...(peer.namespaceSelector ? [change(`emptied a namespaceSelector of ${direction} rule ${place}`, index, ({ spec }) => { spec[direction][place][side][0].namespaceSelector = {}; })] : []),
      ...(peer.ipBlock ? peer.ipBlock.except.map((own: string, exception: number) => (
        change(`dropped except ${own} of ${direction} rule ${place}`, index, ({ spec }) => spec[direction][place][side][0].ipBlock.except.splice(exception, 1)))) : []),
    ];
  }),
  ...(object.metadata.name === 'default-deny' ? [change('narrowed the podSelector', index, ({ spec }) => { spec.podSelector = { matchLabels: { app: 'web' } }; })] : []),
]);
const labels = each('Namespace', (_, index) => [
  change('lowered the level', index, ({ metadata }) => { metadata.labels['pod-security.kubernetes.io/enforce'] = 'privileged'; }),
  change('deleted the level', index, ({ metadata }) => delete metadata.labels['pod-security.kubernetes.io/enforce']),
  change('unpinned the level', index, ({ metadata }) => delete metadata.labels['pod-security.kubernetes.io/enforce-version']),
  change('lowered the version', index, ({ metadata }) => { metadata.labels['pod-security.kubernetes.io/enforce-version'] = 'v1.20'; }),
]);
const access = [
  ...each('ClusterRole', (object, index) => object.rules.flatMap((_: any, place: number) => [
    change(`added verb * to rule ${place}`, index, ({ rules }) => rules[place].verbs.push('*')),
    change(`added resource * to rule ${place}`, index, ({ rules }) => rules[place].resources.push('*')),
    change(`deleted rule ${place}`, index, ({ rules }) => rules.splice(place, 1)),
  ])),
  ...each('RoleBinding', (_, index) => [
    change('added subject system:authenticated', index, ({ subjects }) => subjects.push({ kind: 'Group', name: 'system:authenticated' })),
    change('added the other tenant', index, ({ subjects }) => subjects.push({ kind: 'Group', name: 'payments' }, { kind: 'Group', name: 'shop' })),
    change('bound cluster-admin', index, ({ roleRef }) => { roleRef.name = 'cluster-admin'; }),
    change('bound edit', index, ({ roleRef }) => { roleRef.name = 'edit'; }),
    change('deleted the subjects', index, (object) => { object.subjects = []; }),
  ]),
];
const bounds = [
  ...each('ResourceQuota', (object, index) => Object.keys(object.spec.hard).map((key) => change(`deleted ${key}`, index, ({ spec }) => delete spec.hard[key]))),
  ...each('LimitRange', (_, index) => [change('deleted the defaults', index, ({ spec }) => { spec.limits[0] = { type: 'Container' }; })]),
];
const mutants: Mutant[] = [...deleted, ...policies, ...labels, ...access, ...bounds];

/** Mutants that change nothing: what they take away or add is taken away or kept out by another policy as well. */
const EQUIVALENT: { readonly [what: string]: string } = Object.fromEntries(['shop', 'payments'].flatMap((name) => [
  [`deleted NetworkPolicy.networking.k8s.io ${name}/default-deny`, 'the policies with rules isolate every pod both ways too'],
  ...['deleted policyType Ingress', 'deleted policyType Egress', 'narrowed the podSelector'].map((what) => (
    [`${what} of NetworkPolicy.networking.k8s.io ${name}/default-deny`, 'the policies with rules isolate every pod both ways too'])),
]).concat(['opened', 'widened'].flatMap((what) => {
  const how = (rule: string) => (what === 'opened' ? `opened ${rule} on every port` : `widened the ports of ${rule}`);
  return [
    [`${how('egress rule 0')} of NetworkPolicy.networking.k8s.io shop/to-peer`, 'the ingress rule of payments lets in one port'],
    [`${how('ingress rule 0')} of NetworkPolicy.networking.k8s.io payments/from-peer`, 'the egress rule of shop lets out one port'],
  ];
})));

test('the platform keeps what it promises', () => {
  expect(findings(manifests)).toEqual([]);
});

test('there are enough mutants to mean something', () => {
  expect(mutants.length).toBeGreaterThan(100);
});

test.each(Object.keys(EQUIVALENT))('%s changes nothing', (what) => {
  const { manifests: mutated } = mutants.find((mutant) => mutant.what === what)!;
  expect(findings(mutated)).toEqual([]);
});

test.each(mutants.filter(({ what }) => EQUIVALENT[what] === undefined).map((mutant) => [mutant.what, mutant] as const))('%s is found, and a finding names the object or its namespace', (_, { object, manifests: mutated }) => {
  const found = findings(mutated);
  expect(found).not.toEqual([]);
  const { name, namespace = name } = object.metadata;
  // what was deleted is named by the namespace that lacks it, or by what refers to it
  const gone = !mutated.some((other) => Manifests.identity(other) === Manifests.identity(object));
  const words = gone ? [namespace] : [Manifests.identity(object)];
  expect(found.some((finding) => words.some((word) => names(finding).includes(word)))).toBe(true);
});

describe('rewritings that change nothing', () => {
  const expressions = (value: any): any => {
    if (Array.isArray(value)) return value.map(expressions);
    if (typeof value !== 'object' || value === null) return value;
    if ('matchLabels' in value) return { matchExpressions: Object.keys(value.matchLabels).map((key) => ({ key, operator: 'In', values: [value.matchLabels[key]] })) };
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, expressions(inner)]));
  };
  const split = (object: any) => (object.kind !== 'NetworkPolicy' ? [object] : [
    { ...object, spec: { ...object.spec, ingress: undefined, egress: undefined } },
    ...rulesOf(object).map(([direction, place], index) => ({
      ...object,
      metadata: { ...object.metadata, name: `${object.metadata.name}-${index}` },
      spec: { podSelector: object.spec.podSelector, policyTypes: [direction === 'ingress' ? 'Ingress' : 'Egress'], [direction]: [object.spec[direction][place]] },
    })),
  ]);
  const turned = (value: any): any => {
    if (Array.isArray(value)) return value.map(turned).reverse();
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, turned(inner)]));
  };

  test.each([
    ['matchLabels as matchExpressions', manifests.map(expressions)],
    ['one policy split in several', manifests.flatMap(split)],
    ['everything in another order', manifests.map(turned).reverse()],
    ['two halves of a block for the whole', manifests.map((object) => JSON.parse(JSON.stringify(object).replace(
      '{"ipBlock":{"cidr":"0.0.0.0/0","except":["10.0.0.0/8","169.254.0.0/16"]}}',
      '{"ipBlock":{"cidr":"0.0.0.0/1","except":["10.0.0.0/8"]}},{"ipBlock":{"cidr":"128.0.0.0/1","except":["169.254.0.0/16"]}}')))],
  ])('%s has no finding', (_, rewritten) => {
    expect(findings(rewritten)).toEqual([]);
  });
});
