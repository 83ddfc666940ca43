import { AddOn, AddOnOwner, AwsLoadBalancerController, EbsCsiDriver, EfsCsiDriver, GitOps, Platform, RenderedPlatform } from '@viridial/platform-addons';
import { AddOnPlan } from '../plan/add-on-plan';

/** Who installs what is not left to the tree. */
const OWNERS: { readonly [name: string]: AddOnOwner } = {
  'argo-cd': AddOnOwner.BLUEPRINT,
  'aws-ebs-csi-driver': AddOnOwner.MANAGED,
  'aws-efs-csi-driver': AddOnOwner.MANAGED,
  // it needs the id of the VPC, which only the deployment knows
  'aws-load-balancer-controller': AddOnOwner.BLUEPRINT,
};

/** The drivers with which EKS meets the needs of a platform. */
function drivers(ingressCidrs: string[] | undefined): AddOn[] {
  // what is said of the class of Ingresses holds for each of them, whatever its annotations say
  const narrowed = ingressCidrs && { values: { ingressClassParams: { spec: { inboundCIDRs: ingressCidrs } } } };
  return [new AwsLoadBalancerController(narrowed), new EbsCsiDriver(), new EfsCsiDriver()];
}

/**
 * The platform with the drivers that it does not bring itself.
 *
 * @param platform what is wanted everywhere
 * @param ingressCidrs blocks from which load balancers are reached; nothing for everybody
 */
export function withDrivers(platform: Platform, ingressCidrs?: string[]): Platform {
  return platform.with(...drivers(ingressCidrs).filter((driver) => !platform.has(driver.name)));
}

/** Owners of those add-ons that are on the platform; the engine of GitOps comes with its repository. */
export function ownersOn(platform: Platform, gitOps?: GitOps): { [name: string]: AddOnOwner } {
  const names = new Set([...platform.addOnNames, ...(gitOps ? [gitOps.engineAddOn] : [])]);
  return Object.fromEntries(Object.entries(OWNERS).filter(([name]) => names.has(name)));
}

/** Every add-on of the cluster once, with its owner, sorted by name. */
export function planAddOns(rendered: RenderedPlatform, managedVersions: { readonly [name: string]: string }): AddOnPlan[] {
  const managed = Object.entries(managedVersions).map(([name, version]) =>
    ({ name, owner: AddOnOwner.MANAGED, version, source: 'EKS add-on', namespace: 'kube-system' }));
  const charts = rendered.installations
    .filter((installation) => !Object.hasOwn(managedVersions, installation.name))
    .map(({ name, version, repository, namespace }) => ({ name, owner: rendered.owners[name], version, source: repository, namespace }));
  return [...managed, ...charts].sort((a, b) => a.name < b.name ? -1 : 1);
}
