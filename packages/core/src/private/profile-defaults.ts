import { CommonProfileProps } from '../cluster-profile-props';
import { Cni } from '../cni';
import { Distribution } from '../distribution';
import { LoadBalancerKind } from '../load-balancer-kind';

/** What the props do not say, by distribution; see `CommonProfileProps`. */
export interface ProfileDefaults {
  readonly podCidrs: string[];
  readonly serviceCidrs: string[];
  readonly apiServerPort: number;
  readonly loadBalancer: LoadBalancerKind;
}

const DEFAULTS: { [distribution in Distribution]: ProfileDefaults } = {
  // https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/ has a default for Services only; the pods' is the one of its examples
  [Distribution.KUBEADM]: { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'], apiServerPort: 6443, loadBalancer: LoadBalancerKind.NONE },
  // https://docs.siderolabs.com/talos cluster.network
  [Distribution.TALOS]: { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'], apiServerPort: 6443, loadBalancer: LoadBalancerKind.NONE },
  // https://docs.k3s.io/cli/server --cluster-cidr, --service-cidr; its load balancer publishes node addresses only
  [Distribution.K3S]: { podCidrs: ['10.42.0.0/16'], serviceCidrs: ['10.43.0.0/16'], apiServerPort: 6443, loadBalancer: LoadBalancerKind.NONE },
  // https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html
  [Distribution.EKS]: { podCidrs: [], serviceCidrs: ['172.20.0.0/16'], apiServerPort: 443, loadBalancer: LoadBalancerKind.CLOUD },
  [Distribution.KAAS]: { podCidrs: [], serviceCidrs: [], apiServerPort: 6443, loadBalancer: LoadBalancerKind.CLOUD },
};

/** The defaults that hold for a cluster. */
export function defaultsOf(distribution: Distribution, cni: Cni, props: CommonProfileProps): ProfileDefaults {
  const defaults = DEFAULTS[distribution];
  return cni === Cni.VPC_CNI ? { ...defaults, podCidrs: props.nodeCidrs ?? [] } : defaults;
}
