import { ClusterProfile } from '@viridial/core';
import { AdmissionNamespace } from './admission-facts';
import { AdmissionPlatform } from './admission-platform';
import { AdmissionPolicy } from './admission-policy';

/** What is opened on purpose in every namespace that is held. Nothing is by default. */
export interface AdmissionOpenings {
  /**
   * Admits Services of type NodePort. Exposes the port on every node, to whoever reaches a node, past the ingress.
   * @default false
   */
  readonly nodePorts?: boolean;
  /**
   * Admits Services of type ExternalName. Exposes other namespaces: an ingress follows the name wherever it leads, with its
   * own network rights.
   * @default false
   */
  readonly externalNames?: boolean;
  /**
   * Admits load balancers without `loadBalancerSourceRanges`. Exposes them to everybody.
   * @default false
   */
  readonly loadBalancersForEverybody?: boolean;
  /**
   * Admits pods that ask for a node or tolerate the taints of control-plane nodes. Exposes the nodes that run the platform.
   * @default false
   */
  readonly choiceOfNodes?: boolean;
}

/** What the admission policies of a cluster are made of. */
export interface AdmissionProps {
  /** The cluster the policies are for. */
  readonly profile: ClusterProfile;
  /**
   * Who may change what the platform manages, besides the control plane and administrators: the GitOps engine above all.
   * @default - nobody else
   */
  readonly platform?: AdmissionPlatform;
  /**
   * The policies that are rendered.
   * @default AdmissionPolicy.all()
   */
  readonly policies?: AdmissionPolicy[];
  /**
   * The namespaces that promises are made about. The policies do not depend on them: they hold every namespace that has the
   * label `viridial.com/tenant`.
   * @default - none, and only what is refused everywhere is promised
   */
  readonly namespaces?: AdmissionNamespace[];
  /**
   * Where images may come from: a registry (`registry.example.com`), a part of it (`registry.example.com/team`), or one
   * repository (`docker.io/library/nginx`).
   * @default - nowhere: a namespace whose facts name no registry runs nothing
   */
  readonly registries?: string[];
  /**
   * Tags that are moved from one image to the next, and so say nothing about what runs.
   * @default ['latest']
   */
  readonly mutableTags?: string[];
  /**
   * Storage classes that claims may name.
   * @default - those of the profile
   */
  readonly storageClasses?: string[];
  /**
   * Priority classes that pods may name.
   * @default - none: pods have no class, or what the cluster gives to those without
   */
  readonly priorityClasses?: string[];
  /**
   * Labels that selectors of the platform trust on pods, beside those below `viridial.com/`: the `podLabels` and
   * `peerPodLabels` of flows.
   * @default - none
   */
  readonly trustedPodLabels?: string[];
  /**
   * Whether every pod has to run in a user namespace of its own (`hostUsers: false`), where root of the pod is nobody on
   * the node. Needs the feature USER_NAMESPACES of the profile.
   * @default false
   */
  readonly userNamespaces?: boolean;
  /**
   * Whether promises are made about routes of the Gateway API, whose definitions are then in the cluster. The policy holds
   * them in any case.
   * @default false
   */
  readonly gatewayApi?: boolean;
  /**
   * Whether pods and workloads get what the policies ask for where they say nothing: `imagePullPolicy: Always` and no token
   * of the default service account. Needs the feature MUTATING_ADMISSION_POLICY of the profile.
   * @default false
   */
  readonly mutate?: boolean;
  /**
   * What is opened on purpose.
   * @default - nothing
   */
  readonly openings?: AdmissionOpenings;
}
