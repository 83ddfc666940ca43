import { Distribution, Labels } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import { AddOnContext } from '../add-on-context';
import { CatalogueAddOn, CatalogueAddOnOptions } from '../catalogue-add-on';
import { Footprint } from '../footprint';
import { WorkloadKind } from '../footprint-workload';
import { GeneratedField } from '../generated-field';
import { Need } from '../need';
import { resources } from '../private/resources';
import { LEASE, READ, rule, WRITE } from '../private/rules';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../private/security-contexts';

const RESOURCES = resources('100m', '128Mi', '512Mi');
const POD = { fsGroup: 65534, ...RESTRICTED_POD };
const WEBHOOK_PORT = 9443;

/** Options of the AWS Load Balancer Controller. */
export interface AwsLoadBalancerControllerProps extends CatalogueAddOnOptions {
  /**
   * Region of the cluster.
   * @default - asked from the instance metadata service, which pods cannot reach where the hop limit is 1
   */
  readonly region?: string;
  /**
   * Id of the VPC of the cluster.
   * @default - asked from the instance metadata service, which pods cannot reach where the hop limit is 1
   */
  readonly vpcId?: string;
  /**
   * IngressGroup that all Ingresses of the class share, which makes them share one load balancer. Exposes every tenant's
   * host names to every other tenant who may write an Ingress: rules of a group are merged.
   * @default - every Ingress has a load balancer of its own
   */
  readonly sharedGroup?: string;
}

/** Meets the need of ingress on EKS with application load balancers, which send traffic straight to pods. */
export class AwsLoadBalancerController extends CatalogueAddOn {
  private readonly region?: string;
  private readonly vpcId?: string;
  private readonly sharedGroup?: string;

  constructor(props: AwsLoadBalancerControllerProps = {}) {
    super({ name: 'aws-load-balancer-controller', options: props, meets: [Need.INGRESS], distributions: [Distribution.EKS] });
    this.region = props.region;
    this.vpcId = props.vpcId;
    this.sharedGroup = props.sharedGroup;
  }

  public footprint(context: AddOnContext): Footprint {
    return new Footprint({
      workloads: [{
        kind: WorkloadKind.DEPLOYMENT,
        name: 'aws-load-balancer-controller',
        replicas: 2,
        serviceAccount: 'aws-load-balancer-controller',
        securityContext: POD,
        containers: [{
          name: 'aws-load-balancer-controller',
          ports: [{ name: 'webhook-server', port: WEBHOOK_PORT }, { name: 'metrics-server', port: 8080 }],
          securityContext: { ...RESTRICTED_CONTAINER, runAsNonRoot: true },
          ...RESOURCES,
        }],
      }],
      accounts: [{
        name: 'aws-load-balancer-controller',
        clusterRules: [
          rule('elbv2.k8s.aws', ['ingressclassparams', 'targetgroupbindings', 'targetgroupbindings/status', 'albtargetcontrolconfigs'], WRITE),
          rule('aga.k8s.aws', ['globalaccelerators', 'globalaccelerators/status'], WRITE),
          rule('gateway.k8s.aws', ['loadbalancerconfigurations', 'targetgroupconfigurations', 'listenerruleconfigurations'], [...READ, 'patch', 'update']),
          rule('gateway.networking.k8s.io', ['gateways', 'gatewayclasses', 'httproutes', 'grpcroutes', 'tcproutes', 'tlsroutes', 'udproutes'], [...READ, 'patch', 'update']),
          rule('networking.k8s.io', ['ingresses', 'ingresses/status', 'ingressclasses'], [...READ, 'patch', 'update']),
          rule('', ['services', 'services/status'], [...READ, 'patch', 'update']),
          rule('', ['pods', 'pods/status'], [...READ, 'patch', 'update']),
          rule('', ['nodes', 'namespaces', 'endpoints', 'configmaps'], READ),
          rule('discovery.k8s.io', ['endpointslices'], READ),
          rule('', ['events'], ['create', 'patch']),
        ],
        rules: [...LEASE, rule('', ['configmaps'], WRITE)],
        accepted: { EscalationPath: 'readiness gates are written into pods, and who may patch a pod may change its image as well' },
      }],
      flows: [
        Flow.dns({ reason: 'the controller resolves the AWS API' }),
        Flow.kubeApiServer({ reason: `the controller watches the Ingresses of ${context.clusterName}` }),
        Flow.webhookIn({ ports: [{ port: WEBHOOK_PORT }], reason: 'the API server has Ingresses and target group bindings checked' }),
        Flow.internet({ ports: [{ port: 443 }], privateNetworks: true, reason: 'the controller calls the AWS API, over an endpoint of the VPC where there is one' }),
      ],
      customResourceDefinitions: this.release.crds,
    });
  }

  protected valuesOn(context: AddOnContext): { [key: string]: any } {
    const className = context.profile.ingress?.className ?? 'alb';
    return {
      clusterName: context.clusterName,
      cluster: { dnsDomain: context.profile.clusterDomain },
      ...(this.region ? { region: this.region } : {}),
      ...(this.vpcId ? { vpcId: this.vpcId } : {}),
      replicaCount: 2,
      additionalLabels: { [Labels.PLATFORM]: context.platformName },
      serviceAccount: { name: 'aws-load-balancer-controller' },
      podSecurityContext: POD,
      securityContext: { ...RESTRICTED_CONTAINER, runAsNonRoot: true },
      resources: RESOURCES,
      ingressClass: className,
      ingressClassParams: { name: className, ...(this.sharedGroup ? { spec: { group: { name: this.sharedGroup } } } : {}) },
      ingressClassConfig: { default: true },
      // pods have addresses of the VPC, so that a load balancer reaches them without a NodePort
      defaultTargetType: 'ip',
      // the webhook claims every new Service of type LoadBalancer, and no Service at all can be made while it is down
      enableServiceMutatorWebhook: false,
      podDisruptionBudget: { maxUnavailable: 1 },
    };
  }

  protected generatedFields(context: AddOnContext): GeneratedField[] {
    const group = 'admissionregistration.k8s.io';
    const jqPathExpressions = ['.webhooks[].clientConfig.caBundle'];
    return context.profile.distribution === Distribution.EKS ? [
      { kind: 'Secret', name: 'aws-load-balancer-tls', jsonPointers: ['/data'] },
      { group, kind: 'MutatingWebhookConfiguration', name: 'aws-load-balancer-webhook', jqPathExpressions },
      { group, kind: 'ValidatingWebhookConfiguration', name: 'aws-load-balancer-webhook', jqPathExpressions },
    ] : [];
  }
}
