import { ClusterAddOn, ClusterInfo } from '@aws-quickstart/eks-blueprints';
import { Installation } from '@viridial/platform-addons';
import { Duration } from 'aws-cdk-lib';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import { Cluster, HelmChart, KubernetesManifest } from 'aws-cdk-lib/aws-eks-v2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct, IDependable } from 'constructs';

/** The function that runs Helm ends after 15 minutes, and must still be able to say that it failed. */
const LONGEST_WAIT = Duration.minutes(13);

/** A chart that is installed with the cluster. */
export interface ChartAddOnProps {
  /** Chart, version, namespace and values. */
  readonly installation: Installation;
  /** Values that only the deployment knows, merged over those of the installation. */
  readonly values?: { [key: string]: any };
  /** Plain objects that must exist before the chart. */
  readonly before?: any[];
  /** Plain objects that need the chart's definitions. */
  readonly after?: any[];
  /** What else must exist before those. */
  readonly afterNeeds?: IDependable;
  /** Roles by the name of the service account that gets them. */
  readonly roles?: { [serviceAccount: string]: IRole };
}

/**
 * Installs a chart with the cluster, synchronously: what the blueprint does later is lost when nobody waits for it. The
 * blueprint copies every add-on deeply, so that this one keeps what it needs out of its sight.
 */
export function chartAddOn({ installation, values = {}, before = [], after = [], afterNeeds, roles = {} }: ChartAddOnProps): ClusterAddOn {
  const deploy = (clusterInfo: ClusterInfo) => {
    const cluster = clusterInfo.clusterv2 as Cluster;
    const scope = new Construct(cluster.stack, `Chart-${installation.name}`);
    const chart = new HelmChart(scope, 'Release', {
      cluster,
      release: installation.name,
      chart: installation.chart,
      repository: installation.repository,
      version: installation.version,
      namespace: installation.namespace,
      createNamespace: false,
      values: { ...installation.values, ...values },
      wait: true,
      timeout: LONGEST_WAIT,
    });
    for (const group of clusterInfo.nodeGroups ?? []) chart.node.addDependency(group.node.defaultChild!);
    for (const [serviceAccount, role] of Object.entries(roles)) {
      chart.node.addDependency(new CfnPodIdentityAssociation(scope, `Identity-${serviceAccount}`, {
        clusterName: cluster.clusterName, namespace: installation.namespace, serviceAccount, roleArn: role.roleArn,
      }));
    }
    if (before.length) chart.node.addDependency(new KubernetesManifest(scope, 'Before', { cluster, manifest: before, prune: false, overwrite: true }));
    if (after.length === 0) return;
    const last = new KubernetesManifest(scope, 'After', { cluster, manifest: after, prune: false, overwrite: true });
    last.node.addDependency(chart, ...afterNeeds ? [afterNeeds] : []);
  };
  return { id: installation.name, deploy };
}
