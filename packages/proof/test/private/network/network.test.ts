import { NetworkProtocol } from '@viridial/core';
import { Network } from '../../../src/private/network/network';
import { readWorkload } from '../../../src/private/network/workload-reader';
import { defaultDeny, deployment, namespace, pod, podsOf, policy } from '../../fixtures/cluster';
import { inventoryOf, networkOf } from '../../fixtures/read';

describe('namespaces', () => {
  test('are those of objects, workloads and policies', () => {
    expect(networkOf([namespace('c'), pod('b/web'), defaultDeny('a')]).namespaces).toEqual(['a', 'b', 'c']);
  });

  test('have the label with their name, and those of their object', () => {
    const network = networkOf([namespace('shop', { tier: 'front' })]);
    expect(network.labelsOf('shop')).toEqual({ 'tier': 'front', 'kubernetes.io/metadata.name': 'shop' });
    expect(network.labelsOf('nowhere')).toEqual({ 'kubernetes.io/metadata.name': 'nowhere' });
  });
});

describe('sides', () => {
  const manifests = [
    deployment('shop/web', { app: 'web' }), deployment('shop/api', { app: 'api' }), deployment('blog/web', { app: 'web' }),
    policy('shop/all', { policyTypes: ['Ingress'] }), policy('shop/web', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress', 'Egress'] }),
  ];
  const network = networkOf(manifests);
  const [blog, api, web] = network.classes;

  test('are there for the directions in which a policy selects the pods', () => {
    expect(network.side(blog, 'ingress')).toBeUndefined();
    expect(network.side(api, 'egress')).toBeUndefined();
    expect(network.side(api, 'ingress')!.policies.map(({ identity }) => identity)).toEqual(['NetworkPolicy.networking.k8s.io shop/all']);
    expect(network.side(web, 'ingress')!.policies).toHaveLength(2);
    expect(network.side(web, 'egress')!.policies).toHaveLength(1);
  });

  test('are one for pods with the same policies', () => {
    const same = networkOf([deployment('shop/web', { app: 'web' }), deployment('shop/api', { app: 'api' }), defaultDeny('shop')]);
    expect(same.side(same.classes[0], 'ingress')).toBe(same.side(same.classes[1], 'ingress'));
  });
});

describe('explanations', () => {
  test('tell nothing, no rule and the rules apart', () => {
    const network = networkOf([deployment('a/web'), deployment('b/web'), defaultDeny('b'), policy('b/in', { ingress: [{ from: [podsOf('c')] }, { from: [podsOf('a')], ports: [{ port: 80 }] }] })]);
    const [a, b] = network.classes;
    const [open, wrongPort] = [80, 81].map((port) => network.explain(a, b, NetworkProtocol.TCP, port));
    expect(open.egress).toBeUndefined();
    expect(open.ingress!.allowed).toBe(true);
    expect(open.ingress!.by.map(({ rule }) => rule.path)).toEqual(['spec.ingress[1]']);
    expect(wrongPort.ingress).toMatchObject({ allowed: false, by: [] });
    expect(wrongPort.ingress!.policies.map(({ identity }) => identity)).toEqual(['NetworkPolicy.networking.k8s.io b/default-deny', 'NetworkPolicy.networking.k8s.io b/in']);
  });
});

describe('workloads', () => {
  const read = (object: any) => {
    const { inventory, problems } = inventoryOf([object]);
    return { workload: readWorkload(inventory.items[0])!, problems };
  };

  test('have the labels of their template, not their own', () => {
    const own = deployment('shop/web', { app: 'web' });
    expect(read({ ...own, metadata: { ...own.metadata, labels: { app: 'other' } } }).workload.labels).toEqual({ app: 'web' });
  });

  test('have named ports, sorted; TCP unless they say otherwise', () => {
    const containers = [{ name: 'a', ports: [{ name: 'web', containerPort: 80 }, { containerPort: 81 }] }, { name: 'b', ports: [{ name: 'dns', containerPort: 53, protocol: 'UDP' }] }];
    expect(read(pod('shop/web', {}, {}, { containers })).workload.namedPorts).toEqual([{ name: 'dns', port: 53, protocol: 'UDP' }, { name: 'web', port: 80, protocol: 'TCP' }]);
  });

  test('that run have addresses and an owner, and templates have none', () => {
    const owned = { ...pod('shop/web'), status: { podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] } };
    const running = { ...owned, metadata: { ...owned.metadata, ownerReferences: [{ kind: 'ReplicaSet', name: 'web-1' }] } };
    expect(read(running).workload.addresses).toHaveLength(2);
    expect(read(running).workload.owner).toBe('ReplicaSet web-1');
    expect(read(deployment('shop/web')).workload).toMatchObject({ addresses: [], owner: undefined });
  });

  test('that wait for an address have none yet', () => {
    expect(read({ ...pod('shop/web'), status: { podIP: '' } }).workload.addresses).toEqual([]);
  });
});

test('what is malformed is left out of the network and told', () => {
  const { inventory, problems } = inventoryOf([policy('shop/bad', { policyTypes: 'Ingress' }), { ...policy('shop/none', {}), spec: undefined }, { ...pod('shop/web'), spec: 'x' }, pod('shop/good')]);
  const network = Network.read(inventory, undefined);
  expect(network.policies.map(({ identity }) => identity)).toEqual(['NetworkPolicy.networking.k8s.io shop/bad']);
  expect(network.classes.map(({ name }) => name)).toEqual(['Pod shop/good']);
  expect(problems.errors).toHaveLength(3);
});
