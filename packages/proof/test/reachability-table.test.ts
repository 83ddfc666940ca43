import { ClusterProfile, Cni } from '@viridial/core';
import fc from 'fast-check';
import { Endpoint, Reachability, ReachabilityTable } from '../src';
import { defaultDeny, deployment, namespace, pod, podsOf, policy } from './fixtures/cluster';
import { namespaces, podNames, pods, policies } from './fixtures/generators';

const lines = (table: ReachabilityTable) => table.pairs().map(({ source, destination, portsText }) => `${source} -> ${destination}: ${portsText}`);

describe('classes', () => {
  test('workloads that no policy can tell apart are one class', () => {
    const table = Reachability.of([
      deployment('shop/web', { app: 'web' }, { http: 80 }), deployment('shop/copy', { app: 'web' }, { http: 80 }),
      deployment('shop/other-label', { app: 'api' }, { http: 80 }), deployment('shop/other-port', { app: 'web' }, { http: 81 }), deployment('blog/web', { app: 'web' }, { http: 80 }),
    ]).table();
    expect(table.classes.map(({ id, workloads }) => [id, workloads])).toEqual([
      ['Deployment.apps blog/web', ['Deployment.apps blog/web']],
      ['Deployment.apps shop/copy', ['Deployment.apps shop/copy', 'Deployment.apps shop/web']],
      ['Deployment.apps shop/other-label', ['Deployment.apps shop/other-label']],
      ['Deployment.apps shop/other-port', ['Deployment.apps shop/other-port']],
    ]);
  });

  test('tell namespace, labels and place in the network', () => {
    const [own] = Reachability.of([pod('shop/agent', { app: 'agent' }, {}, { hostNetwork: true })]).table().classes;
    expect(own).toEqual({ id: 'Pod shop/agent', namespace: 'shop', labels: { app: 'agent' }, workloads: ['Pod shop/agent'], hostNetwork: true });
  });
});

describe('entries', () => {
  test('an open cluster is one entry', () => {
    const table = Reachability.of(['a', 'b', 'c'].map((name) => deployment(`${name}/web`, { app: name }))).table();
    expect(table.entries).toHaveLength(1);
    expect(table.entries[0].sources).toHaveLength(3);
    expect(table.entries[0]).toMatchObject({
      portsText: 'every port',
      ports: [
        { protocol: 'TCP', first: 1, last: 65535 }, { protocol: 'UDP', first: 1, last: 65535 }, { protocol: 'SCTP', first: 1, last: 65535 },
      ],
    });
    expect(table.pairs()).toHaveLength(6);
  });

  test('a closed cluster has none', () => {
    const table = Reachability.of([deployment('a/web'), deployment('b/web'), defaultDeny('a'), defaultDeny('b')]).table();
    expect(table.entries).toEqual([]);
    expect(table.pairs()).toEqual([]);
    expect(table.classes).toHaveLength(2);
  });

  test('sources that reach the same are one entry', () => {
    const dns = (own: string) => policy(`${own}/dns`, { policyTypes: ['Egress'], egress: [{ to: [podsOf('kube-system', { app: 'dns' })], ports: [{ protocol: 'UDP', port: 53 }] }] });
    const table = Reachability.of([deployment('kube-system/dns', { app: 'dns' }), ...['a', 'b', 'c'].flatMap((own) => [deployment(`${own}/web`), defaultDeny(own), dns(own)])]).table();
    expect(table.entries).toContainEqual({
      sources: ['Deployment.apps a/web', 'Deployment.apps b/web', 'Deployment.apps c/web'],
      destinations: ['Deployment.apps kube-system/dns'],
      ports: [{ protocol: 'UDP', first: 53, last: 53 }],
      portsText: 'UDP 53',
    });
  });

  test('the number of entries grows with the tenants, not with their square', () => {
    const tenants = (count: number) => Array.from({ length: count }, (_, index) => [
      namespace(`t${index}`), deployment(`t${index}/web`, { app: 'web' }), deployment(`t${index}/api`, { app: 'api' }), defaultDeny(`t${index}`),
      policy(`t${index}/same`, { policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: {} }] }], egress: [{ to: [{ podSelector: {} }] }] }),
    ]).flat();
    const count = (number: number) => Reachability.of(tenants(number)).table().entries.length;
    expect(count(60)).toBe(6 * count(10));
  });
});

