import { Installation } from '@viridial/platform-addons';
import * as fc from 'fast-check';
import { partitionOf, planPodIdentities, RightsContext } from '../../src/planner/aws-rights';
import { dnsRights } from '../../src/planner/dns-rights';
import { loadBalancerRights } from '../../src/planner/load-balancer-rights';

const context: RightsContext = {
  partition: 'aws', region: 'eu-west-1', clusterName: 'c', hostedZoneIds: [], names: { domains: ['viridial.com'], hosts: [] },
};

function installation(name: string, props: Partial<ConstructorParameters<typeof Installation>[0]> = {}) {
  return new Installation({ name, namespace: 'n', chart: name, repository: 'https://example.com', version: '1.0.0', ...props });
}

/** Whether a pattern of a condition matches, as IAM reads it. */
function allows(patterns: string[], name: string): boolean {
  return patterns.some((pattern) => new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')}$`).test(name));
}

function writable(names: { domains?: string[]; hosts?: string[] }, zones: string[] = []) {
  const write = dnsRights('aws', zones, { domains: [], hosts: [], ...names }).find(({ actions }) => actions.includes('route53:ChangeResourceRecordSets'))!;
  return { resources: write.resources, patterns: (write.conditions?.['ForAllValues:StringLike']?.['route53:ChangeResourceRecordSetsNormalizedRecordNames'] ?? []) as string[] };
}

describe('external-dns', () => {
  test('may write below the domains of the platform and nowhere else', () => {
    const { patterns } = writable({ domains: ['viridial.com'], hosts: ['*.viridial.com', 'shop.viridial.com'] });
    expect(patterns).toEqual(['*.viridial.com', 'viridial.com']);
    for (const name of ['viridial.com', 'shop.viridial.com', 'a-shop.viridial.com', 'a.b.viridial.com']) expect(allows(patterns, name)).toBe(true);
    for (const name of ['evilviridial.com', 'evil-viridial.com', 'viridial.com.evil.org', 'example.com']) expect(allows(patterns, name)).toBe(false);
  });

  test('may write a single host and the records that mark it as owned', () => {
    const { patterns } = writable({ hosts: ['shop.example.com'] });
    for (const name of ['shop.example.com', 'a-shop.example.com', 'cname-shop.example.com']) expect(allows(patterns, name)).toBe(true);
    for (const name of ['example.com', 'pay.example.com']) expect(allows(patterns, name)).toBe(false);
  });

  test('is bound to zones when they are named', () => {
    expect(writable({ domains: ['a.com'] }, ['Z2', 'Z1']).resources).toEqual(['arn:aws:route53:::hostedzone/Z1', 'arn:aws:route53:::hostedzone/Z2']);
    expect(writable({ domains: ['a.com'] }).resources).toEqual(['arn:aws:route53:::hostedzone/*']);
  });

  test('may write only the kinds of records it makes', () => {
    const write = dnsRights('aws', [], { domains: ['a.com'], hosts: [] })[2];
    expect(write.conditions!['ForAllValues:StringEquals']).toEqual({ 'route53:ChangeResourceRecordSetsRecordTypes': ['A', 'AAAA', 'CNAME', 'TXT'] });
  });

  test('can write every host that is named, whatever it is called', () => {
    const label = fc.stringMatching(/^[a-z]([a-z0-9]{0,5})$/);
    fc.assert(fc.property(fc.array(fc.tuple(label, label).map(([a, b]) => `${a}.${b}.com`), { minLength: 1, maxLength: 4 }), (hosts) => {
      const { patterns } = writable({ hosts });
      for (const host of hosts) expect(allows(patterns, host) && allows(patterns, `cname-${host}`)).toBe(true);
    }));
  });
});

describe('the load balancer controller', () => {
  const rights = loadBalancerRights('aws', 'eu-west-1', 'blue');

  test('changes only what carries the tag of its own cluster', () => {
    for (const sid of ['ChangeOwn', 'ChangeOwnSecurityGroups', 'TagOwn', 'TagOwnSecurityGroups']) {
      expect(rights.find((statement) => statement.sid === sid)!.conditions!.StringEquals).toMatchObject({ 'aws:ResourceTag/elbv2.k8s.aws/cluster': 'blue' });
    }
  });

  test('makes only what it tags as its own', () => {
    for (const sid of ['CreateOwn', 'CreateOwnSecurityGroup', 'TagNew', 'TagNewSecurityGroup']) {
      expect(rights.find((statement) => statement.sid === sid)!.conditions!.StringEquals).toMatchObject({ 'aws:RequestTag/elbv2.k8s.aws/cluster': 'blue' });
    }
  });

  test('opens the nodes of its own cluster only', () => {
    expect(rights.find((statement) => statement.sid === 'OpenNodesToLoadBalancers')!.conditions).toEqual({ StringEquals: { 'aws:ResourceTag/kubernetes.io/cluster/blue': 'owned' } });
  });

  test('has no action with a wildcard, and every statement has a name of its own', () => {
    for (const action of rights.flatMap(({ actions }) => actions)) expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z0-9]+$/);
    expect(new Set(rights.map(({ sid }) => sid)).size).toBe(rights.length);
  });

  test('takes any resource only where it looks, or where a tag decides, or where AWS knows no finer one', () => {
    const open = rights.filter(({ resources }) => resources.includes('*')).filter(({ conditions }) => !conditions).map(({ sid }) => sid);
    expect(open).toEqual(['Look', 'Integrations', 'Listeners']);
  });
});

describe('service accounts with rights', () => {
  test('are those that the add-ons ask for, and the network plugin', () => {
    const identities = planPodIdentities([
      installation('external-dns', { namespace: 'external-dns', identities: [{ namespace: 'external-dns', serviceAccount: 'external-dns', purpose: 'writes records', statements: [] }] }),
      installation('aws-load-balancer-controller', { namespace: 'kube-system', values: { serviceAccount: { name: 'lbc' } } }),
      installation('cert-manager'),
    ], context);
    expect(identities.map(({ addOn, namespace, serviceAccount }) => `${addOn} ${namespace}/${serviceAccount}`)).toEqual([
      'aws-load-balancer-controller kube-system/lbc', 'external-dns external-dns/external-dns', 'vpc-cni kube-system/aws-node',
    ]);
  });

  test('ask for one region and the account of the stack, not for all of them', () => {
    const [asked] = planPodIdentities([installation('a-logs', {
      identities: [{ namespace: 'n', serviceAccount: 's', purpose: 'p', statements: [{ actions: ['logs:PutLogEvents'], resources: ['arn:aws:logs:*:*:log-group:g:*', 'arn:aws:s3:::bucket'] }] }],
    })], { ...context, partition: 'aws-cn', region: 'cn-north-1' });
    expect(asked.statements[0].resources).toEqual(['arn:aws-cn:logs:cn-north-1:${AWS::AccountId}:log-group:g:*', 'arn:aws-cn:s3:::bucket']);
  });

  test('the block storage driver gets the policy that is bound to its own volumes', () => {
    const [ebs] = planPodIdentities([installation('aws-ebs-csi-driver', {
      identities: [{ namespace: 'kube-system', serviceAccount: 'ebs-csi-controller-sa', purpose: 'p', managedPolicies: ['service-role/AmazonEBSCSIDriverPolicy'] }],
    })], context);
    expect(ebs.managedPolicies).toEqual(['AmazonEBSCSIDriverPolicyV2']);
  });
});

test.each([['eu-west-1', 'aws'], ['cn-north-1', 'aws-cn'], ['us-gov-west-1', 'aws-us-gov']])('region %s is in partition %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});
