import { Labels, Problem } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import { AddOnContext } from '../add-on-context';
import { CatalogueAddOn, CatalogueAddOnOptions } from '../catalogue-add-on';
import { Footprint } from '../footprint';
import { WorkloadKind } from '../footprint-workload';
import { resources } from '../private/resources';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../private/security-contexts';

const RESOURCES = resources('100m', '256Mi', '2Gi');
const POD = { ...RESTRICTED_POD, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001 };
const OTLP_GRPC = 4317;
const OTLP_HTTP = 4318;
const USER_INTERFACE = 16686;

/** Options of Jaeger. */
export interface JaegerProps extends CatalogueAddOnOptions {
  /**
   * Number of traces kept in memory; the oldest go first. About 10 kB a trace, within the memory limit of 2 GiB.
   * @default 100000
   */
  readonly maxTraces?: number;
}

/**
 * Jaeger 2: takes traces over OTLP (4317 gRPC, 4318 HTTP) and shows them. One pod that keeps traces in memory; a
 * store that outlives the pod is a `userconfig` in `values`.
 */
export class Jaeger extends CatalogueAddOn {
  private readonly maxTraces: number;
  private readonly ownConfiguration: boolean;

  constructor(props: JaegerProps = {}) {
    super({ name: 'jaeger', options: props });
    this.maxTraces = props.maxTraces ?? 100000;
    this.ownConfiguration = props.values?.userconfig !== undefined;
  }

  public footprint(context: AddOnContext): Footprint {
    return new Footprint({
      workloads: [{
        kind: WorkloadKind.DEPLOYMENT,
        name: 'jaeger',
        serviceAccount: 'jaeger',
        securityContext: POD,
        containers: [{
          name: 'jaeger',
          ports: [OTLP_GRPC, OTLP_HTTP, USER_INTERFACE, 16685, 8888, 13133].map((port) => ({ port })),
          securityContext: RESTRICTED_CONTAINER,
          ...RESOURCES,
        }],
      }],
      accounts: [{ name: 'jaeger' }],
      flows: [
        Flow.dns({ reason: 'Jaeger resolves its own name' }),
        ...context.profile.ingress ? [Flow.ingressIn({
          name: 'ingress-to-jaeger', ports: [{ port: USER_INTERFACE }], podLabels: { 'app.kubernetes.io/name': 'jaeger' }, reason: 'people look at traces',
        })] : [],
      ],
    });
  }

  public problems(context: AddOnContext): Problem[] {
    const problems: Problem[] = [];
    if (!Number.isInteger(this.maxTraces) || this.maxTraces < 1) {
      problems.push(Problem.error({
        code: 'InvalidTraceCount',
        path: 'maxTraces',
        message: `maxTraces ${this.maxTraces} is not a number of traces`,
        value: this.maxTraces,
        allowed: 'a whole number from 1 on',
      }));
    }
    if (!this.ownConfiguration) {
      problems.push(Problem.warning({
        code: 'TracesInMemory',
        path: 'maxTraces',
        message: `Jaeger of cluster '${context.clusterName}' keeps its last ${this.maxTraces} traces in memory and loses them with its pod`,
        cure: 'configure a store in values.userconfig (https://www.jaegertracing.io/docs/latest/storage/) where traces must outlive the pod',
      }));
    }
    return problems;
  }

  protected valuesOn(context: AddOnContext): { [key: string]: any } {
    return {
      commonLabels: { [Labels.PLATFORM]: context.platformName },
      userconfig: this.configuration(),
      jaeger: {
        replicas: 1,
        resources: RESOURCES,
        podSecurityContext: POD,
        securityContext: RESTRICTED_CONTAINER,
        // Jaeger never calls the API server
        serviceAccount: { automountServiceAccountToken: false },
      },
    };
  }

  /** The image's own configuration listens on localhost, where no Service reaches it, so the whole of it is written. */
  private configuration(): { [key: string]: any } {
    return {
      service: {
        extensions: ['jaeger_storage', 'jaeger_query', 'healthcheckv2'],
        pipelines: { traces: { receivers: ['otlp'], processors: ['batch'], exporters: ['jaeger_storage_exporter'] } },
        telemetry: {
          metrics: { level: 'detailed', readers: [{ pull: { exporter: { prometheus: { host: '0.0.0.0', port: 8888 } } } }] },
        },
      },
      extensions: {
        healthcheckv2: { use_v2: true, http: { endpoint: '0.0.0.0:13133' } },
        jaeger_query: { storage: { traces: 'memory' } },
        jaeger_storage: { backends: { memory: { memory: { max_traces: this.maxTraces } } } },
      },
      receivers: {
        otlp: { protocols: { grpc: { endpoint: `0.0.0.0:${OTLP_GRPC}` }, http: { endpoint: `0.0.0.0:${OTLP_HTTP}` } } },
      },
      processors: { batch: {} },
      exporters: { jaeger_storage_exporter: { trace_storage: 'memory' } },
    };
  }
}
