import { InvalidInputError, Problems } from '@viridial/core';
import { Reachability } from '../../../src';
import { Inventory } from '../../../src/private/inventory';
import { Policy } from '../../../src/private/network/policy';
import { readPolicy } from '../../../src/private/network/policy-reader';
import { policy } from '../../fixtures/cluster';

function read(spec: { [key: string]: any }): Policy {
  const problems = new Problems();
  const [item] = Inventory.read([policy('shop/web', spec)], problems).items;
  const own = readPolicy(item)!;
  problems.throwIfErrors('policy');
  return own;
}

function problemsOf(spec: any): string[] {
  try {
    Reachability.of([{ ...policy('shop/web', {}), spec }]);
  } catch (error) {
    return InvalidInputError.problemsOf(error).map((problem) => problem.toString().replace('NetworkPolicy.networking.k8s.io shop/web ', ''));
  }
  return [];
}

describe('directions', () => {
  const rules = [{}];

  test.each([
    [{}, true, false],
    [{ ingress: rules }, true, false],
    [{ egress: rules }, true, true],
    [{ egress: [] }, true, false],
    [{ policyTypes: [] }, true, false],
    [{ policyTypes: [], egress: rules }, true, true],
    [{ policyTypes: ['Ingress'], egress: rules }, true, false],
    [{ policyTypes: ['Egress'] }, false, true],
    [{ policyTypes: ['Egress'], ingress: rules }, false, true],
    [{ policyTypes: ['Ingress', 'Egress'] }, true, true],
  ])('%j is about ingress: %p, about egress: %p', (spec, ingress, egress) => {
    const own = read(spec);
    expect([own.ingress !== undefined, own.egress !== undefined]).toEqual([ingress, egress]);
  });

  test('without rules nothing is allowed', () => {
    expect(read({ policyTypes: ['Ingress', 'Egress'] })).toMatchObject({ ingress: [], egress: [] });
    expect(read({ ingress: null }).ingress).toEqual([]);
  });

  test('a policy without podSelector is about every pod', () => {
    expect(read({ podSelector: undefined }).subjects.map(({ pods, namespaces }) => [pods.toString(), namespaces.toString()])).toEqual([['everything', 'kubernetes.io/metadata.name=shop']]);
  });
});

describe('rules', () => {
  const peers = (from: any) => read({ ingress: [{ from }] }).ingress![0].peers;

  test('no peers, and an empty list of them, mean everybody', () => {
    expect(read({ ingress: [{}] }).ingress![0].peers).toBeUndefined();
    expect(peers([])).toBeUndefined();
    expect(peers(null)).toBeUndefined();
  });

  test('selectors are read with their defaults', () => {
    const [pods, namespaces, both] = peers([{ podSelector: {} }, { namespaceSelector: {} }, { podSelector: { matchLabels: { app: 'web' } }, namespaceSelector: {} }])!;
    const shown = [pods, namespaces, both].map((peer) => [peer.pods!.namespaces.toString(), peer.pods!.pods.toString()]);
    expect(shown).toEqual([['kubernetes.io/metadata.name=shop', 'everything'], ['everything', 'everything'], ['everything', 'app=web']]);
  });

  test('ports are numbers, ranges, names, or all of a protocol', () => {
    const [rule] = read({
      ingress: [{
        ports: [
          { port: 80 }, { protocol: 'UDP', port: 8000, endPort: 8999 }, { protocol: 'SCTP' }, { port: 'http' }, { protocol: 'UDP', port: 'dns' },
        ],
      }],
    }).ingress!;
    expect(rule.ports.toString()).toBe('TCP 80; UDP 8000-8999; SCTP every port');
    expect(rule.named).toEqual([{ name: 'http', protocol: 'TCP' }, { name: 'dns', protocol: 'UDP' }]);
  });

  test('no ports, and an empty list of them, mean every port', () => {
    for (const ports of [undefined, null, []]) expect(read({ ingress: [{ ports }] }).ingress![0].ports.isAll).toBe(true);
  });

  test('blocks may have host bits, as API servers before 1.36 let them', () => {
    const [{ block }] = peers([{ ipBlock: { cidr: '10.0.0.5/8', except: ['10.1.2.3/16'] } }])!;
    expect(block!.range.last - block!.range.first).toBe(2n ** 24n - 1n);
    expect(block!.except).toHaveLength(1);
  });
});

