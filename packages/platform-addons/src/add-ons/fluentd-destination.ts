import { KubernetesName, Problem, SecretSlot } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import { AddOnContext } from '../add-on-context';
import { hostFlow, identityFlows } from '../private/ground-flows';
import { CloudStatement } from '../workload-identity';

/** Logs at Amazon CloudWatch. */
export interface CloudWatchDestinationProps {
  /**
   * Log group, made when it is missing.
   * @default - `/aws/eks/<cluster>/containers`
   */
  readonly logGroup?: string;
  /**
   * Days that a log line is kept; one of the numbers that CloudWatch knows.
   * @default 30
   */
  readonly retentionDays?: number;
  /**
   * Addresses of an interface endpoint of the VPC for CloudWatch Logs, as CIDRs.
   * @default - logs go to the public address of CloudWatch
   */
  readonly endpointCidrs?: string[];
}

/** Logs at Elasticsearch. */
export interface ElasticsearchDestinationProps {
  /** Host name. */
  readonly host: string;
  /**
   * Port.
   * @default 9200
   */
  readonly port?: number;
  /**
   * User that may write to the index; its password is a secret slot.
   * @default - no authentication
   */
  readonly user?: string;
  /**
   * Whether the connection is plain HTTP. Exposes every log line, and the password, to the network between.
   * @default false
   */
  readonly plainHttp?: boolean;
}

/** Logs at another Fluentd or Fluent Bit. */
export interface ForwardDestinationProps {
  /** Host name. */
  readonly host: string;
  /**
   * Port.
   * @default 24224
   */
  readonly port?: number;
  /**
   * Whether the connection is without TLS. Exposes every log line to the network between.
   * @default false
   */
  readonly plainText?: boolean;
}

const PASSWORD = { name: 'fluentd-elasticsearch', key: 'password' };

/** Days that CloudWatch Logs can keep a line (API reference of PutRetentionPolicy). */
const RETENTIONS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** Where Fluentd sends the logs of containers. */
export class FluentdDestination {
  /**
   * CloudWatch Logs, with the identity of the pod and without keys. For EKS.
   * @param props the log group
   */
  public static cloudWatch(props: CloudWatchDestinationProps = {}): FluentdDestination {
    const days = props.retentionDays ?? 30;
    const group = (context: AddOnContext) => props.logGroup ?? `/aws/eks/${context.clusterName}/containers`;
    return new FluentdDestination('CloudWatch Logs', 'cloudwatch', (context) => [
      '@type cloudwatch_logs',
      'region "#{ENV[\'AWS_REGION\']}"',
      `log_group_name ${group(context)}`,
      'use_tag_as_stream true',
      'auto_create_stream true',
      `retention_in_days ${days}`,
      'remove_retention_in_days_key true',
    ], {
      statements: (context) => [
        {
          actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents', 'logs:PutRetentionPolicy'],
          resources: [`arn:aws:logs:*:*:log-group:${group(context)}`, `arn:aws:logs:*:*:log-group:${group(context)}:*`],
        },
        // listing by a prefix is judged against all groups
        { actions: ['logs:DescribeLogGroups'], resources: ['arn:aws:logs:*:*:log-group:*'] },
      ],
      flows: (context) => [
        ...identityFlows(context),
        Flow.internet({ ports: [{ port: 443 }], reason: 'Fluentd sends logs to CloudWatch' }),
        ...(props.endpointCidrs ?? []).map((cidr) => Flow.cidrOut({
          cidr, ports: [{ port: 443 }], reason: 'Fluentd sends logs to CloudWatch over an endpoint of the VPC',
        })),
      ],
      problems: RETENTIONS.includes(days) ? [] : [Problem.error({
        code: 'InvalidRetention',
        path: 'destination.retentionDays',
        message: `CloudWatch cannot keep log lines for ${days} days`,
        value: days,
        allowed: RETENTIONS.join(', '),
      })],
    });
  }