describe('pairs', () => {
  const manifests = [
    deployment('shop/web', { app: 'web' }), deployment('shop/db', { app: 'db' }), deployment('blog/web'), defaultDeny('shop'), defaultDeny('blog'),
    policy('shop/web', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress: [{ to: [{ podSelector: { matchLabels: { app: 'db' } } }], ports: [{ port: 5432 }] }] }),
    policy('shop/db', { podSelector: { matchLabels: { app: 'db' } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }] }),
  ];
  const table = Reachability.of(manifests).table();

  test('of all workloads, of a source, of a destination', () => {
    const pair = { source: 'Deployment.apps shop/web', destination: 'Deployment.apps shop/db', ports: [{ protocol: 'TCP', first: 5432, last: 5432 }], portsText: 'TCP 5432' };
    expect(table.pairs()).toEqual([pair]);
    expect(table.pairsFrom('Deployment.apps shop/web')).toEqual([pair]);
    expect(table.pairsTo('Deployment.apps shop/db')).toEqual([pair]);
    expect(table.pairsFrom('Deployment.apps shop/db')).toEqual([]);
    expect(table.pairsTo('nobody')).toEqual([]);
    expect(table.pairsFrom('nobody')).toEqual([]);
  });

  test('a cursor walks through all of them and then stays at the end', () => {
    const cursor = table.cursor();
    expect(cursor.next()?.portsText).toBe('TCP 5432');
    expect(cursor.next()).toBeUndefined();
    expect(cursor.next()).toBeUndefined();
  });

  test('as a plain object', () => {
    const json = table.toJson();
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(Object.keys(json)).toEqual(['classes', 'entries']);
  });

  test('what the caller does to a list does not change the table', () => {
    table.classes[0].workloads.push('intruder');
    table.entries[0].sources.length = 0;
    expect(table.pairs()).toHaveLength(1);
    expect(JSON.stringify(table.toJson())).not.toContain('intruder');
  });
});

describe('properties', () => {
  const base = [...namespaces, ...pods];
  const PROFILES = [undefined, ...[Cni.CALICO, Cni.CILIUM].map((cni) => ClusterProfile.kubeadm({ version: '1.36', cni, podCidrs: ['10.2.0.0/16'], nodeCidrs: ['192.0.2.0/24'] }))];

  test('the table says of every pair what a question about it says', () => {
    const hosts = [pod('one/agent', { a: 'x' }, {}, { hostNetwork: true }), { ...pod('two/running', { b: 'x' }), status: { podIP: '10.2.3.4' } }];
    const names: [string, string][] = [...podNames, ['one', 'agent'], ['two', 'running']];
    fc.assert(fc.property(policies, fc.constantFrom(...PROFILES), (own, profile) => {
      const reach = Reachability.of([...base, ...hosts, ...own], { profile });
      const asked = names.flatMap((source) => names.filter((destination) => destination.join() !== source.join()).flatMap((destination) => {
        const text = reach.openPorts(Endpoint.pod(...source), Endpoint.pod(...destination));
        return text === 'no port' ? [] : [`Pod ${source.join('/')} -> Pod ${destination.join('/')}: ${text}`];
      }));
      expect(lines(reach.table())).toEqual(asked.sort());
    }), { numRuns: 60 });
  });

  test('pairs to a workload are those of all sources that name it', () => {
    fc.assert(fc.property(policies, (own) => {
      const table = Reachability.of([...base, ...own]).table();
      const all = table.pairs();
      for (const [place, name] of podNames) {
        expect(table.pairsTo(`Pod ${place}/${name}`)).toEqual(all.filter(({ destination }) => destination === `Pod ${place}/${name}`));
      }
    }), { numRuns: 30 });
  });

  test('the order of manifests does not matter', () => {
    fc.assert(fc.property(policies, (own) => {
      expect(Reachability.of([...base, ...own].reverse()).table().toJson()).toEqual(Reachability.of([...base, ...own]).table().toJson());
    }), { numRuns: 30 });
  });
});
