import { ClusterProfile, KubernetesName, Manifests, Problem, Problems, SecretSlot, Severity } from '@viridial/core';
import { AcceptedFinding } from '@viridial/proof';
import { AdmissionPlatform, ClusterTierNamespace, FlowExpectations, NetworkPolicies } from '@viridial/security-policy';
import type { RenderedTenancy, TenancyAdmission } from '@viridial/tenancy';
import type { AddOn } from '../add-on';
import type { AddOnContext } from '../add-on-context';
import { AddOnOwner } from '../add-on-owner';
import { ArgoCd } from '../add-ons/argo-cd';
import type { Installation } from '../installation';
import type { Platform } from '../platform';
import type { PlatformRenderOptions } from '../platform-render-options';
import { RenderedPlatform } from '../rendered-platform';
import { Repository } from '../repository';
import { addOnNamespaces, isBuiltIn, openNamespaces } from './add-on-namespaces';
import { addOnFlows } from './add-on-policies';
import { argoCdTree } from './argo-cd-tree';
import { collected } from './collected';
import { groundProblems } from './ground-checks';
import { installOrder } from './install-order';
import { ownersOf } from './owners';
import { sharedSettings } from './shared-settings';

/** A GitOps repository without its engine is a tree that nobody reads, so the engine comes with it. */
function allAddOns(platform: Platform, options: PlatformRenderOptions): AddOn[] {
  const engineMissing = options.gitOps && !platform.has(options.gitOps.engineAddOn);
  const addOns = engineMissing ? [...platform.addOns, new ArgoCd()] : [...platform.addOns];
  return addOns.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Slots of all add-ons, each once: two add-ons may read the same Secret when they mean the same. */
function uniqueSlots(slots: SecretSlot[], problems: Problems): SecretSlot[] {
  const unique = new Map<string, SecretSlot>();
  for (const slot of slots) {
    const before = unique.get(slot.id);
    if (before && JSON.stringify(before) !== JSON.stringify(slot)) {
      problems.error({
        code: 'DifferentSecretSlots', path: `secretSlots['${slot.id}']`, message: `two add-ons mean different things by the Secret '${slot.id}'`, value: slot.id, cure: 'put one of them into another namespace',
      });
    }
    unique.set(slot.id, slot);
  }
  return [...unique.keys()].sort().map((id) => unique.get(id)!);
}

/** An installer makes a namespace only when nobody applies it before: the tree and the tenancy apply theirs. */
function createsNamespace(installation: Installation, owner: AddOnOwner): boolean {
  return owner !== AddOnOwner.TREE && !isBuiltIn(installation.namespace);
}

function below(addOn: AddOn, problems: Problem[]): Problem[] {
  return problems.map((problem) => problem.below(`addOns.${addOn.name}`));
}

/** Namespaces of what is installed before the tree is read, as the API server shall have them from the first pod on. */
function earlyNamespaces(namespaces: any[], installations: Installation[], owners: { [name: string]: AddOnOwner }): any[] {
  const early = installations.filter(({ name }) => owners[name] === AddOnOwner.BLUEPRINT || owners[name] === AddOnOwner.BOOTSTRAP);
  const names = new Set(early.map((installation) => installation.namespace));
  return namespaces.filter((namespace) => names.has(namespace.metadata.name));
}

/** Namespaces by tenant, without those of tenants that are over: nobody calls from there any more. */
function workingNamespaces(tenancy: RenderedTenancy | undefined): { [tenant: string]: string[] } {
  return Object.fromEntries(Object.entries(tenancy?.tenantNamespaces ?? {})
    .map(([tenant, namespaces]) => [tenant, namespaces.filter((namespace) => namespace in tenancy!.deployers)]));
}

/** What the charts cannot do without, and where there can be no network policy. */
function acceptedFindings(installations: Installation[]): AcceptedFinding[] {
  return [
    ...openNamespaces(installations),
    ...installations.flatMap((installation) => installation.footprint.accepted(installation.namespace)),
  ];
}

/** The engine that applies the tree changes what the platform manages. */
function admissionSettings({ gitOps, admissionSettings: settings = {} }: PlatformRenderOptions, installations: Installation[]): TenancyAdmission {
  const engine = installations.find(({ name }) => name === gitOps?.engineAddOn);
  if (engine === undefined) return settings;
  return { ...settings, platform: AdmissionPlatform.argoCd(engine.namespace).and(settings.platform ?? AdmissionPlatform.of({})) };
}

/** Namespaces of add-ons that the tenancy does not make, with what their add-ons call: no cluster tier may close that. */
function namespacesBeside(installations: Installation[], shared: string[]): ClusterTierNamespace[] {
  const names = [...new Set(installations.map(({ namespace }) => namespace))].filter((name) => !isBuiltIn(name) && !shared.includes(name)).sort();
  return names.map((namespace) => ({
    namespace, flows: installations.filter((installation) => installation.namespace === namespace).flatMap(({ footprint }) => footprint.flows),
  }));
}

/** Renders a platform for one cluster. */
export function renderPlatform(platform: Platform, profile: ClusterProfile, options: PlatformRenderOptions): RenderedPlatform {
  const problems = new Problems();
  KubernetesName.collectDnsLabel(problems, 'clusterName', options.clusterName, 'name of a cluster');
  problems.addAll(options.gitOps?.problemsWith(platform.tenants.map((tenant) => tenant.name)) ?? []);
  problems.addAll(platform.tenants.flatMap((tenant) => options.gitOps?.problemsWithApplications(tenant) ?? []));
  const addOns = allAddOns(platform, options);
  const order = installOrder(addOns, platform.needs);
  problems.addAll(order.problems);
  const ownership = ownersOf(addOns, options);
  problems.addAll(ownership.problems);
  const { owners } = ownership;
  for (const addOn of addOns) problems.addAll(groundProblems(addOn, profile));

  const addOnNames = addOns.map((addOn) => addOn.name);
  const sharedNamespaces = Object.fromEntries([...platform.sharedNamespaces].sort().map((shared) => [shared, `${platform.name}-${shared}`]));
  const context = (addOn: AddOn): AddOnContext => ({
    platformName: platform.name, profile, clusterName: options.clusterName, addOnNames, sharedNamespaces, owner: owners[addOn.name],
  });
  const objects: { [name: string]: any[] } = {};
  const installations = addOns.map((addOn) => {
    problems.addAll(below(addOn, addOn.problems(context(addOn))));
    objects[addOn.name] = addOn.manifests(context(addOn));
    const installation = addOn.install(context(addOn));
    return installation.placed(order.waves.get(addOn.name) ?? 0, createsNamespace(installation, owners[addOn.name]));
  }).sort((a, b) => a.wave - b.wave || (a.name < b.name ? -1 : 1));
  const tenancy = collected(problems, () => platform.tenancy.render(profile, {
    environments: options.environments,
    sharedNamespaceSettings: sharedSettings(installations, sharedNamespaces, profile),
    admission: options.admission,
    admissionSettings: admissionSettings(options, installations),
    platformNamespaces: namespacesBeside(installations, Object.values(sharedNamespaces)),
  }));
  problems.addAll(tenancy?.warnings ?? []);
  const namespaces = addOnNamespaces(installations, tenancy?.manifests ?? [], platform.name, profile.version.minorText);
  problems.addAll(namespaces.problems);
  const closed = addOnFlows({
    platformName: platform.name,
    profile,
    namespaces: namespaces.manifests.map((namespace) => namespace.metadata.name),
    installations,
    tenants: platform.tenants,
    tenantNamespaces: workingNamespaces(tenancy),
  });
  const policies = closed.flatMap(({ path, policy }) => NetworkPolicies.collect(problems, path, policy));

  const engine = installations.find((installation) => installation.name === options.gitOps?.engineAddOn);
  const slots = uniqueSlots([
    ...addOns.flatMap((addOn) => addOn.secretSlots(context(addOn))),
    ...(engine ? options.gitOps!.secretSlots(engine.namespace) : []),
  ], problems);
  const manifests = Manifests.order([...tenancy?.manifests ?? [], ...namespaces.manifests, ...policies, ...Object.values(objects).flat()]);
  problems.addAll(Manifests.check(manifests));
  problems.throwIfErrors(`platform '${platform.name}' on cluster '${options.clusterName}'`);

  const tree = options.gitOps && engine ? argoCdTree({
    gitOps: options.gitOps,
    platformName: platform.name,
    clusterName: options.clusterName,
    engineNamespace: engine.namespace,
    installations,
    owners,
    namespaces: namespaces.manifests,
    policies,
    objects,
    tenancy: tenancy?.files ?? {},
    deployers: tenancy?.deployers ?? {},
    applications: tenancy?.applications ?? [],
  }) : { files: {}, folders: [], bootstrap: [] };
  return new RenderedPlatform({
    profile,
    clusterName: options.clusterName,
    manifests,
    installations,
    owners,
    expectations: [...tenancy?.expectations ?? [], ...namespaces.expectations, ...closed.flatMap(({ policy }) => FlowExpectations.of(policy))],
    accepted: acceptedFindings(installations),
    secretSlots: slots,
    warnings: problems.all.filter((problem) => problem.severity === Severity.WARNING),
    repository: new Repository({ files: tree.files, folders: tree.folders }),
    bootstrap: [...earlyNamespaces(namespaces.manifests, installations, owners), ...tree.bootstrap],
  });
}
