import { MatchCondition, ResourceRule, rule, Variable } from './definition';
import { notUpdatedByControllers } from './principals';

/**
 * Everything that is a pod or makes pods. Controllers write pods later and under their own name, so that whoever writes a
 * template hears of it at once and not in the events of a ReplicaSet.
 */
export const POD_RULES: ResourceRule[] = [
  rule('', ['v1'], ['pods', 'pods/ephemeralcontainers', 'podtemplates', 'replicationcontrollers']),
  rule('apps', ['v1'], ['daemonsets', 'deployments', 'replicasets', 'statefulsets']),
  rule('batch', ['v1'], ['cronjobs', 'jobs']),
];

/** The same without debug containers, for what they cannot change. */
export const WHOLE_POD_RULES: ResourceRule[] = POD_RULES.map((each) => ({ ...each, resources: each.resources.filter((resource) => !resource.includes('/')) }));

/** Which of these requests can bring a pod that was not judged yet. */
export const POD_CONDITIONS: MatchCondition[] = [
  notUpdatedByControllers(),
  {
    name: 'changes-pods',
    expression: "request.operation == 'CREATE' || (object.kind == 'PodTemplate' ? dyn(object).template != dyn(oldObject).template : dyn(object).spec != dyn(oldObject).spec)",
  },
];

/**
 * CEL: the pod in an object of any of the kinds, with its `metadata` and `spec`. `dyn` because the API server checks the
 * expression against each kind, and none has the fields of the others.
 */
const POD = [
  "object.kind == 'Pod' ? dyn(object)",
  "object.kind == 'CronJob' ? dyn(object).spec.jobTemplate.spec.template",
  "object.kind == 'PodTemplate' ? dyn(object).template",
  'dyn(object).spec.template',
].join(' : ');

/** The object, unchecked, for policies that look at several kinds. A name of its own, because not every CEL knows `has(dyn(object).field)`. */
export const WHOLE_VARIABLE: Variable = { name: 'whole', expression: 'dyn(object)' };

/** The pod of the request. */
export const POD_VARIABLE: Variable = { name: 'pod', expression: POD };

/** Its specification. */
export const SPEC_VARIABLE: Variable = { name: 'spec', expression: 'variables.pod.spec' };

/** Its containers of every kind. */
export const CONTAINERS_VARIABLE: Variable = {
  name: 'containers',
  expression: 'variables.spec.containers + (has(variables.spec.initContainers) ? variables.spec.initContainers : []) + (has(variables.spec.ephemeralContainers) ? variables.spec.ephemeralContainers : [])',
};

/** Its containers without those that `kubectl debug` adds. */
export const LASTING_CONTAINERS_VARIABLE: Variable = {
  name: 'containers',
  expression: 'variables.spec.containers + (has(variables.spec.initContainers) ? variables.spec.initContainers : [])',
};

/** Its volumes that are images. */
export const IMAGE_VOLUMES_VARIABLE: Variable = {
  name: 'imageVolumes',
  expression: '(has(variables.spec.volumes) ? variables.spec.volumes : []).filter(volume, has(volume.image)).map(volume, volume.image)',
};

/** The names of all its images. */
export const IMAGES_VARIABLE: Variable = {
  name: 'images',
  expression: "variables.containers.map(container, has(container.image) ? container.image : '') + variables.imageVolumes.map(image, has(image.reference) ? image.reference : '')",
};

/** What is known of a pod's images. */
export const IMAGE_VARIABLES: Variable[] = [POD_VARIABLE, SPEC_VARIABLE, CONTAINERS_VARIABLE, IMAGE_VOLUMES_VARIABLE, IMAGES_VARIABLE];
