import { AdmissionOperation, Expectation, ExpectationKind, NetworkProtocol, PodSecurityLevel } from '../src';

const flow = {
  source: { namespace: 'shop-staging' },
  destination: { namespace: 'payments-staging', podLabels: { app: 'api' } },
  ports: [{ port: 8443, protocol: NetworkProtocol.TCP }],
  reason: 'the shop pays',
};
const access = { groups: ['shop'], verb: 'create', resource: 'pods', subresource: 'exec', namespace: 'shop-staging', reason: 'developers look into their pods' };

test('a flow is reachable or not', () => {
  const allowed = Expectation.reachable(flow);
  expect([allowed.kind, allowed.reason, allowed.flow]).toEqual([ExpectationKind.REACHABLE, 'the shop pays', flow]);
  expect(Expectation.unreachable(flow).kind).toBe(ExpectationKind.UNREACHABLE);
});

test('a request is authorised or refused', () => {
  const allowed = Expectation.may(access);
  expect([allowed.kind, allowed.access, allowed.flow]).toEqual([ExpectationKind.MAY, access, undefined]);
  expect(Expectation.mayNot(access).kind).toBe(ExpectationKind.MAY_NOT);
});

test('a namespace has a Pod Security level and bounds', () => {
  const statement = { namespace: 'shop-staging', level: PodSecurityLevel.RESTRICTED, version: 'v1.35', reason: 'tenants run unprivileged' };
  expect(Expectation.podSecurity(statement).podSecurityStatement).toEqual(statement);
  expect(Expectation.bounded({ namespace: 'a', reason: 'r' }).boundedStatement).toEqual({ namespace: 'a', reason: 'r' });
});

test('the plain form is the kind and the statement', () => {
  expect(Expectation.reachable(flow).toJson()).toEqual({ kind: 'reachable', ...flow });
  expect(Expectation.mayNot(access).toJson()).toEqual({ kind: 'may-not', ...access });
  expect(Expectation.bounded({ namespace: 'a', reason: 'r' }).toJson()).toEqual({ kind: 'bounded', namespace: 'a', reason: 'r' });
  expect(Expectation.podSecurity({ namespace: 'a', level: PodSecurityLevel.BASELINE, version: 'v1.35', reason: 'r' }).toJson())
    .toEqual({ kind: 'pod-security', namespace: 'a', level: 'baseline', version: 'v1.35', reason: 'r' });
});

describe('a party of a flow', () => {
  const from = (source: any) => () => Expectation.reachable({ ...flow, source });

  test.each([
    [{ namespace: 'a' }], [{ namespace: 'a', podLabels: {} }], [{ exceptNamespaces: ['a', 'b'] }], [{ exceptNamespaces: [], podLabels: { a: 'b' } }], [{ cidr: '203.0.113.0/24' }], [{ cidr: '2001:db8::/32' }],
  ])('can be %j', (party) => {
    expect(from(party)).not.toThrow();
  });

  test.each([
    [{}, /source: the party names nobody \(AmbiguousParty\)/],
    [{ podLabels: { a: 'b' } }, /names nobody/],
    [{ namespace: 'a', cidr: '10.0.0.0/8' }, /in more than one way/],
    [{ namespace: 'a', exceptNamespaces: ['b'] }, /in more than one way/],
    [{ cidr: '10.0.0.0/8', podLabels: { a: 'b' } }, /AmbiguousParty/],
    [{ cidr: '10.0.0.5/8' }, /source\.cidr: .*CidrHasHostBits/],
    [{ namespace: 'A' }, /source\.namespace: .*InvalidDnsLabel/],
  ])('cannot be %j', (party, message) => {
    expect(from(party)).toThrow(message);
  });
});

test.each([0, 65536, 1.5, -1])('%p is no port', (port) => {
  expect(() => Expectation.unreachable({ ...flow, ports: [{ port: 443 }, { port }] })).toThrow(/ports\[1\]\.port: .* is not a port/);
});

test('both parties and all ports are judged at once', () => {
  expect(() => Expectation.reachable({ source: {}, destination: {}, ports: [{ port: 0 }], reason: '' })).toThrow(/^3 problems/);
});

describe('a request', () => {
  test('is made by a user, a group or a service account', () => {
    expect(() => Expectation.may({ ...access, groups: [] })).toThrow(/NoSubject/);
    expect(() => Expectation.may({ ...access, groups: undefined, serviceAccount: 'shop-staging/deployer' })).not.toThrow();
    expect(() => Expectation.may({ ...access, groups: undefined, user: 'a@b' })).not.toThrow();
    expect(() => Expectation.may({ ...access, serviceAccount: 'deployer' })).toThrow(/InvalidServiceAccount.*'namespace\/name'/);
  });

  test('can be refused everywhere but in some namespaces, which says nothing about where it is allowed', () => {
    const elsewhere = { ...access, namespace: undefined, exceptNamespaces: ['shop-staging'] };
    expect(() => Expectation.mayNot(elsewhere)).not.toThrow();
    expect(() => Expectation.may(elsewhere)).toThrow(/exceptNamespaces cannot say where somebody may act \(AmbiguousNamespaces\)/);
    expect(() => Expectation.mayNot({ ...elsewhere, namespace: 'a' })).toThrow(/both namespace and exceptNamespaces/);
  });
});

test.each(['latest', '1.35', 'v1', 'v1.035', ''])('%p does not pin the Pod Security Standards', (version) => {
  expect(() => Expectation.podSecurity({ namespace: 'a', level: PodSecurityLevel.BASELINE, version, reason: 'r' })).toThrow(/UnpinnedPodSecurityVersion.*'v1\.35'/);
});

describe('a request that admission decides on', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop-staging' } };

  test('is admitted or refused', () => {
    const statement = { operation: AdmissionOperation.CREATE, object: pod, reason: 'images come from our registry' };
    expect([Expectation.refused(statement).kind, Expectation.admitted(statement).kind]).toEqual([ExpectationKind.REFUSED, ExpectationKind.ADMITTED]);
    expect(Expectation.refused(statement).toJson()).toEqual({ kind: 'refused', ...statement });
  });

  test.each([
    [AdmissionOperation.CREATE, {}, /object: CREATE needs object/],
    [AdmissionOperation.CREATE, { object: pod, oldObject: pod }, /oldObject: CREATE has no oldObject/],
    [AdmissionOperation.UPDATE, { object: pod }, /oldObject: UPDATE needs oldObject/],
    [AdmissionOperation.DELETE, { object: pod, oldObject: pod }, /object: DELETE has no object/],
    [AdmissionOperation.CONNECT, { oldObject: pod }, /CONNECT needs object[\s\S]*CONNECT has no oldObject/],
  ])('%s cannot have %j', (operation, objects, message) => {
    expect(() => Expectation.refused({ operation, ...objects, reason: 'r' })).toThrow(message);
  });
});
