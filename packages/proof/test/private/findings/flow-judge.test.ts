import { ClusterProfile, Cni, Expectation, FlowStatement, NetworkProtocol } from '@viridial/core';
import fc from 'fast-check';
import { Endpoint, Proof, Reachability } from '../../../src';
import { ANYWHERE, defaultDeny, deployment, namespace, pod, podsOf, policy } from '../../fixtures/cluster';
import { namespaces, policies, universe } from '../../fixtures/generators';
import { judged } from '../../fixtures/proofs';

const reason = 'tenants are strangers';
const unreachable = (flow: Omit<FlowStatement, 'reason'>) => Expectation.unreachable({ ...flow, reason });
const reachable = (flow: Omit<FlowStatement, 'reason'>) => Expectation.reachable({ ...flow, reason });
const blogToShop = { source: { namespace: 'blog' }, destination: { namespace: 'shop' } };
const sealed = [namespace('shop'), namespace('blog'), defaultDeny('shop'), defaultDeny('blog')];

describe('unreachable, without a single workload', () => {
  test('holds where a policy isolates every pod', () => {
    expect(judged(sealed, unreachable(blogToShop))).toEqual([]);
    expect(judged([namespace('shop'), namespace('blog'), defaultDeny('shop')], unreachable(blogToShop))).toEqual([]);
  });

  test('a namespace without policies is named, with a connection that succeeds', () => {
    expect(judged([namespace('shop'), namespace('blog')], unreachable(blogToShop))).toEqual([expect.objectContaining({
      ruleId: 'FlowOpen',
      object: 'Namespace shop',
      why: 'the policy says that blog does not reach shop (tenants are strangers), but no policy restricts what a pod in blog without labels sends, '
        + 'and no policy restricts what a pod in shop without labels receives',
      cure: 'add a NetworkPolicy to shop with an empty podSelector and policyTypes [Ingress]',
      witness: 'a pod in blog without labels reaches a pod in shop without labels on every port',
      related: ['Namespace blog'],
    })]);
  });

  test('a rule that opens is named, with its path and the port it opens', () => {
    const open = policy('shop/open', { ingress: [{ from: [podsOf('news')] }, { from: [{ namespaceSelector: {} }], ports: [{ port: 8080 }] }] });
    const out = policy('blog/out', { policyTypes: ['Egress'], egress: [{ to: [podsOf('shop')] }] });
    expect(judged([...sealed, open, out], unreachable(blogToShop))).toEqual([expect.objectContaining({
      object: 'NetworkPolicy.networking.k8s.io shop/open',
      path: 'spec.ingress[1]',
      witness: 'a pod in blog without labels reaches a pod in shop without labels on TCP 8080',
      cure: 'narrow spec.ingress[1] of NetworkPolicy shop/open, or remove it',
      related: ['NetworkPolicy.networking.k8s.io blog/out'],
    })]);
  });

  test('a hole for pods with a label is found before anybody has the label', () => {
    const open = policy('shop/open', { podSelector: { matchLabels: { app: 'public' } }, ingress: [{ from: [podsOf('blog', { role: 'reader' })] }] });
    const out = policy('blog/out', { policyTypes: ['Egress'], egress: [{ to: [podsOf('shop')] }] });
    const [finding] = judged([...sealed, open, out], unreachable(blogToShop));
    expect(finding.witness).toBe('a pod in blog labelled role=reader reaches a pod in shop labelled app=public on every port');
  });

  test('a pod that escapes by a label is found', () => {
    const isolated = (own: string) => policy(`${own}/isolate`, { podSelector: { matchExpressions: [{ key: 'open', operator: 'DoesNotExist' }] }, policyTypes: ['Ingress', 'Egress'] });
    const [finding] = judged([namespace('shop'), namespace('blog'), isolated('shop'), isolated('blog')], unreachable(blogToShop));
    expect(finding.witness).toBe('a pod in blog labelled open=any reaches a pod in shop labelled open=any on every port');
  });

  test('a pod that escapes several policies at once is found', () => {
    const closed = (name: string, ...matchExpressions: any[]) => policy(`shop/${name}`, { podSelector: { matchExpressions } });
    const manifests = [
      namespace('shop'), closed('a', { key: 'a', operator: 'NotIn', values: ['y'] }), closed('b', { key: 'a', operator: 'DoesNotExist' }),
      closed('c', { key: 'b', operator: 'DoesNotExist' }), closed('d', { key: 'c', operator: 'Exists' }),
    ];
    const [finding] = judged(manifests, unreachable(blogToShop));
    expect(finding.witness).toBe('a pod in blog without labels reaches a pod in shop labelled a=y, b=any on every port');
    expect(judged([...manifests, closed('e', { key: 'a', operator: 'Exists' })], unreachable(blogToShop))).toEqual([]);
  });

  test('a named port is open, because any pod may call a port that', () => {
    const open = policy('shop/open', { ingress: [{ from: [podsOf('blog')], ports: [{ port: 'http' }] }] });
    expect(judged([namespace('shop'), defaultDeny('shop'), open], unreachable(blogToShop))).toHaveLength(1);
  });

  test('only the ports of the statement count', () => {
    const open = policy('shop/open', { ingress: [{ from: [podsOf('blog')], ports: [{ port: 443 }] }] });
    const manifests = [namespace('shop'), defaultDeny('shop'), open];
    expect(judged(manifests, unreachable({ ...blogToShop, ports: [{ port: 80 }, { port: 443, protocol: NetworkProtocol.UDP }] }))).toEqual([]);
    expect(judged(manifests, unreachable({ ...blogToShop, ports: [{ port: 80 }, { port: 443 }] }))).toHaveLength(1);
    expect(judged(manifests, unreachable({ ...blogToShop, ports: [{}] }))).toHaveLength(1);
  });

  test('only pods with the labels of the statement count', () => {
    const open = policy('shop/open', { podSelector: { matchLabels: { app: 'public' } }, ingress: [{ from: [podsOf('blog')] }] });
    const manifests = [namespace('shop'), defaultDeny('shop'), open];
    expect(judged(manifests, unreachable({ ...blogToShop, destination: { namespace: 'shop', podLabels: { app: 'db' } } }))).toEqual([]);
    expect(judged(manifests, unreachable({ ...blogToShop, destination: { namespace: 'shop', podLabels: { tier: 'x' } } }))).toHaveLength(1);
  });
});

