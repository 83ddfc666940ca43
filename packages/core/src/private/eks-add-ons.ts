/**
 * Versions of Amazon's managed add-ons, by minor version of Kubernetes, then by add-on.
 *
 * AWS publishes them through `aws eks describe-addon-versions` only, so each set is one that somebody runs on that
 * minor version and wrote down in public (read on 2026-11-21):
 *
 * - 1.34: the versions that a release of the `ore-heaphound` deployment module locks and validates for exactly 1.34;
 * - 1.35: the cluster settings of `devopscoop/project1-dev`, filled by a script from `describe-addon-versions`;
 * - 1.36: what a cluster of 2026-09 resolved to (vpc-cni, coredns, kube-proxy, eks-pod-identity-agent), the EBS driver
 *   of another 1.36 cluster, and the EFS driver of a third one (`created_at` 2026-07-17).
 *
 * 1.37 is left out: no add-on version for it was found.
 */
export const EKS_ADD_ONS: { [minor: string]: { [name: string]: string } } = {
  1.34: {
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.34","addonName":"aws-ebs-csi-driver"}
    'aws-ebs-csi-driver': 'v1.63.0-eksbuild.1',
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.34","addonName":"aws-efs-csi-driver"}
    'aws-efs-csi-driver': 'v3.4.0-eksbuild.1',
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.34","addonName":"coredns"}
    'coredns': 'v1.13.2-eksbuild.11',
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.34","addonName":"eks-pod-identity-agent"}
    'eks-pod-identity-agent': 'v1.3.10-eksbuild.3',
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.34","addonName":"kube-proxy"}
    'kube-proxy': 'v1.34.6-eksbuild.17',
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.34","addonName":"vpc-cni"}
    'vpc-cni': 'v1.22.4-eksbuild.3',
  },
  1.35: {
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.35","addonName":"aws-ebs-csi-driver"}
    'aws-ebs-csi-driver': 'v1.63.1-eksbuild.1',
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.35","addonName":"aws-efs-csi-driver"}
    'aws-efs-csi-driver': 'v3.4.1-eksbuild.1',
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.35","addonName":"coredns"}
    'coredns': 'v1.14.3-eksbuild.3',
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.35","addonName":"eks-pod-identity-agent"}
    'eks-pod-identity-agent': 'v1.4.0-eksbuild.1',
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.35","addonName":"kube-proxy"}
    'kube-proxy': 'v1.35.3-eksbuild.18',
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.35","addonName":"vpc-cni"}
    'vpc-cni': 'v1.23.0-eksbuild.1',
  },
  1.36: {
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.36","addonName":"aws-ebs-csi-driver"}
    'aws-ebs-csi-driver': 'v1.63.1-eksbuild.1',
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.36","addonName":"aws-efs-csi-driver"}
    'aws-efs-csi-driver': 'v3.3.0-eksbuild.1',
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.36","addonName":"coredns"}
    'coredns': 'v1.14.3-eksbuild.16',
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.36","addonName":"eks-pod-identity-agent"}
    'eks-pod-identity-agent': 'v1.3.10-eksbuild.3',
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.36","addonName":"kube-proxy"}
    'kube-proxy': 'v1.36.0-eksbuild.21',
    // renovate: datasource=aws-eks-addon packageName={"kubernetesVersion":"1.36","addonName":"vpc-cni"}
    'vpc-cni': 'v1.22.4-eksbuild.3',
  },
};
