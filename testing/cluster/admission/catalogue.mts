// The admission catalogue on two kinds of ground, with the requests that it promises to refuse and to admit.
import { ClusterProfile, Cni, ExpectationKind, type AdmissionStatement, type Expectation } from '@viridial/core';
import { AdmissionExpectations, AdmissionPlatform, AdmissionPolicies } from '@viridial/security-policy';

/** A promise about one request. */
export interface Promised {
  /** Id of the policy that it is about. */
  readonly policy: string;
  readonly allowed: boolean;
  readonly statement: AdmissionStatement;
  readonly expectation: Expectation;
}

/** The catalogue for one network plugin. */
export interface Catalogue {
  readonly name: string;
  readonly policies: Record<string, any>[];
  readonly namespaces: Record<string, any>[];
  readonly promises: Promised[];
}

/** A namespace that no policy holds. */
export const FREE = 'nobody';

/** The catalogue for Calico and for Cilium: the other policies are the same, but namespaces are allowed different things. */
export function catalogues(version: string): Catalogue[] {
  const storageClasses = [{ name: 'fast', provisioner: 'csi.example.com', isDefault: true }, { name: 'slow', provisioner: 'csi.example.com' }];
  return [Cni.CALICO, Cni.CILIUM].map((cni) => {
    const props = {
      profile: ClusterProfile.kubeadm({ version, cni, storageClasses }),
      platform: AdmissionPlatform.argoCd().and(AdmissionPlatform.of({ groups: ['platform-engineers'] })),
      registries: ['registry.example.com'],
      priorityClasses: ['high'],
      trustedPodLabels: ['role'],
      gatewayApi: true,
      namespaces: [
        { name: `shop-${cni}`, tenant: 'shop', facts: { ingressHosts: ['*.shop.example.com'], loadBalancers: true } },
        { name: `blog-${cni}`, tenant: 'blog', facts: { registries: ['docker.io/library'], ingressHosts: ['blog.example.com'], priorityClasses: ['low'] } },
      ],
    };
    return {
      name: cni,
      policies: AdmissionPolicies.render(props),
      namespaces: [...AdmissionExpectations.namespaces(props), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: FREE } }],
      promises: promisesIn(AdmissionExpectations.of(props)),
    };
  });
}

/** What is promised about requests. */
export function promisesIn(expectations: readonly Expectation[]): Promised[] {
  return expectations.flatMap((expectation) => {
    const statement = expectation.admission;
    if (statement === undefined) return [];
    return [{ policy: `viridial-${statement.reason.split(':')[0]}`, allowed: expectation.kind === ExpectationKind.ADMITTED, statement, expectation }];
  });
}

/** Definitions of the kinds that no API server has by itself: anything is in their objects. */
export function definitionsFor(objects: readonly Record<string, any>[]): Record<string, any>[] {
  const own = /(^|\.)(cilium\.io|projectcalico\.org|gateway\.networking\.k8s\.io|policy\.networking\.k8s\.io)$/;
  const kinds = new Map(objects.map(({ apiVersion, kind }) => [`${apiVersion} ${kind}`, { group: apiVersion.split('/')[0] as string, version: apiVersion.split('/')[1] as string, kind: kind as string }]));
  return [...kinds.values()].filter(({ group }) => own.test(group)).map(({ group, version, kind }) => {
    const plural = `${kind.toLowerCase().replace(/(?<=[^aeiou])y$/, 'ie')}s`;
    const schema = { openAPIV3Schema: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } };
    return {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.${group}`, annotations: { 'api-approved.kubernetes.io': 'unapproved, for tests' } },
      spec: {
        group,
        scope: /^(Global|Cluster)|Clusterwide/.test(kind) ? 'Cluster' : 'Namespaced',
        names: { kind, plural, singular: kind.toLowerCase() },
        versions: [{ name: version, served: true, storage: true, schema }],
      },
    };
  });
}