describe('malformed policies', () => {
  test.each([
    [undefined, 'spec: the policy has no spec (MalformedObject); allowed: an object'],
    ['deny', 'spec: "deny" is not an object (MalformedObject); allowed: an object'],
    [{ policyTypes: ['ingress'] }, 'spec.policyTypes[0]: "ingress" is not a policy type (MalformedObject); allowed: Ingress, Egress'],
    [{ ingress: {} }, 'spec.ingress: {} is not a list (MalformedObject); allowed: a list'],
    [{ ingress: [{ from: [{}] }] }, 'spec.ingress[0].from[0]: the peer names nobody (MalformedObject); allowed: either ipBlock, or podSelector and namespaceSelector'],
    [{ egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }] }] },
      'spec.egress[0].to[0]: the peer has an ipBlock beside a selector (MalformedObject); allowed: either ipBlock, or podSelector and namespaceSelector'],
    [{ egress: [{ to: [{ ipBlock: {} }] }] }, 'spec.egress[0].to[0].ipBlock.cidr: the block has no cidr (MalformedObject); allowed: a CIDR'],
    [{ egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/16'] } }] }] },
      'spec.egress[0].to[0].ipBlock.except[0]: 11.0.0.0/16 is not a part of 10.0.0.0/8 (MalformedObject); allowed: a smaller block inside cidr'],
    [{ egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }] }] },
      'spec.egress[0].to[0].ipBlock.except[0]: 10.0.0.0/8 is not a part of 10.0.0.0/8 (MalformedObject); allowed: a smaller block inside cidr'],
    [{ ingress: [{ ports: [{ protocol: 'ICMP' }] }] }, 'spec.ingress[0].ports[0].protocol: "ICMP" is not a protocol of network policies (MalformedObject); allowed: TCP, UDP, SCTP'],
    [{ ingress: [{ ports: [{ port: 0 }] }] }, 'spec.ingress[0].ports[0].port: 0 is not a port (MalformedObject); allowed: 1 to 65535, or the name of a container port'],
    [{ ingress: [{ ports: [{ port: '80' }] }] }, 'spec.ingress[0].ports[0].port: "80" is not a port (MalformedObject); allowed: 1 to 65535, or the name of a container port'],
    [{ ingress: [{ ports: [{ port: 90, endPort: 80 }] }] },
      'spec.ingress[0].ports[0].endPort: endPort 80 does not end a range that starts at port 90 (MalformedObject); allowed: a number of at least port, beside a port that is a number'],
    [{ ingress: [{ ports: [{ port: 'http', endPort: 80 }] }] },
      'spec.ingress[0].ports[0].endPort: endPort 80 does not end a range that starts at port "http" (MalformedObject); allowed: a number of at least port, beside a port that is a number'],
    [{ ingress: [{ ports: [{ endPort: 80 }] }] },
      'spec.ingress[0].ports[0].endPort: endPort 80 does not end a range that starts at port missing (MalformedObject); allowed: a number of at least port, beside a port that is a number'],
  ])('%j is told', (spec, problem) => {
    expect(problemsOf(spec)).toEqual([problem]);
  });

  test('a CIDR that is none is told in the words of core', () => {
    const [problem] = problemsOf({ egress: [{ to: [{ ipBlock: { cidr: '10.0.0/8' } }] }] });
    expect(problem).toMatch(/^spec\.egress\[0\]\.to\[0\]\.ipBlock\.cidr: .*10\.0\.0\/8/);
  });

  test('all problems of all policies are told together', () => {
    const broken = (name: string) => policy(`shop/${name}`, { ingress: [{ from: [{}], ports: [{ port: 0 }] }] });
    let problems: string[] = [];
    try {
      Reachability.of([broken('b'), broken('a')]);
    } catch (error) {
      problems = InvalidInputError.problemsOf(error).map(({ path }) => path);
    }
    expect(problems).toEqual(['a', 'a', 'b', 'b'].map((name, index) => (
      `NetworkPolicy.networking.k8s.io shop/${name} spec.ingress[0].${index % 2 === 0 ? 'from[0]' : 'ports[0].port'}`)));
  });

  test('a rule whose peers are all malformed is open to nobody, not to everybody', () => {
    const [item] = Inventory.read([policy('shop/web', { ingress: [{ from: [{}] }] })], new Problems()).items;
    expect(readPolicy(item)!.ingress![0].peers).toEqual([]);
  });
});