  /**
   * Elasticsearch 8, over HTTPS.
   * @param props the host
   */
  public static elasticsearch(props: ElasticsearchDestinationProps): FluentdDestination {
    return new FluentdDestination(`Elasticsearch at ${props.host}`, 'elasticsearch8', () => [
      '@type elasticsearch',
      `host "${props.host}"`,
      `port ${props.port ?? 9200}`,
      `scheme ${props.plainHttp ? 'http' : 'https'}`,
      ...(props.user ? [`user "${props.user}"`, 'password "#{ENV[\'ELASTICSEARCH_PASSWORD\']}"'] : []),
      'logstash_format true',
      'verify_es_version_at_startup false',
    ], {
      problems: hostProblems(props.host),
      flows: () => [hostFlow(props.host, props.port ?? 9200, 'Fluentd sends logs to Elasticsearch')],
      ...(props.user ? {
        slot: {
          keys: [PASSWORD.key],
          name: PASSWORD.name,
          purpose: `Fluentd writes logs to Elasticsearch as ${props.user}`,
          rights: 'create documents and indices of the log pattern, no read',
          environment: 'ELASTICSEARCH_PASSWORD',
        },
      } : {}),
    });
  }

  /**
   * Another Fluentd or Fluent Bit, over TLS.
   * @param props the host
   */
  public static forward(props: ForwardDestinationProps): FluentdDestination {
    return new FluentdDestination(`Fluentd at ${props.host}`, 'elasticsearch8', () => [
      '@type forward',
      ...(props.plainText ? [] : ['transport tls']),
      '<server>',
      `  host ${props.host}`,
      `  port ${props.port ?? 24224}`,
      '</server>',
    ], {
      problems: hostProblems(props.host),
      flows: () => [hostFlow(props.host, props.port ?? 24224, 'Fluentd sends logs to another Fluentd')],
    });
  }

  /** The log of Fluentd itself: the lines stay on the node and go with its files. For trying. */
  public static standardOutput(): FluentdDestination {
    return new FluentdDestination('the standard output of Fluentd', 'elasticsearch8', () => ['@type stdout'], {}, true);
  }

  /** Where the logs go, in words. */
  public readonly description: string;
  /** Variant of the image, which decides the plugins in it. */
  public readonly variant: string;
  /** Whether the lines never leave the node. */
  public readonly staysOnNode: boolean;
  private readonly output: (context: AddOnContext) => string[];
  private readonly access: Access;

  private constructor(description: string, variant: string, output: (context: AddOnContext) => string[], access: Access, staysOnNode = false) {
    this.description = description;
    this.variant = variant;
    this.output = output;
    this.access = access;
    this.staysOnNode = staysOnNode;
  }

  /**
   * The lines of the output section of Fluentd's configuration.
   * @param context the cluster
   */
  public configuration(context: AddOnContext): string[] {
    return this.output(context);
  }

  /**
   * Secrets that the destination needs.
   * @param namespace namespace of Fluentd
   */
  public secretSlots(namespace: string): SecretSlot[] {
    const slot = this.access.slot;
    return slot ? [new SecretSlot({ name: slot.name, namespace, keys: slot.keys, purpose: slot.purpose, rights: slot.rights })] : [];
  }

  /** Environment variables of the container that refer to those secrets, as Kubernetes writes them. */
  public get environment(): any[] {
    const slot = this.access.slot;
    return slot ? [{ name: slot.environment, valueFrom: { secretKeyRef: { name: slot.name, key: slot.keys[0] } } }] : [];
  }

  /**
   * Egress that the destination needs.
   * @param context the cluster
   */
  public flows(context: AddOnContext): Flow[] {
    return this.access.flows?.(context) ?? [];
  }

  /** What is wrong with the destination. */
  public get problems(): Problem[] {
    return [...this.access.problems ?? []];
  }

  /**
   * Rights at the cloud provider that the destination needs.
   * @param context the cluster
   */
  public cloudStatements(context: AddOnContext): CloudStatement[] {
    return this.access.statements?.(context) ?? [];
  }
}

/** How a destination lets Fluentd in. */
interface Access {
  readonly problems?: Problem[];
  readonly flows?: (context: AddOnContext) => Flow[];
  readonly statements?: (context: AddOnContext) => CloudStatement[];
  readonly slot?: { readonly name: string; readonly keys: string[]; readonly purpose: string; readonly rights: string; readonly environment: string };
}

/** A host is written into a configuration file as it is, so it must be a host and nothing else. */
function hostProblems(host: string): Problem[] {
  if (KubernetesName.isDnsSubdomain(host)) return [];
  return [Problem.error({
    code: 'InvalidHost',
    path: 'destination.host',
    message: `'${host}' is not a host`,
    value: host,
    allowed: 'a host name or an IPv4 address',
  })];
}