describe('unreachable, with workloads', () => {
  test('a workload is a better witness than a pod that does not exist', () => {
    const manifests = [...sealed.slice(0, 2), deployment('shop/web', { app: 'web' }), deployment('blog/web', { app: 'web' })];
    expect(judged(manifests, unreachable(blogToShop))[0].witness).toBe('Deployment blog/web reaches Deployment shop/web on every port');
  });

  test('pods on the host network are their node, and no pods of a namespace', () => {
    const profile = ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO, podCidrs: ['10.244.0.0/16'], nodeCidrs: ['10.0.0.0/24'] });
    const agent = pod('shop/agent', {}, {}, { hostNetwork: true });
    const findings = Proof.of([...sealed, agent], { profile, expectations: [unreachable(blogToShop)] }).report().findings;
    expect(findings.filter(({ ruleId }) => ruleId === 'FlowOpen')).toEqual([]);
  });
});

describe('every namespace but some', () => {
  const others = { source: { exceptNamespaces: ['shop', 'gateway'] }, destination: { namespace: 'shop' } };

  test('holds when only the exceptions are let in', () => {
    const open = policy('shop/open', { ingress: [{ from: [podsOf('gateway'), { podSelector: {} }] }] });
    expect(judged([...sealed, namespace('gateway'), open], unreachable(others))).toEqual([]);
  });

  test('names the rule that lets others in, once for all of them', () => {
    const open = policy('shop/open', { ingress: [{ from: [{ namespaceSelector: {} }] }] });
    const strangers = ['a', 'b', 'c'].map((name) => namespace(name));
    expect(judged([sealed[0], sealed[2], open, ...strangers], unreachable(others))).toEqual([expect.objectContaining({
      object: 'NetworkPolicy.networking.k8s.io shop/open',
      why: expect.stringContaining('the policy says that nobody outside gateway and shop reaches shop'),
      witness: 'a pod in a without labels reaches a pod in shop without labels on every port; 3 more pairs of namespaces or addresses fare the same',
    })]);
  });

  test('as destinations', () => {
    const flow = unreachable({ source: { namespace: 'shop' }, destination: { exceptNamespaces: ['shop', 'kube-system'] } });
    const dns = policy('shop/dns', { policyTypes: ['Egress'], egress: [{ to: [podsOf('kube-system')] }] });
    expect(judged([sealed[0], sealed[1], sealed[2], dns], flow)).toEqual([]);
    const wide = policy('shop/wide', { policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: {} }], ports: [{ port: 53 }] }] });
    expect(judged([sealed[0], sealed[1], sealed[2], wide], flow)).toEqual([expect.objectContaining({
      object: 'NetworkPolicy.networking.k8s.io shop/wide',
      why: expect.stringContaining('shop reaches nobody outside kube-system and shop'),
    })]);
  });

  test('the namespace default is always there, and bears witness', () => {
    const open = policy('shop/open', { ingress: [{ from: [{ namespaceSelector: {} }] }] });
    expect(judged([sealed[0], sealed[2], open], unreachable(others))[0].witness).toBe('a pod in default without labels reaches a pod in shop without labels on every port');
    expect(judged([sealed[0], sealed[2], open], unreachable({ source: { exceptNamespaces: ['shop', 'default'] }, destination: { namespace: 'shop' } }))).toEqual([]);
    expect(judged([], unreachable({ source: { exceptNamespaces: [] }, destination: { exceptNamespaces: [] } }))).toEqual([]);
  });

  test('a namespace that a rule calls by its name need not be in the manifests', () => {
    const open = policy('shop/open', { ingress: [{ from: [podsOf('attacker')] }] });
    expect(judged([sealed[0], sealed[2], open], unreachable(others))[0].witness).toBe('a pod in attacker without labels reaches a pod in shop without labels on every port');
    const out = policy('shop/out', { policyTypes: ['Egress'], egress: [{ to: [podsOf('attacker')] }] });
    const flow = unreachable({ source: { namespace: 'shop' }, destination: { exceptNamespaces: ['shop'] } });
    expect(judged([sealed[0], sealed[2], out], flow)[0].witness).toBe('a pod in shop without labels reaches a pod in attacker without labels on every port');
  });

  test('on both sides', () => {
    const flow = unreachable({ source: { exceptNamespaces: ['gateway'] }, destination: { exceptNamespaces: ['gateway'] } });
    expect(judged(sealed, flow)).toEqual([]);
    expect(judged(sealed.slice(0, 3), flow)[0].why).toContain('nobody outside gateway reaches anybody outside gateway');
  });

  test('with addresses on the other side', () => {
    const flow = unreachable({ source: { exceptNamespaces: ['gateway'] }, destination: { cidr: '169.254.169.254/32' } });
    expect(judged([...sealed, namespace('gateway')], flow)).toEqual([]);
    expect(judged([...sealed.slice(0, 3), namespace('gateway')], flow).map(({ object }) => object)).toEqual(['Namespace blog']);
  });
});

