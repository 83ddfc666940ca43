import { ClusterProfile, Cni, ExpectationKind } from '@viridial/core';
import { Proof } from '@viridial/proof';
import { AdmissionExpectations, AdmissionPlatform, AdmissionPolicies, AdmissionPolicy, AdmissionProps } from '@viridial/security-policy';

const common = { version: '1.36', nodeCidrs: ['192.168.10.0/24'], apiServerCidrs: ['192.168.10.11/32'], storageClasses: [{ name: 'standard', provisioner: 'csi.example.com' }] };

const CASES: { readonly [name: string]: AdmissionProps } = {
  'Calico with ClusterNetworkPolicy': {
    profile: ClusterProfile.kubeadm({ ...common, cni: Cni.CALICO, cniVersion: '3.32.1' }),
    registries: ['registry.example.com'],
    platform: AdmissionPlatform.argoCd(),
    namespaces: [
      { name: 'shop-staging', tenant: 'shop', facts: { ingressHosts: ['shop.example.com', '*.shop.example.com'], loadBalancers: true } },
      { name: 'pay-staging', tenant: 'pay' },
    ],
  },
  'Cilium with gateways and user namespaces': {
    profile: ClusterProfile.kubeadm({ ...common, cni: Cni.CILIUM, cniVersion: '1.18.0' }),
    registries: ['docker.io/library/nginx', 'registry.example.com:5000/team'],
    trustedPodLabels: ['app.kubernetes.io/name'],
    gatewayApi: true,
    userNamespaces: true,
    platform: AdmissionPlatform.of({ groups: ['platform-team'] }),
    namespaces: [{ name: 'doc-staging', tenant: 'doc', facts: { ingressHosts: ['*.viridial.com'], storageClasses: ['standard'] } }],
  },
};

const judged = (props: AdmissionProps, policies: any[]) =>
  Proof.of([...AdmissionExpectations.namespaces(props), ...policies], { profile: props.profile, expectations: AdmissionExpectations.of(props) }).report()
    .findings.filter(({ ruleId }) => /^(Admission|Expression|Policy|Binding|Params|Failure|Malformed)/.test(ruleId));

describe.each(Object.entries(CASES))('the catalogue of admission policies for %s, judged by proof,', (_, props) => {
  test('keeps every promise, compiles, and has nothing that only looks like protection', () => {
    expect(judged(props, AdmissionPolicies.render(props))).toEqual([]);
  });

  test('has no policy without which all promises would be kept', () => {
    const expected = new Set(AdmissionExpectations.of(props).filter(({ kind }) => kind === ExpectationKind.REFUSED).map(({ reason }) => reason.split(':')[0]));
    for (const policy of AdmissionPolicy.all().filter(({ id }) => expected.has(id))) {
      const rest = AdmissionPolicies.render({ ...props, policies: AdmissionPolicy.all().filter(({ id }) => id !== policy.id) });
      expect([policy.id, judged(props, rest).map(({ ruleId }) => ruleId)]).toEqual([policy.id, expect.arrayContaining(['AdmissionOpen'])]);
    }
  });

  test.each([
    ['only warns', (object: any) => { if (object.kind.endsWith('Binding')) object.spec.validationActions = ['Warn']; }],
    ['only audits', (object: any) => { if (object.kind.endsWith('Binding')) object.spec.validationActions = ['Audit']; }],
  ])('that %s is found by its bindings', (__, weaken) => {
    const policies = AdmissionPolicies.render(props).map((object) => structuredClone(object));
    policies.forEach(weaken);
    const found = judged(props, policies);
    const open = new Set(found.filter(({ ruleId }) => ruleId === 'AdmissionOpen').map(({ object }) => object));
    expect(open.size).toBeGreaterThan(10);
    expect([...open].filter((object) => !object.startsWith('ValidatingAdmissionPolicyBinding'))).toEqual([]);
  });
});
