import { ClusterProfile, Cni, KubernetesName, Labels, Problems } from '@viridial/core';
import { Flow } from './flow';
import { FlowKind } from './flow-kind';
import { BlocksTogether } from './private/blocks-together';
import { collectCiliumLimits } from './private/cilium-limits';
import { clusterRanges } from './private/cluster-ranges';
import { collectFlowNames } from './private/flow-names';
import { rulesOf } from './private/flow-rules';
import { collectMetadata } from './private/metadata';
import { defaultDeny, PolicyGroups } from './private/policy-objects';
import { PlacedRule } from './private/rule';
import { collectVpcCniLimits } from './private/vpc-cni';

/** The network policies of one namespace. */
export interface NetworkPolicyProps {
  /** The namespace that is closed, and opened again for the flows. */
  readonly namespace: string;
  /** Who may talk to whom. Their order does not matter; an empty list leaves the namespace closed, DNS included. */
  readonly flows: Flow[];
  /** The cluster the policies are for. */
  readonly profile: ClusterProfile;
  /**
   * Labels of the rendered objects, besides `app.kubernetes.io/managed-by` and `viridial.com/managed`.
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}

/**
 * Writes flows as NetworkPolicy v1 and, for a cluster with Cilium, what that has no words for as CiliumNetworkPolicy.
 * Both only ever add, so the namespace is closed in both directions first and each flow opens what it names; a flow that
 * the cluster's CNI cannot keep is an error and never left out.
 */
export class NetworkPolicies {
  /**
   * Renders the policies of a namespace: `default-deny` first, then the `allow-…` of each flow, by name; a CiliumNetworkPolicy
   * has the name of the NetworkPolicy that it stands beside.
   * @param props what is rendered
   * @throws InvalidInputError with every flow that is wrong or that the profile cannot express
   */
  public static render(props: NetworkPolicyProps): any[] {
    const problems = new Problems();
    const policies = NetworkPolicies.collect(problems, 'flows', props);
    problems.throwIfErrors(`the network policies of namespace ${props.namespace}`);
    return policies;
  }

  /**
   * Renders like `render`, but adds what is wrong, and what is merely unwise, to `problems`.
   * @param problems where problems are collected
   * @param path property path of the flows, for the paths of the problems
   * @param props what is rendered
   * @returns the policies; only to be used when no error was added
   */
  public static collect(problems: Problems, path: string, props: NetworkPolicyProps): any[] {
    KubernetesName.collectDnsLabel(problems, 'namespace', props.namespace, 'namespace name');
    const ranges = clusterRanges(props.profile);
    const together = new BlocksTogether(props.flows);
    const groups = new PolicyGroups(problems);
    const placed: PlacedRule[] = [];
    props.flows.forEach((flow, index) => {
      const at = `${path}[${index}]`;
      collectFlowNames(problems, at, flow);
      const rules = rulesOf({ flow, profile: props.profile, problems, path: at, together }, ranges);
      placed.push(...rules.map((rule) => ({ ...rule, path: at })));
      if (rules.length > 0) groups.add(at, flow, rules);
    });
    if (props.profile.cni === Cni.VPC_CNI) collectVpcCniLimits(problems, placed);
    if (props.profile.cni === Cni.CILIUM) collectCiliumLimits(problems, props.profile, placed);
    if (props.flows.some((flow) => flow.kind === FlowKind.METADATA_DENY)) collectMetadata(problems, placed);
    const metadata = {
      namespace: props.namespace,
      labels: { ...props.labels, [Labels.MANAGED_BY]: Labels.MANAGED_BY_VALUE, [Labels.MANAGED]: 'true' },
    };
    return [defaultDeny(metadata), ...groups.objects(metadata)];
  }

  private constructor() {}
}
