import { ClusterProfile, InvalidInputError, Problem } from '@viridial/core';
import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { RenderedTenancy } from './rendered-tenancy';
import { Tenancy } from './tenancy';
import { TenancyAdmission } from './tenancy-admission';

/** What a chart of a tenancy is made of. */
export interface TenancyChartProps {
  /** The tenancy. */
  readonly tenancy: Tenancy;
  /** The cluster it is for. */
  readonly profile: ClusterProfile;
  /**
   * The environments that the cluster carries.
   * @default - all environments of the tenancy
   */
  readonly environments?: string[];
  /**
   * Whether admission policies are rendered; see `TenancyRenderOptions` for what is exposed without.
   * @default true
   */
  readonly admission?: boolean;
  /**
   * What the admission policies are like.
   * @default - the defaults of `TenancyAdmission`
   */
  readonly admissionSettings?: TenancyAdmission;
}

/**
 * A tenancy as one cdk8s chart. One for all tenants, because cdk8s synthesizes charts in quadratic time and nested ones
 * in cubic time, and loses objects that have one name in several namespaces when it writes a file for each.
 */
export class TenancyChart extends Chart {
  /** What the chart was made of: expectations, files by tenant, ingress hosts, warnings. */
  public readonly rendered: RenderedTenancy;

  /**
   * Adds every object of the tenancy to an app.
   * @param scope the app
   * @param id id of the chart
   * @param props what the chart is made of
   * @throws InvalidInputError with every flow that the cluster cannot express
   */
  public constructor(scope: Construct, id: string, props: TenancyChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const { environments, admission, admissionSettings } = props;
    this.rendered = props.tenancy.render(props.profile, { environments, admission, admissionSettings });
    for (const manifest of this.rendered.manifests) {
      const { kind, metadata } = manifest;
      // neither a kind nor a namespace has a colon, so no two objects get one id
      new ApiObject(this, `${kind}:${metadata.namespace ?? ''}:${metadata.name}`, manifest);
    }
  }

  /**
   * An object of the chart, to patch it.
   * @param kind kind of the object, such as `ResourceQuota`
   * @param name name of the object
   * @param namespace its namespace; left out for objects that are in none
   * @throws InvalidInputError when the chart has no such object
   */
  public apiObject(kind: string, name: string, namespace: string = ''): ApiObject {
    const child = this.node.tryFindChild(`${kind}:${namespace}:${name}`);
    if (child !== undefined) return child as ApiObject;
    throw new InvalidInputError(`chart ${this.node.path}`, [Problem.error({
      code: 'UnknownObject',
      path: 'name',
      message: `the chart has no ${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`,
      value: name,
      allowed: 'objects of the rendered tenancy',
      cure: 'take kind, name and namespace from rendered.manifests',
    })]);
  }
}
