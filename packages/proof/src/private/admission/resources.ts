import { Inventory } from '../inventory';
import { groupOf } from '../kinds';
import { isObject } from '../shape';

/** A resource with its kind. */
export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly kind: string;

  /** Whether its objects live in namespaces; nothing when nobody knows. */
  readonly namespaced: boolean | undefined;
}

/** What is known about a kind. */
interface KnownKind {
  readonly resource: string;
  readonly namespaced: boolean;

  /** The versions in which an API server serves it. */
  readonly versions: string[];
}

/** Kinds of Kubernetes 1.36 by group: those of namespaces, and behind a bar those of the cluster. From `kubectl api-resources`. */
const BUILT_IN: { readonly [group: string]: string } = {
  '': 'Binding ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret ServiceAccount Service'
    + '|ComponentStatus Namespace Node PersistentVolume',
  'admissionregistration.k8s.io': '|MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy'
    + ' ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
  'apiextensions.k8s.io': '|CustomResourceDefinition',
  'apiregistration.k8s.io': '|APIService',
  'apps': 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  'authentication.k8s.io': '|SelfSubjectReview TokenReview',
  'authorization.k8s.io': 'LocalSubjectAccessReview|SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
  'autoscaling': 'HorizontalPodAutoscaler',
  'batch': 'CronJob Job',
  'certificates.k8s.io': '|CertificateSigningRequest',
  'coordination.k8s.io': 'Lease',
  'discovery.k8s.io': 'EndpointSlice',
  'events.k8s.io': 'Event',
  'flowcontrol.apiserver.k8s.io': '|FlowSchema PriorityLevelConfiguration',
  'networking.k8s.io': 'Ingress NetworkPolicy|IngressClass IPAddress ServiceCIDR',
  'node.k8s.io': '|RuntimeClass',
  'policy': 'PodDisruptionBudget',
  'rbac.authorization.k8s.io': 'Role RoleBinding|ClusterRole ClusterRoleBinding',
  'resource.k8s.io': 'ResourceClaim ResourceClaimTemplate|DeviceClass ResourceSlice',
  'scheduling.k8s.io': '|PriorityClass',
  'storage.k8s.io': 'CSIStorageCapacity|CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass',
};

/** Kinds that are only written to a part of another kind's resource. */
const OF_SUBRESOURCES: { readonly [kind: string]: [group: string, kind: string] } = {
  'PodExecOptions.': ['', 'Pod'],
  'PodAttachOptions.': ['', 'Pod'],
  'PodPortForwardOptions.': ['', 'Pod'],
  'PodProxyOptions.': ['', 'Pod'],
  'Eviction.policy': ['', 'Pod'],
  'NodeProxyOptions.': ['', 'Node'],
  'ServiceProxyOptions.': ['', 'Service'],
  'TokenRequest.authentication.k8s.io': ['', 'ServiceAccount'],
};

/** The plural by which English names things, as generators of definitions make it. */
export function pluralOf(kind: string): string {
  const singular = kind.toLowerCase();
  if (/(?:s|x|z|ch|sh)$/.test(singular)) return singular === 'endpoints' ? singular : `${singular}es`;
  return /[^aeiou]y$/.test(singular) ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}

/** Which resource a kind is, by the built-in kinds and by the CustomResourceDefinitions of the manifests. */
export class Resources {
  /** Reads CustomResourceDefinitions; what is not one is left alone. */
  public static read(inventory: Inventory): Resources {
    const known = new Map<string, KnownKind>();
    for (const [group, kinds] of Object.entries(BUILT_IN)) {
      kinds.split('|').forEach((side, index) => side.split(' ').filter((kind) => kind !== '').forEach((kind) => {
        known.set(`${kind}.${group}`, { resource: pluralOf(kind), namespaced: index === 0, versions: group === 'autoscaling' ? ['v1', 'v2'] : ['v1'] });
      }));
    }
    for (const { object, kind, group } of inventory.others) {
      if (kind !== 'CustomResourceDefinition' || group !== 'apiextensions.k8s.io' || !isObject(object.spec) || !isObject(object.spec.names)) continue;
      const { group: own, names, scope, versions } = object.spec;
      if (typeof own !== 'string' || typeof names.kind !== 'string' || typeof names.plural !== 'string') continue;
      const listed = (Array.isArray(versions) ? versions : []).filter(isObject);
      const served = listed.filter((version) => version.served === true).map(({ name }) => String(name));
      known.set(`${names.kind}.${own}`, { resource: names.plural, namespaced: scope === 'Namespaced', versions: served });
    }
    return new Resources(known);
  }

  private readonly kindsByResource: Map<string, string>;

  private constructor(private readonly known: Map<string, KnownKind>) {
    this.kindsByResource = new Map([...known].map(([kind, { resource }]) => [`${resource}${kind.slice(kind.indexOf('.'))}`, kind.slice(0, kind.indexOf('.'))]));
  }

  /** The resource that objects of a kind are written to; nothing for kinds that are written to parts of several resources. */
  public ofKind(apiVersion: string, kind: string): Resource | undefined {
    const group = groupOf(apiVersion);
    const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
    if (kind === 'Scale' && group === 'autoscaling') return undefined;
    const written = `${kind}.${group}`;
    if (Object.hasOwn(OF_SUBRESOURCES, written)) {
      const [ownGroup, ownKind] = OF_SUBRESOURCES[written];
      return { ...this.ofKind(ownGroup === '' ? 'v1' : `${ownGroup}/v1`, ownKind)!, kind };
    }
    const known = this.known.get(written);
    return { group, version, resource: known?.resource ?? pluralOf(kind), kind, namespaced: known?.namespaced };
  }

  /** Whether objects of a resource live in namespaces; nothing when nobody knows. */
  public namespaced(group: string, resource: string): boolean | undefined {
    return this.known.get(`${this.kindsByResource.get(`${resource}.${group}`)}.${group}`)?.namespaced;
  }

  /** The same resource in other versions and groups, which hold the same objects. */
  public equivalents({ group, version, resource, kind }: Resource): Resource[] {
    const own = this.kindsByResource.get(`${resource}.${group}`);
    if (own === undefined) return [];
    const groups = own === 'Event' && (group === '' || group === 'events.k8s.io') ? ['', 'events.k8s.io'] : [group];
    return groups.flatMap((other) => {
      const { versions, namespaced } = this.known.get(`${own}.${other}`)!;
      return versions.map((served) => ({ group: other, version: served, resource, kind, namespaced }));
    }).filter((other) => other.group !== group || other.version !== version);
  }
}