describe('addresses', () => {
  const metadata = unreachable({ source: { namespace: 'shop' }, destination: { cidr: '169.254.169.254/32' } });
  const internet = (...except: string[]) => policy('shop/internet', { policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', ...(except.length > 0 ? { except } : {}) } }] }] });

  test('a dropped exception is found', () => {
    expect(judged([...sealed, internet('169.254.0.0/16')], metadata)).toEqual([]);
    expect(judged([...sealed, internet()], metadata)).toEqual([expect.objectContaining({
      object: 'NetworkPolicy.networking.k8s.io shop/internet',
      path: 'spec.egress[0]',
      witness: 'a pod in shop without labels reaches 169.254.169.254 on every port',
    })]);
  });

  test('one open address in a block is enough, and it is the witness', () => {
    const block = unreachable({ source: { namespace: 'shop' }, destination: { cidr: '10.0.0.0/8' } });
    const hole = policy('shop/hole', { policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '10.20.30.40/32' } }] }] });
    expect(judged([...sealed, hole], block)[0].witness).toBe('a pod in shop without labels reaches 10.20.30.40 on every port');
  });

  test('every address of a block has to be reachable when that is promised', () => {
    const flow = reachable({ source: { namespace: 'shop' }, destination: { cidr: '10.0.0.0/8' }, ports: [{ port: 443 }] });
    const part = (...cidrs: string[]) => policy('shop/part', { policyTypes: ['Egress'], egress: cidrs.map((cidr) => ({ to: [{ ipBlock: { cidr } }], ports: [{ port: 443 }] })) });
    expect(judged([...sealed, part('10.0.0.0/9', '10.128.0.0/9')], flow)).toEqual([]);
    expect(judged([...sealed, part('10.0.0.0/9')], flow)[0].witness).toBe('a pod in shop without labels does not reach 10.128.0.0 on TCP 443');
  });

  test('from outside', () => {
    const flow = { source: { cidr: '0.0.0.0/0' }, destination: { namespace: 'shop' } };
    expect(judged(sealed, unreachable(flow))).toEqual([]);
    expect(judged([...sealed, policy('shop/in', { ingress: [{ from: [ANYWHERE], ports: [{ port: 443 }] }] })], unreachable(flow))[0].witness)
      .toBe('0.0.0.0 reaches a pod in shop without labels on TCP 443');
  });
});

