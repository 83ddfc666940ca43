import fc from 'fast-check';
import { Reachability, ReachabilityTable } from '../../../src';
import { defaultDeny, deployment, podsOf, policy } from '../../fixtures/cluster';
import { namespaces, pods, policies } from '../../fixtures/generators';

const table = (...manifests: any[]): ReachabilityTable => Reachability.of(manifests).table();
const lines = (later: ReachabilityTable, earlier: ReachabilityTable) => later.diff(earlier)
  .map(({ source, destination, openedText, closedText }) => `${source} -> ${destination}: +${openedText} -${closedText}`);
const base = [deployment('shop/web', { app: 'web' }), deployment('blog/web', { app: 'web' })];

test('tells what is opened and what is closed, port by port', () => {
  const closed = table(...base, defaultDeny('shop'));
  const some = table(...base, defaultDeny('shop'), policy('shop/in', { ingress: [{ from: [podsOf('blog')], ports: [{ port: 80 }, { port: 81 }] }] }));
  const other = table(...base, defaultDeny('shop'), policy('shop/in', { ingress: [{ from: [podsOf('blog')], ports: [{ port: 81 }, { port: 82 }] }] }));
  expect(lines(some, closed)).toEqual(['Deployment.apps blog/web -> Deployment.apps shop/web: +TCP 80-81 -no port']);
  expect(lines(other, some)).toEqual(['Deployment.apps blog/web -> Deployment.apps shop/web: +TCP 82 -TCP 80']);
  expect(other.diff(some)[0]).toMatchObject({ opened: [{ protocol: 'TCP', first: 82, last: 82 }], closed: [{ protocol: 'TCP', first: 80, last: 80 }] });
});

test('a workload that comes or goes opens or closes all it has', () => {
  expect(lines(table(...base), table(base[0]))).toEqual([
    'Deployment.apps blog/web -> Deployment.apps shop/web: +every port -no port', 'Deployment.apps shop/web -> Deployment.apps blog/web: +every port -no port',
  ]);
  expect(lines(table(base[0]), table(...base))).toHaveLength(2);
});

test('is what the pairs of both tables say', () => {
  fc.assert(fc.property(policies, policies, (first, second) => {
    const [earlier, later] = [first, second].map((own) => table(...namespaces, ...pods, ...own));
    const of = (own: ReachabilityTable) => new Map(own.pairs().map(({ source, destination, portsText }) => [`${source} -> ${destination}`, portsText]));
    const [before, after] = [of(earlier), of(later)];
    const expected = [...new Set([...before.keys(), ...after.keys()])].filter((pair) => before.get(pair) !== after.get(pair)).sort();
    expect(later.diff(earlier).map(({ source, destination }) => `${source} -> ${destination}`).sort()).toEqual(expected);
    expect(later.diff(later)).toEqual([]);
    expect(earlier.diff(later).map(({ opened, closed }) => [closed, opened])).toEqual(later.diff(earlier).map(({ opened, closed }) => [opened, closed]));
  }), { numRuns: 40 });
});
