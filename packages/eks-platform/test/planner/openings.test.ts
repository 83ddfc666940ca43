import { Problems } from '@viridial/core';
import { AwsLoadBalancerController } from '@viridial/platform-addons';
import { Access } from '../../src/access';
import { EksPlatformProps } from '../../src/eks-platform-props';
import { planEks } from '../../src/plan-eks';
import { planOpenings } from '../../src/planner/openings';
import { errorsOf, platform, props } from '../fixtures/platform';

const openings = (changes: Partial<EksPlatformProps> = {}) => planOpenings(new Problems(), props(changes));
const controllerValues = (changes: Partial<EksPlatformProps> = {}) => planEks('production', props(changes)).rendered.installations
  .find(({ name }) => name === 'aws-load-balancer-controller')!.values;

test('load balancers are for everybody and the API server for nobody unless said otherwise', () => {
  expect(openings()).toEqual({ adminNetworks: [], ingressCidrs: ['0.0.0.0/0'], webhookPorts: [] });
});

test('blocks are summarised and sorted, so that their order does not matter', () => {
  const given = ['198.51.100.0/25', '192.0.2.0/24', '198.51.100.128/25'];
  expect(openings({ ingressCidrs: given, access: Access.of({ networks: [...given].reverse() }) })).toMatchObject({
    ingressCidrs: ['192.0.2.0/24', '198.51.100.0/24'], adminNetworks: ['192.0.2.0/24', '198.51.100.0/24'],
  });
});

test('what is wrong is said, with the place', () => {
  expect(errorsOf(() => planEks('production', props({
    ingressCidrs: ['203.0.113.7/24'], webhookPorts: [8443, 0, 1.5], access: Access.of({ networks: ['vpn', '0.0.0.0/1', '128.0.0.0/1'] }),
  })))).toEqual([
    'access.networks: 0.0.0.0/0 is more than the networks of any administrators (AdminNetworkTooWide); allowed: blocks of a VPN, a peered VPC or a Direct Connect, /8 or smaller; cure: name the blocks from which administrators come',
    expect.stringMatching(/^access\.networks\[0\]: /),
    expect.stringMatching(/^ingressCidrs\[0\]: /),
    'webhookPorts[1]: 0 is no port (WebhookPortOutOfRange); allowed: 1 to 65535, a whole number; cure: name the port on which the pods listen, not the one of their Service',
    expect.stringMatching(/^webhookPorts\[2\]: 1\.5 is no port/),
  ]);
});

test('an empty list is an error, because the load balancer controller takes it for everybody', () => {
  expect(errorsOf(() => planEks('production', props({ ingressCidrs: [] })))).toEqual([
    'ingressCidrs: the load balancers have no list of source addresses, which their controller takes for the whole internet (NoIngressCidr); allowed: at least one block, such as 203.0.113.0/24; cure: list those who may reach the load balancers, or leave ingressCidrs out for everybody',
  ]);
});

describe('the load balancer controller', () => {
  test('puts the blocks into the groups of its load balancers, whatever an Ingress says', () => {
    expect(controllerValues({ ingressCidrs: ['203.0.113.0/24'] }).ingressClassParams).toMatchObject({ name: 'alb', spec: { inboundCIDRs: ['203.0.113.0/24'] } });
    expect(JSON.stringify(controllerValues())).not.toContain('inboundCIDRs');
  });

  test('that the platform brings itself is left as it is, and then network ACLs must hold the blocks', () => {
    const own = platform().with(new AwsLoadBalancerController({ sharedGroup: 'shared' }));
    const changes = { platform: own, ingressCidrs: ['203.0.113.0/24'] };
    expect(controllerValues(changes).ingressClassParams.spec).toEqual({ group: { name: 'shared' } });
    expect(errorsOf(() => planEks('production', props({ ...changes, networkAcls: false })))).toEqual([expect.stringMatching(/^ingressCidrs: .*\(IngressCidrsWithoutEffect\)/)]);
  });
});
