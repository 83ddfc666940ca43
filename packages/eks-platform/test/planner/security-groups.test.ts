import { PortProtocol, PortRule, PortSource, PortTarget } from '@viridial/security-policy';
import * as fc from 'fast-check';
import { Access } from '../../src/access';
import { SecurityGroupRole, SecurityGroupRulePlan } from '../../src/plan/firewall-plan';
import { planEks } from '../../src/plan-eks';
import { portMatrixOf } from '../../src/planner/port-matrix';
import { planSecurityGroups } from '../../src/planner/security-groups';
import { blocks, errorsOf, props } from '../fixtures/platform';

const NETWORKS = ['192.168.0.0/16', '198.51.100.0/24'];
const plan = (networks: string[] = NETWORKS) => planEks('production', props({ access: Access.of({ administrators: ['a'], networks }) }));
const ruleOf = (rules: readonly SecurityGroupRulePlan[], id: string) => rules.find((rule) => rule.id === id);

/** What EC2 accepts in the description of a rule (API reference, `IpRange`). */
const DESCRIPTION = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/;

const port = fc.integer({ min: 1, max: 65535 });
const traffic = fc.oneof(
  fc.record({ protocol: fc.constantFrom(PortProtocol.ICMP, PortProtocol.ANY) }),
  fc.record({ protocol: fc.constantFrom(PortProtocol.TCP, PortProtocol.UDP), fromPort: fc.constantFrom(443, 9443, 10250) }),
  fc.tuple(fc.constantFrom(PortProtocol.TCP, PortProtocol.UDP), port, port).map(([protocol, a, b]) => ({ protocol, fromPort: Math.min(a, b), toPort: Math.max(a, b) })),
);
const matrix: fc.Arbitrary<PortRule[]> = fc.array(fc.record({
  target: fc.constantFrom(...Object.values(PortTarget)), source: fc.constantFrom(...Object.values(PortSource)), traffic,
}), { maxLength: 12 }).map((rows) => rows.map(({ traffic: ports, ...ends }, index) => ({ id: `row-${String.fromCharCode(97 + index)}`, ...ends, ...ports, reason: `reason ${index}` })));

const groupOf = (target: PortTarget) => target === PortTarget.CONTROL_PLANE ? SecurityGroupRole.CONTROL_PLANE : SecurityGroupRole.NODES;
const sourceOf = (source: PortSource) => ({ [PortSource.NODES]: 'nodes', [PortSource.CONTROL_PLANE]: 'control-plane', [PortSource.ADMIN_NETWORKS]: NETWORKS.join(), [PortSource.WORLD]: '0.0.0.0/0' } as Record<string, string>)[source];
const lets = (rule: { protocol: PortProtocol; fromPort?: number; toPort?: number }, protocol: PortProtocol, at: number) => rule.protocol === PortProtocol.ANY
  || (rule.protocol === protocol && (rule.fromPort === undefined || (rule.fromPort <= at && at <= (rule.toPort ?? rule.fromPort))));

describe('any port matrix as security groups', () => {
  const written = (rows: PortRule[]) => planSecurityGroups(rows, NETWORKS, []);

  test('has each row exactly once: as a rule, or with the reason why there is none', () => {
    fc.assert(fc.property(matrix, (rows) => {
      const { rules, unwritten } = written(rows);
      const ids = [...rules, ...unwritten].map(({ id }) => id).filter((id) => id !== 'file-system-from-nodes').sort();
      expect(ids).toEqual(rows.map(({ id }) => id).sort());
      for (const { because } of unwritten) expect(because.length).toBeGreaterThan(20);
    }), { numRuns: 150 });
  });

  test('lets in exactly what the rows let in, and what the load balancer controller writes itself', () => {
    const group = fc.constantFrom(SecurityGroupRole.NODES, SecurityGroupRole.CONTROL_PLANE);
    const from = fc.constantFrom('nodes', 'control-plane', NETWORKS.join(), '0.0.0.0/0');
    const protocol = fc.constantFrom(PortProtocol.TCP, PortProtocol.UDP, PortProtocol.ICMP);
    fc.assert(fc.property(matrix, group, from, protocol, fc.oneof(port, fc.constantFrom(443, 9443, 10250)), (rows, to, source, carried, at) => {
      const wanted = rows.some((row) => groupOf(row.target) === to && sourceOf(row.source) === source && lets(row, carried, at));
      const open = written(rows).rules.some((rule) => rule.group === to && (rule.sourceGroup ?? rule.sourceCidrs!.join()) === source && lets(rule, carried, at));
      expect(open).toBe(wanted);
    }), { numRuns: 300 });
  });

  test('says nothing twice between the same two sides, which EC2 refuses', () => {
    fc.assert(fc.property(matrix, (rows) => {
      const texts = written(rows).rules.map(({ group, sourceGroup, sourceCidrs, protocol, fromPort, toPort }) => JSON.stringify([group, sourceGroup, sourceCidrs, protocol, fromPort, toPort]));
      expect(new Set(texts).size).toBe(texts.length);
    }), { numRuns: 150 });
  });

  test('does not depend on the order of the rows', () => {
    fc.assert(fc.property(matrix.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))), ([rows, shuffled]) => {
      expect(written(shuffled)).toEqual(written(rows));
    }), { numRuns: 50 });
  });
});

