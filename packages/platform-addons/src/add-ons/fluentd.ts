import { Distribution, Problem, SecretSlot } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import { AddOnContext } from '../add-on-context';
import { CatalogueAddOn, CatalogueAddOnOptions } from '../catalogue-add-on';
import { Footprint } from '../footprint';
import { WorkloadKind } from '../footprint-workload';
import { fluentdFiles } from '../private/fluentd-configuration';
import { resources } from '../private/resources';
import { READ, rule } from '../private/rules';
import { CONFINED_ROOT } from '../private/security-contexts';
import { WorkloadIdentity } from '../workload-identity';
import { FluentdDestination } from './fluentd-destination';

const METRICS_PORT = 24231;
const RESOURCES = resources('100m', '256Mi', '512Mi');

/** Options of Fluentd. */
export interface FluentdProps extends CatalogueAddOnOptions {
  /**
   * Where the logs go.
   * @default - CloudWatch Logs on EKS; elsewhere Fluentd's own standard output, with a warning
   */
  readonly destination?: FluentdDestination;
}

/**
 * Fluentd: reads the logs of every container on every node and sends them on.
 *
 * It runs as root on every node and mounts `/var/log` of the node to read there and to remember how far it read, so
 * its namespace allows the Pod Security level privileged; the container has no capability and cannot gain one.
 */
export class Fluentd extends CatalogueAddOn {
  private readonly destination?: FluentdDestination;

  constructor(props: FluentdProps = {}) {
    super({ name: 'fluentd', options: props });
    this.destination = props.destination;
  }

  public footprint(context: AddOnContext): Footprint {
    return new Footprint({
      workloads: [{
        kind: WorkloadKind.DAEMON_SET,
        name: 'fluentd',
        serviceAccount: 'fluentd',
        hostPaths: [{ path: '/var/log' }],
        containers: [{ name: 'fluentd', ports: [{ name: 'metrics', port: METRICS_PORT }], securityContext: CONFINED_ROOT, ...RESOURCES }],
      }],
      accounts: [{ name: 'fluentd', clusterRules: [rule('', ['pods', 'namespaces'], READ)] }],
      flows: [
        Flow.dns({ reason: 'Fluentd resolves its destination' }),
        Flow.kubeApiServer({ reason: 'Fluentd looks up the pod of a log file' }),
        ...this.destinationOn(context).flows(context),
      ],
    });
  }

  public secretSlots(context: AddOnContext): SecretSlot[] {
    return this.destinationOn(context).secretSlots(this.namespaceOn(context));
  }

  public problems(context: AddOnContext): Problem[] {
    const destination = this.destinationOn(context);
    if (!destination.staysOnNode) return destination.problems;
    return [Problem.warning({
      code: 'LogsStayOnNode',
      path: 'destination',
      message: `Fluentd of cluster '${context.clusterName}' writes logs to its own standard output: they stay on the node and go with it`,
      allowed: 'FluentdDestination.cloudWatch, elasticsearch or forward',
      cure: 'name a destination',
    })];
  }

  protected valuesOn(context: AddOnContext): { [key: string]: any } {
    const destination = this.destinationOn(context);
    return {
      kind: 'DaemonSet',
      variant: destination.variant,
      serviceAccount: { create: true, name: 'fluentd' },
      podSecurityPolicy: { enabled: false },
      securityContext: CONFINED_ROOT,
      resources: RESOURCES,
      // control-plane nodes have logs as well
      tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }],
      // logs of containerd and CRI-O are below /var/log; nothing is in the folder of Docker
      mountDockerContainersDirectory: false,
      env: destination.environment,
      dashboards: { enabled: 'false' },
      fileConfigs: fluentdFiles({ namespace: this.namespaceOn(context), metricsPort: METRICS_PORT, output: destination.configuration(context) }),
    };
  }

  protected identities(context: AddOnContext): WorkloadIdentity[] {
    const statements = this.destinationOn(context).cloudStatements(context);
    if (statements.length === 0) return [];
    return [{ namespace: this.namespaceOn(context), serviceAccount: 'fluentd', purpose: `Fluentd sends logs to ${this.destinationOn(context).description}`, statements }];
  }

  private destinationOn(context: AddOnContext): FluentdDestination {
    if (this.destination) return this.destination;
    return context.profile.distribution === Distribution.EKS ? FluentdDestination.cloudWatch() : FluentdDestination.standardOutput();
  }
}
