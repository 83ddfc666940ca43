import { ClusterFeature, KubernetesName, Problems } from '@viridial/core';
import { AdmissionContext } from './definition';
import { collectFacts, collectNames, collectRegistries } from './facts';
import { AdmissionPlatform } from '../../admission-platform';
import { AdmissionProps } from '../../admission-props';

/** Checks the props and puts in what they leave out. */
export function contextOf(problems: Problems, props: AdmissionProps): AdmissionContext {
  const { profile } = props;
  needs(problems, props, 'profile', ClusterFeature.VALIDATING_ADMISSION_POLICY, 'a cluster from Kubernetes 1.30 on has admission policies');
  if (props.userNamespaces) needs(problems, props, 'userNamespaces', ClusterFeature.USER_NAMESPACES, 'a cluster from Kubernetes 1.33 on has user namespaces');
  if (props.mutate) needs(problems, props, 'mutate', ClusterFeature.MUTATING_ADMISSION_POLICY, 'a cluster from Kubernetes 1.36 on has policies that change objects');
  collectRegistries(problems, 'registries', props.registries);
  collectNames(problems, 'storageClasses', props.storageClasses, 'storage class');
  collectNames(problems, 'priorityClasses', props.priorityClasses, 'priority class');
  props.trustedPodLabels?.forEach((key, index) => KubernetesName.collectLabelKey(problems, `trustedPodLabels[${index}]`, key, 'label key'));
  collectTags(problems, props.mutableTags);
  props.namespaces?.forEach(({ name, tenant, facts }, index) => {
    KubernetesName.collectDnsLabel(problems, `namespaces[${index}].name`, name, 'namespace');
    KubernetesName.collectDnsLabel(problems, `namespaces[${index}].tenant`, tenant, 'tenant');
    collectFacts(problems, `namespaces[${index}].facts`, facts ?? {});
  });
  collectPlatform(problems, props.platform);
  return {
    profile,
    platform: props.platform ?? AdmissionPlatform.of({}),
    registries: inOrder(props.registries),
    mutableTags: inOrder(props.mutableTags ?? ['latest']),
    storageClasses: inOrder(props.storageClasses ?? profile.storageClasses.map(({ name }) => name)),
    priorityClasses: inOrder(props.priorityClasses),
    trustedPodLabels: inOrder(props.trustedPodLabels),
    userNamespaces: props.userNamespaces ?? false,
    gatewayApi: props.gatewayApi ?? false,
    openings: { ...props.openings },
  };
}

function needs(problems: Problems, { profile }: AdmissionProps, path: string, feature: ClusterFeature, cure: string): void {
  if (profile.supports(feature)) return;
  problems.error({
    code: 'FeatureMissing',
    path,
    message: `Kubernetes ${profile.version.minorText} has not the feature ${feature}`,
    value: feature,
    cure,
  });
}

function collectTags(problems: Problems, tags: string[] = []): void {
  tags.forEach((tag, index) => {
    if (/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(tag)) return;
    problems.error({
      code: 'InvalidTag', path: `mutableTags[${index}]`, message: `'${tag}' is no tag of an image`, value: tag, allowed: 'letters, digits, underscores, dots and hyphens',
    });
  });
}

/** A group that everybody is in would make a tenant the platform. */
function collectPlatform(problems: Problems, platform: AdmissionPlatform | undefined): void {
  for (const group of platform?.groups ?? []) {
    if (!['system:authenticated', 'system:serviceaccounts', 'system:unauthenticated'].includes(group)) continue;
    problems.error({
      code: 'EverybodyIsPlatform',
      path: 'platform.groups',
      message: `everybody is in the group ${group}, and would count as the platform`,
      value: group,
      cure: 'name the group of the platform team, or single service accounts',
    });
  }
}

function inOrder(list: string[] = []): string[] {
  return [...new Set(list)].sort();
}
