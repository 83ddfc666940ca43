import { ClusterProfile, InvalidInputError, Labels, Problems } from '@viridial/core';
import { RenderedPlatform } from '@viridial/platform-addons';
import { AdmissionPlatform } from '@viridial/security-policy';
import { TenantLifecycle } from '@viridial/tenancy';
import { EksPlatformProps } from './eks-platform-props';
import { EksPlan } from './plan/eks-plan';
import { ownersOn, planAddOns, withDrivers } from './planner/add-ons';
import { planAddressBudget } from './planner/address-budget';
import { administrators } from './planner/administrators';
import { partitionOf, planPodIdentities } from './planner/aws-rights';
import { billOfMaterials } from './planner/bill-of-materials';
import { planCluster } from './planner/cluster';
import { planData } from './planner/data';
import { DnsNames } from './planner/dns-rights';
import { planFirewall } from './planner/firewall';
import { collectKinds } from './planner/kinds-of-values';
import { planNetwork } from './planner/network';
import { planNodeGroups } from './planner/node-groups';
import { Openings, planOpenings } from './planner/openings';
import { portMatrixOf } from './planner/port-matrix';
import { profileOf } from './planner/profile';
import { planTenantAccess, planTenantIdentities } from './planner/tenant-access';
import { planManagedVersions } from './planner/version';

/** Runs a step that throws what it finds, and collects that with the rest. */
function collect<T>(problems: Problems, path: string, step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (!InvalidInputError.isInvalidInputError(error)) throw error;
    problems.addAll(InvalidInputError.problemsOf(error), path);
    return undefined;
  }
}

function checkIdentity(problems: Problems, id: string, props: EksPlatformProps): void {
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(id) || id.length > 100) {
    problems.error({
      code: 'MalformedId',
      path: 'id',
      message: `'${id}' cannot begin the name of a stack`,
      value: id,
      allowed: 'letters, digits and hyphens, a letter first, up to 100 characters',
    });
  }
  if (props.account !== undefined && !/^[0-9]{12}$/.test(props.account)) {
    problems.error({ code: 'MalformedAccount', path: 'account', message: `'${props.account}' is not the number of an AWS account`, value: props.account, allowed: '12 digits' });
  }
  (props.hostedZoneIds ?? []).forEach((zone, index) => {
    if (/^Z[A-Z0-9]{1,31}$/.test(zone)) return;
    problems.error({ code: 'MalformedHostedZoneId', path: `hostedZoneIds[${index}]`, message: `'${zone}' is not the id of a hosted zone`, value: zone, allowed: 'an id like Z2FDTNDATAQYW2' });
  });
}

function render(problems: Problems, props: EksPlatformProps, profile: ClusterProfile, openings: Openings): RenderedPlatform | undefined {
  const platform = withDrivers(props.platform, props.ingressCidrs && openings.ingressCidrs);
  return collect(problems, 'platform', () => platform.render(profile, {
    clusterName: profile.name,
    gitOps: props.gitOps,
    environments: props.environments ? [...props.environments] : undefined,
    owners: ownersOn(platform, props.gitOps),
    admission: props.admission,
    admissionSettings: { ...props.admissionSettings, platform: administrators().and(props.admissionSettings?.platform ?? AdmissionPlatform.of({})) },
  }));
}

function checkGitOps(problems: Problems, props: EksPlatformProps): void {
  if (props.gitOps) return;
  problems.warning({
    code: 'NoGitOps',
    path: 'gitOps',
    message: `nobody installs the add-ons and tenants of platform '${props.platform.name}': they are left to whoever applies them`,
    cure: "set gitOps: GitOps.argoCd({ repository: 'https://…' })",
  });
}

/** Names that the platform publishes: the hosts of the tenants' Ingresses, and external-dns' own domains. */
function namesOf(props: EksPlatformProps, rendered: RenderedPlatform): DnsNames {
  const dns = rendered.installations.find((installation) => installation.name === 'external-dns');
  const working = props.platform.tenants.filter(({ lifecycle }) => lifecycle !== TenantLifecycle.RETIRED);
  return { domains: dns?.values.domainFilters ?? [], hosts: working.flatMap((tenant) => tenant.ingressHosts) };
}

/**
 * Plans a platform on EKS. Pure: no file, no clock, no network, no CDK; the same props give the same plan.
 *
 * @param id id of the platform, with which the names of its stacks begin
 * @param props what is wanted, and where
 * @throws InvalidInputError with everything that is wrong with the props, in one go
 */
export function planEks(id: string, props: EksPlatformProps): EksPlan {
  const problems = new Problems();
  const subject = `EKS platform '${id}'`;
  collectKinds(problems, props);
  problems.throwIfErrors(subject);
  checkIdentity(problems, id, props);
  checkGitOps(problems, props);
  const cluster = planCluster(problems, id, props);
  const tenantAccess = planTenantAccess(problems, props, cluster);
  const tenantIdentities = planTenantIdentities(problems, props);
  const network = planNetwork(problems, props);
  const openings = planOpenings(problems, props);
  const nodeGroups = planNodeGroups(problems, props, cluster.name, network);
  const addressBudget = planAddressBudget(problems, network, nodeGroups);
  const managedVersions = planManagedVersions(problems, props, cluster.version);
  const data = planData(cluster.name, network, props.keepData ?? true);
  // what is wrong with the network or the sizes would be found wrong with the profile once more
  const wrong = problems.hasErrors ? new Problems() : problems;
  const profile = collect(wrong, 'profile', () => profileOf(cluster, network, data, nodeGroups, managedVersions['vpc-cni']));
  const rendered = profile && render(problems, props, profile, openings);
  const firewall = profile && rendered && planFirewall(wrong, {
    network,
    matrix: portMatrixOf(profile, rendered.installations, openings.webhookPorts),
    openings,
    mountCidrs: data.mountCidrs,
    networkAcls: props.networkAcls ?? true,
  });
  problems.throwIfErrors(subject);
  if (!profile || !rendered || !firewall) throw new Error(`${subject} has no profile and no error that says why`);
  problems.addAll(rendered.warnings, 'platform');
  const rights = {
    partition: partitionOf(props.region),
    region: props.region,
    clusterName: cluster.name,
    hostedZoneIds: props.hostedZoneIds ?? [],
    names: namesOf(props, rendered),
  };
  return new EksPlan({
    id,
    region: props.region,
    account: props.account,
    environments: [...props.environments ?? props.platform.environments].sort(),
    network,
    firewall,
    data,
    cluster,
    nodeGroups,
    addOns: planAddOns(rendered, managedVersions),
    podIdentities: planPodIdentities(rendered.installations, rights),
    tenantAccess,
    tenantIdentities,
    addressBudget,
    billOfMaterials: billOfMaterials(props.region, cluster, network, nodeGroups),
    profile,
    rendered,
    tags: { [Labels.PLATFORM]: props.platform.name, [`${Labels.PLATFORM.split('/')[0]}/cluster`]: cluster.name, ...props.tags },
    warnings: problems.warnings,
  });
}
