import { ChartRelease } from '../chart-release';
import { PodSecurityLevel } from '../pod-security-level';

/**
 * The charts, one entry each. Versions, ranges and names of definitions were read in each chart's own repository, at
 * the release commit whose day is `readOn`; what its Chart.yaml does not say is left out.
 */
export const CHART_RELEASES: ChartRelease[] = [
  {
    name: 'argo-cd',
    chart: 'argo-cd',
    repository: 'https://argoproj.github.io/argo-helm',
    // renovate: datasource=helm depName=argo-cd registryUrl=https://argoproj.github.io/argo-helm
    version: '10.1.1',
    appVersion: 'v3.4.4',
    namespace: 'argocd',
    crds: ['applications.argoproj.io', 'applicationsets.argoproj.io', 'appprojects.argoproj.io'],
    podSecurityLevel: PodSecurityLevel.RESTRICTED,
    kubernetesRange: '>=1.25.0-0',
    readOn: '2026-07-02',
  },
  {
    name: 'aws-ebs-csi-driver',
    chart: 'aws-ebs-csi-driver',
    repository: 'https://kubernetes-sigs.github.io/aws-ebs-csi-driver',
    // renovate: datasource=helm depName=aws-ebs-csi-driver registryUrl=https://kubernetes-sigs.github.io/aws-ebs-csi-driver
    version: '2.64.0',
    appVersion: '1.64.0',
    namespace: 'kube-system',
    crds: [],
    // the node pods mount volumes for others: host paths and privileged containers
    podSecurityLevel: PodSecurityLevel.PRIVILEGED,
    kubernetesRange: '>=1.17.0-0',
    readOn: '2026-08-18',
  },
  {
    name: 'aws-efs-csi-driver',
    chart: 'aws-efs-csi-driver',
    repository: 'https://kubernetes-sigs.github.io/aws-efs-csi-driver',
    // renovate: datasource=helm depName=aws-efs-csi-driver registryUrl=https://kubernetes-sigs.github.io/aws-efs-csi-driver
    version: '4.4.1',
    appVersion: '3.4.1',
    namespace: 'kube-system',
    crds: [],
    // the node pods mount volumes for others: host paths and privileged containers
    podSecurityLevel: PodSecurityLevel.PRIVILEGED,
    kubernetesRange: '>=1.17.0-0',
    readOn: '2026-07-23',
  },
  {
    name: 'aws-load-balancer-controller',
    chart: 'aws-load-balancer-controller',
    repository: 'https://aws.github.io/eks-charts',
    // renovate: datasource=helm depName=aws-load-balancer-controller registryUrl=https://aws.github.io/eks-charts
    version: '3.5.0',
    appVersion: 'v3.5.0',
    namespace: 'kube-system',
    crds: [
      'albtargetcontrolconfigs.elbv2.k8s.aws',
      'globalaccelerators.aga.k8s.aws',
      'ingressclassparams.elbv2.k8s.aws',
      'listenerruleconfigurations.gateway.k8s.aws',
      'loadbalancerconfigurations.gateway.k8s.aws',
      'targetgroupbindings.elbv2.k8s.aws',
      'targetgroupconfigurations.gateway.k8s.aws',
    ],
    // its default security context drops no capabilities
    podSecurityLevel: PodSecurityLevel.BASELINE,
    readOn: '2026-08-03',
  },
  {
    name: 'cert-manager',
    chart: 'cert-manager',
    repository: 'https://charts.jetstack.io',
    // renovate: datasource=helm depName=cert-manager registryUrl=https://charts.jetstack.io
    version: 'v1.21.1',
    appVersion: 'v1.21.1',
    namespace: 'cert-manager',
    crds: [
      'certificaterequests.cert-manager.io',
      'certificates.cert-manager.io',
      'challenges.acme.cert-manager.io',
      'clusterissuers.cert-manager.io',
      'issuers.cert-manager.io',
      'orders.acme.cert-manager.io',
    ],
    podSecurityLevel: PodSecurityLevel.RESTRICTED,
    kubernetesRange: '>=1.22.0-0',
    readOn: '2026-07-29',
  },
  {
    name: 'external-dns',
    chart: 'external-dns',
    repository: 'https://kubernetes-sigs.github.io/external-dns',
    // renovate: datasource=helm depName=external-dns registryUrl=https://kubernetes-sigs.github.io/external-dns
    version: '1.21.1',
    appVersion: '0.21.0',
    namespace: 'external-dns',
    crds: ['dnsendpoints.externaldns.k8s.io'],
    podSecurityLevel: PodSecurityLevel.RESTRICTED,
    readOn: '2026-04-30',
  },
  {
    name: 'fluentd',
    chart: 'fluentd',
    repository: 'https://fluent.github.io/helm-charts',
    // renovate: datasource=helm depName=fluentd registryUrl=https://fluent.github.io/helm-charts
    version: '0.6.0',
    appVersion: '1.19.3',
    namespace: 'logging',
    crds: [],
    // reads the log files of the node through a host path
    podSecurityLevel: PodSecurityLevel.PRIVILEGED,
    readOn: '2026-08-14',
  },
  {
    name: 'jaeger',
    chart: 'jaeger',
    repository: 'https://jaegertracing.github.io/helm-charts',
    // renovate: datasource=helm depName=jaeger registryUrl=https://jaegertracing.github.io/helm-charts
    version: '4.11.1',
    appVersion: '2.19.0',
    namespace: 'observability',
    crds: [],
    // its default security context drops no capabilities and sets no seccomp profile
    podSecurityLevel: PodSecurityLevel.BASELINE,
    kubernetesRange: '>= 1.21-0',
    readOn: '2026-06-14',
  },
  {
    name: 'kube-prometheus-stack',
    chart: 'kube-prometheus-stack',
    repository: 'https://prometheus-community.github.io/helm-charts',
    // renovate: datasource=helm depName=kube-prometheus-stack registryUrl=https://prometheus-community.github.io/helm-charts
    version: '88.5.3',
    appVersion: 'v0.93.1',
    namespace: 'monitoring',
    crds: [
      'alertmanagerconfigs.monitoring.coreos.com',
      'alertmanagers.monitoring.coreos.com',
      'podmonitors.monitoring.coreos.com',
      'probes.monitoring.coreos.com',
      'prometheusagents.monitoring.coreos.com',
      'prometheuses.monitoring.coreos.com',
      'prometheusrules.monitoring.coreos.com',
      'scrapeconfigs.monitoring.coreos.com',
      'servicemonitors.monitoring.coreos.com',
      'thanosrulers.monitoring.coreos.com',
    ],
    // the node exporter shares the network and the process table of its node
    podSecurityLevel: PodSecurityLevel.PRIVILEGED,
    kubernetesRange: '>=1.25.0-0',
    readOn: '2026-08-21',
  },
  {
    name: 'metrics-server',
    chart: 'metrics-server',
    repository: 'https://kubernetes-sigs.github.io/metrics-server',
    // renovate: datasource=helm depName=metrics-server registryUrl=https://kubernetes-sigs.github.io/metrics-server
    version: '3.13.1',
    appVersion: '0.8.1',
    namespace: 'kube-system',
    crds: [],
    podSecurityLevel: PodSecurityLevel.RESTRICTED,
    readOn: '2026-06-11',
  },
];