describe('reachable', () => {
  const dns = { source: { namespace: 'shop' }, destination: { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' } }, ports: [{ port: 53, protocol: NetworkProtocol.UDP }, { port: 53 }] };
  const rule = (...ports: any[]) => policy('shop/dns', { policyTypes: ['Egress'], egress: [{ to: [podsOf('kube-system', { 'k8s-app': 'kube-dns' })], ports }] });

  test('holds when every port is open', () => {
    expect(judged([...sealed, rule({ port: 53 }, { port: 53, protocol: 'UDP' })], reachable(dns))).toEqual([]);
  });

  test('the missing port, the policies in the way and the cure are named', () => {
    expect(judged([...sealed, rule({ port: 53, protocol: 'UDP' })], reachable(dns))).toEqual([expect.objectContaining({
      ruleId: 'FlowBlocked',
      object: 'Namespace shop',
      why: 'the policy says that shop reaches k8s-app=kube-dns in kube-system on TCP 53; UDP 53 (tenants are strangers), but NetworkPolicy shop/default-deny and NetworkPolicy shop/dns '
        + 'restrict what a pod in shop without labels sends, and no rule allows TCP 53 to a pod in kube-system labelled k8s-app=kube-dns',
      cure: 'add a rule for TCP 53 to a policy of shop that selects a pod in shop without labels for egress',
      witness: 'a pod in shop without labels does not reach a pod in kube-system labelled k8s-app=kube-dns on TCP 53',
      related: ['NetworkPolicy.networking.k8s.io shop/default-deny', 'NetworkPolicy.networking.k8s.io shop/dns'],
    })]);
  });

  test('the side that stops it is named, and the policy when there is only one', () => {
    const out = policy('shop/out', { policyTypes: ['Egress'], egress: [{ to: [podsOf('blog')] }] });
    const [finding] = judged([...sealed, out], reachable({ source: { namespace: 'shop' }, destination: { namespace: 'blog' } }));
    expect(finding).toMatchObject({ object: 'NetworkPolicy.networking.k8s.io blog/default-deny', cure: expect.stringContaining('a policy of blog that selects a pod in blog without labels for ingress') });
  });

  test('without ports every port has to be open', () => {
    const flow = reachable({ source: { namespace: 'blog' }, destination: { namespace: 'shop' } });
    const manifests = (ports?: any[]) => [namespace('shop'), policy('shop/in', { ingress: [{ from: [podsOf('blog')], ...(ports ? { ports } : {}) }] })];
    expect(judged(manifests(), flow)).toEqual([]);
    expect(judged(manifests([{ port: 80 }]), flow)[0].why).toContain('no rule allows TCP 1-79, 81-65535; UDP every port; SCTP every port');
  });

  test('every workload has to be reached, and a pod that does not exist only where there is none', () => {
    const flow = reachable({ source: { cidr: '203.0.113.7/32' }, destination: { namespace: 'shop' } });
    const web = policy('shop/web', { podSelector: { matchLabels: { app: 'web' } }, ingress: [{}] });
    expect(judged([namespace('shop'), defaultDeny('shop'), web, deployment('shop/web', { app: 'web' })], flow)).toEqual([]);
    expect(judged([namespace('shop'), defaultDeny('shop'), web, deployment('shop/web', { app: 'web' }), deployment('shop/db', { app: 'db' })], flow)).toHaveLength(1);
    expect(judged([namespace('shop'), defaultDeny('shop'), web], flow)).toHaveLength(1);
    expect(judged([namespace('shop'), defaultDeny('shop'), web], reachable({ ...flow.flow!, destination: { namespace: 'shop', podLabels: { app: 'web' } } }))).toEqual([]);
  });

  test('by everybody but some', () => {
    const flow = reachable({ source: { exceptNamespaces: ['blog'] }, destination: { namespace: 'shop' } });
    expect(judged([namespace('shop'), namespace('news'), defaultDeny('blog')], flow)).toEqual([]);
    expect(judged([namespace('shop'), namespace('news'), defaultDeny('news')], flow)[0].why).toContain('everybody outside blog reaches shop');
  });
});

describe('properties', () => {
  const [one, two] = namespaces.map(({ metadata }) => metadata.name);
  const bruteForce = (manifests: any[], from: string, to: string, port: number) => {
    const reach = Reachability.of(manifests);
    return universe.some((source) => universe.some((destination) => reach.allows({ source: Endpoint.probe(from, source), destination: Endpoint.probe(to, destination), port })));
  };
  const withoutNames = (own: any[]) => own.filter((one_) => !JSON.stringify(one_).includes('"port":"'));

  test('unreachable is broken exactly when some pod with some labels gets through', () => {
    fc.assert(fc.property(policies, fc.constantFrom([one, two], [two, one], [one, one]), fc.constantFrom(80, 443), (own, [from, to], port) => {
      const manifests = [...namespaces, ...withoutNames(own)];
      const broken = judged(manifests, unreachable({ source: { namespace: from }, destination: { namespace: to }, ports: [{ port }] })).length > 0;
      expect(broken).toBe(bruteForce(manifests, from, to, port));
    }), { numRuns: 300 });
  });

  test('a statement about every other namespace is broken exactly when one about some of them is', () => {
    fc.assert(fc.property(policies, (own) => {
      const manifests = [...namespaces, namespace('three'), ...own];
      const names = [one, two, 'three'];
      for (const target of names) {
        const others = [...names, 'default'].filter((other) => other !== target);
        const each = others.map((other) => unreachable({ source: { namespace: other }, destination: { namespace: target } }));
        expect(judged(manifests, unreachable({ source: { exceptNamespaces: [target] }, destination: { namespace: target } })).length > 0).toBe(judged(manifests, ...each).length > 0);
        const back = others.map((other) => unreachable({ source: { namespace: target }, destination: { namespace: other } }));
        expect(judged(manifests, unreachable({ source: { namespace: target }, destination: { exceptNamespaces: [target] } })).length > 0).toBe(judged(manifests, ...back).length > 0);
      }
    }), { numRuns: 60 });
  });

  test('what is reachable is not unreachable', () => {
    fc.assert(fc.property(policies, (own) => {
      const manifests = [...namespaces, ...own];
      const flow = { source: { namespace: one }, destination: { namespace: two }, ports: [{ port: 80 }] };
      return judged(manifests, reachable(flow)).length > 0 || judged(manifests, unreachable(flow)).length > 0;
    }), { numRuns: 100 });
  });
});