describe('the cluster of the architecture decision', () => {
  const { firewall, profile, rendered } = plan();

  test('has a rule or a reason for every row of its matrix, with the reason of the row', () => {
    const rows = portMatrixOf(profile, rendered.installations, []);
    expect(rows.length).toBeGreaterThan(8);
    for (const row of rows) {
      const found = [...firewall.securityGroupRules, ...firewall.unwrittenRows].filter(({ id }) => id === row.id);
      expect(found).toEqual([expect.objectContaining({ reason: row.reason })]);
    }
  });

  test('opens the API server to nodes and administrators, and the kubelet and webhooks to the control plane', () => {
    const text = firewall.securityGroupRules.map(({ group, id, protocol, fromPort, sourceGroup, sourceCidrs }) => `${group} ${protocol} ${fromPort ?? 'all'} from ${sourceGroup ?? sourceCidrs!.join(' ')}: ${id}`);
    expect(text).toEqual([
      'control-plane tcp 443 from 192.168.0.0/16 198.51.100.0/24: api-server-from-admins',
      'control-plane tcp 443 from nodes: api-server-from-nodes',
      `file-system tcp 2049 from ${blocks.private.join(' ')}: file-system-from-nodes`,
      'nodes icmp all from 192.168.0.0/16 198.51.100.0/24: icmp-from-admins',
      'nodes tcp 10250 from control-plane: kubelet-from-control-plane',
      'nodes any all from nodes: pod-traffic',
      'nodes tcp 9443 from control-plane: webhook-9443',
    ]);
  });

  test('says why a row has no rule', () => {
    expect(Object.fromEntries(firewall.unwrittenRows.map(({ id, because }) => [id, because]))).toEqual({
      'icmp-from-nodes': 'pod-traffic lets the same in: pod traffic crosses nodes with the addresses of pods',
      'ingress-to-pods': 'the AWS Load Balancer Controller lets its own group in, on the range of ports of its targets, while there are any',
      'kubelet': 'pod-traffic lets the same in: pod traffic crosses nodes with the addresses of pods',
      'webhook-10250': 'kubelet-from-control-plane lets the same in: logs, exec and port-forward of a managed control plane',
    });
  });

  test('opens nothing to administrators who have no network, and nothing to the world', () => {
    const closed = plan([]).firewall;
    expect(closed.securityGroupRules.filter(({ id }) => id.endsWith('-from-admins'))).toEqual([]);
    expect(closed.unwrittenRows.filter(({ id }) => id.endsWith('-from-admins')).map(({ because }) => because)).toEqual(Array(2).fill('access.networks names no network of administrators'));
    for (const { sourceCidrs = [] } of [...closed.securityGroupRules, ...firewall.securityGroupRules]) expect(sourceCidrs).not.toContain('0.0.0.0/0');
  });

  test('opens further webhooks to the control plane when their ports are named', () => {
    const { securityGroupRules } = planEks('production', props({ webhookPorts: [8443] })).firewall;
    expect(ruleOf(securityGroupRules, 'webhook-8443')).toMatchObject({ group: 'nodes', sourceGroup: 'control-plane', protocol: 'tcp', fromPort: 8443, toPort: 8443 });
  });

  test('gives reasons that EC2 accepts as descriptions', () => {
    for (const { reason } of firewall.securityGroupRules) expect(reason).toMatch(DESCRIPTION);
  });
});

test('more rules than a group holds are an error', () => {
  const networks = Array.from({ length: 51 }, (_, index) => `172.16.${index * 2}.0/24`);
  expect(errorsOf(() => planEks('production', props({ networkAcls: false, access: Access.of({ networks }) })))).toEqual([
    'access.networks: the security group control-plane has 52 inbound rules (TooManyFirewallRules); allowed: up to 50; cure: name fewer and larger blocks in access.networks, and fewer webhookPorts',
    expect.stringMatching(/^access\.networks: the security group nodes has 54 inbound rules/),
  ]);
});
