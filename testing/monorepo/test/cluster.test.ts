import { evaluate, load } from './child-process';

const HARNESS = 'testing/cluster/harness';
const PROGRAMS = 'testing/cluster/server/programs.mts';

describe('random choices', () => {
  const draw = (...seed: (string | number)[]) => evaluate<{ numbers: number[]; some: string[] }>(
    `${load('Random', `${HARNESS}/random.mts`)}const random = new Random(...input);
    answer({ numbers: Array.from({ length: 50 }, () => random.whole(1, 6)), some: random.some(['a', 'b', 'c', 'd'], 2, 2) });`, seed);

  test('are repeated by their seed and differ between purposes', () => {
    expect(draw(7, 'pods')).toEqual(draw(7, 'pods'));
    expect(draw(7, 'pods')).not.toEqual(draw(7, 'roles'));
    expect(draw(7, 'pods')).not.toEqual(draw(8, 'pods'));
  });

  test('reach every number of their range and keep the order of what they choose from', () => {
    const { numbers, some } = draw(1);
    expect([...new Set(numbers)].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(some).toEqual([...some].sort());
    expect(some).toHaveLength(2);
  });
});

describe('programs', () => {
  const find = (environment: Record<string, string>, there: string[]) => evaluate<{ found: [string, string][]; missing: string[]; advice: string }>(
    `${load('findPrograms, howToGet', PROGRAMS)}const { found, missing } = findPrograms(input.environment, (file) => input.there.includes(file));
    answer({ found: [...found], missing, advice: howToGet(missing) });`, { environment, there });

  test('are taken from KUBEBUILDER_ASSETS before the PATH', () => {
    const { found, missing } = find({ KUBEBUILDER_ASSETS: '/assets', PATH: '/bin:/usr/bin' }, ['/assets/etcd', '/bin/etcd', '/usr/bin/kube-apiserver']);
    expect(found).toEqual([['etcd', '/assets/etcd'], ['kube-apiserver', '/usr/bin/kube-apiserver']]);
    expect(missing).toEqual(['kube-controller-manager']);
  });

  test('that are missing are named with the way to get them', () => {
    expect(find({}, []).advice).toMatch(/etcd, kube-apiserver, kube-controller-manager.*setup-envtest.*dl\.k8s\.io/s);
    expect(find({ PATH: '/bin' }, ['/bin/etcd', '/bin/kube-apiserver']).advice).not.toContain('export KUBEBUILDER_ASSETS');
  });
});

describe('shrinking', () => {
  test('leaves what a disagreement needs and nothing else', () => {
    const code = `${load('shrink, simpler', `${HARNESS}/shrinking.mts`)}
      answer(await shrink(input, simpler, async ({ spec }) => spec?.containers?.some((each) => each.privileged) ?? false));`;
    expect(evaluate(code, { kind: 'Pod', spec: { volumes: [1, 2], containers: [{ name: 'a' }, { name: 'b', privileged: true, ports: [80] }] } }))
      .toEqual({ spec: { containers: [{ privileged: true }] } });
  });
});

describe('decisions', () => {
  const decisions = (verdicts: { pair?: number; allowed: boolean; because: string[] }[]) => evaluate<[string, { allowed: number; refused: number }][]>(
    `${load('decisionsOf', `${HARNESS}/experiment.mts`)}
    const pairOf = ({ pair }) => (pair === undefined ? undefined : { id: pair, decider: 'privileged', company: ['hostPorts'] });
    answer([...decisionsOf({ deciders: ['privileged'], pairOf }, input.map((verdict) => ({ case_: verdict, server: verdict })))]);`, verdicts);
  const counted = (allowed: number, refused: number) => [['privileged', { allowed, refused }]];

  test('count where one of a pair is allowed and the other refused by the decider', () => {
    expect(decisions([{ pair: 1, allowed: true, because: [] }, { pair: 1, allowed: false, because: ['privileged'] }])).toEqual(counted(1, 1));
    expect(decisions([{ pair: 1, allowed: true, because: [] }, { pair: 1, allowed: false, because: ['hostPorts', 'privileged'] }])).toEqual(counted(1, 1));
  });

  test('do not count where something else refuses as well, where both fare alike, or without a pair', () => {
    expect(decisions([{ pair: 1, allowed: true, because: [] }, { pair: 1, allowed: false, because: ['privileged', 'sysctls'] }])).toEqual(counted(0, 0));
    expect(decisions([{ pair: 1, allowed: false, because: ['privileged'] }, { pair: 1, allowed: false, because: ['privileged'] }])).toEqual(counted(0, 0));
    expect(decisions([{ allowed: true, because: [] }, { allowed: false, because: ['privileged'] }])).toEqual(counted(0, 0));
  });
});

describe('the bars', () => {
  const result = (changes: object = {}) => ({ name: 'pods', cases: 2000, allowed: 1000, disagreeing: 0, decisions: [['privileged', { allowed: 20, refused: 20 }]], ...changes });
  const short = (...results: object[]) => evaluate<string[]>(
    `${load('shortcomings, BARS', `${HARNESS}/report.mts`)}answer(shortcomings(input.map((each) => ({ ...each, decisions: new Map(each.decisions) })), BARS));`, results);

  test('are reached by enough cases that decide both ways', () => {
    expect(short(result())).toEqual([]);
  });

  test.each([
    [{ disagreeing: 1 }, 'disagree on 1 of 2000 cases'],
    [{ cases: 1999 }, '1999 cases, not 2000'],
    [{ decisions: [['privileged', { allowed: 19, refused: 20 }]] }, 'privileged decided 19 cases'],
    [{ allowed: 500 }, '25 % of all cases are allowed'],
    [{ allowed: 1600 }, '80 % of all cases are allowed'],
  ])('are missed with %j', (changes, text) => {
    expect(short(result(changes)).join('\n')).toContain(text);
  });
});

test('a list that was sent empty is what admission sees, though the answer has null in its place', () => {
  const code = `${load('asAdmissionSees', 'testing/cluster/admission/as-stored.mts')}answer(asAdmissionSees(input.sent, input.answered));`;
  const sent = { spec: { volumes: [{ name: 'token', projected: { sources: [] } }] } };
  const answered = { spec: { volumes: [{ name: 'token', projected: { sources: null, defaultMode: 420 } }], other: null } };
  expect(evaluate(code, { sent, answered })).toEqual({ spec: { volumes: [{ name: 'token', projected: { sources: [], defaultMode: 420 } }], other: null } });
});

describe('a tenancy on a server', () => {
  const TENANTS = 'testing/cluster/tenants';

  test('a quota is filled by a few parts, and its maximum exceeded by twice as much', () => {
    const code = `${load('part, twice', `${TENANTS}/exhaustion.mts`)}answer(input.map((quantity) => [part(quantity), twice(quantity)]));`;
    expect(evaluate(code, ['8', '500m', '16Gi', '1'])).toEqual([['2000m', '16000m'], ['125m', '1000m'], ['4096Mi', '32768Mi'], ['250m', '2000m']]);
  });

  const because = (answers: [status: number, message: string][]) => evaluate<string[][]>(
    `${load('verdictOf', `${TENANTS}/judgement.mts`)}
    answer(input.map(([status, message]) => verdictOf({ status, body: { message }, warnings: [] })).map(({ allowed, because }) => (allowed ? ['allowed', ...because] : because)));`, answers);

  test('an answer is read into who refuses', () => {
    expect(because([
      [403, 'pods is forbidden: User "a" cannot list resource "pods" in API group "" in the namespace "b"'],
      [403, 'rolebindings is forbidden: user "a" is attempting to grant RBAC permissions not currently held'],
      [403, 'pods "a" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true'],
      [422, "services \"a\" is forbidden: ValidatingAdmissionPolicy 'viridial-x' with binding 'viridial-x' denied request: no"],
      [403, 'pods "a" is forbidden: exceeded quota: budget, requested: pods=1, used: pods=2, limited: pods=2'],
      [403, 'pods "a" is forbidden: maximum cpu usage per Container is 1, but limit is 2'],
      [403, 'pods "a" is forbidden: the moon is full'],
    ])).toEqual([['roles'], ['roles'], ['pod security'], ['viridial-x'], ['Exceeded budget pods'], ['Maximum cpu'], ['something that nobody knows']]);
  });

  test('an answer that nobody refuses has gone past every guard, whatever came of it', () => {
    expect(because([[201, ''], [404, 'pods "a" not found'], [409, 'pods "a" already exists']])).toEqual([['allowed'], ['allowed'], ['allowed']]);
  });

  const tally = (notes: { check: string; verb: string; role: string; allowed: boolean; because: string[] }[]) => evaluate<{ broken: string[]; silent: string[]; text: string }>(
    `${load('Tally', `${TENANTS}/attempts.mts`)}const tally = new Tally(['viewer'], true);
    for (const { check, verb, role, allowed, because } of input) tally.note({ check, member: { role, asker: {} }, act: { verb, target: {} } }, { allowed, because });
    answer({ broken: tally.broken, silent: tally.silent, text: tally.text });`, notes);
  const refused = { verb: 'create', role: 'viewer', allowed: false };
  const promised = { check: 'what roles promise', verb: 'list', role: 'viewer', allowed: true, because: [] };

  test('what the benchmark forbids may not happen, whatever evaluators say', () => {
    expect(tally([{ check: 'TI-2 another tenant', verb: 'get', role: 'viewer', allowed: true, because: [] }]).broken).toHaveLength(1);
    expect(tally([promised]).broken).toEqual([]);
  });

  test('a check says nothing that roles alone refuse, and so does a role that may nothing', () => {
    const byRoles = { ...refused, check: 'CPI-5 privileged', because: ['roles'] };
    expect(tally([byRoles]).silent).toEqual(['nobody gets past roles to try CPI-5 privileged', 'the role viewer may nothing']);
    expect(tally([byRoles, promised, { ...byRoles, because: ['pod security'] }])).toMatchObject({ silent: [], text: 'roles 1, pod security 1' });
  });
});
