import { BoundedStatement, PodSecurityStatement } from '@viridial/core';
import { finding } from './found';
import { weakerPod } from './pod-security-checks';
import { withoutDefaults } from './quota-checks';
import { RULES } from './rules';
import { SubjectMatter } from './subject-matter';
import { Finding } from '../../finding';
import { ENFORCE, ENFORCE_VERSION, isAtLeast } from '../pod-security/namespace-labels';
import { noBounds } from '../quota/bounds';
import { distinct, enumerate } from '../text';

/** Whether the labels of a namespace enforce what is promised, at the version that is promised. */
export function judgePodSecurity({ podSecurity, bounds }: SubjectMatter, { namespace, level, version, reason }: PodSecurityStatement): Finding[] {
  const labels = podSecurity.get(namespace);
  const promised = `the policy says that ${namespace} enforces ${level} ${version} (${reason}), but`;
  const object = `Namespace ${namespace}`;
  if (labels === undefined) {
    return [finding(RULES.podSecurityNotKept, {
      object,
      why: `${promised} the manifests have no such namespace`,
      cure: `add the Namespace with ${ENFORCE}=${level} and ${ENFORCE_VERSION}=${version}`,
      witness: weakerPod(namespace, undefined, bounds.get(namespace)),
    })];
  }
  const weaker = labels.level === undefined || !isAtLeast(labels.level, level) ? [finding(RULES.podSecurityNotKept, {
    object,
    path: `metadata.labels['${ENFORCE}']`,
    why: `${promised} ${labels.level === undefined ? 'no label says what it enforces' : `its label says ${labels.level}`}`,
    cure: `set ${ENFORCE} to ${level}`,
    witness: weakerPod(namespace, labels.level, bounds.get(namespace)),
  })] : [];
  const other = labels.version !== version ? [finding(RULES.podSecurityNotKept, {
    object,
    path: `metadata.labels['${ENFORCE_VERSION}']`,
    why: `${promised} ${labels.minor === undefined ? 'its version follows the API server' : `its version is pinned to ${labels.version}`}`,
    cure: `set ${ENFORCE_VERSION} to ${version}`,
  })] : [];
  return [...weaker, ...other];
}

/** What a bounded namespace has a quota on. */
const BOUNDED: { readonly [what: string]: string[] } = {
  CPU: ['requests.cpu', 'limits.cpu'],
  memory: ['requests.memory', 'limits.memory'],
  pods: ['pods'],
};

/** Whether a namespace has a quota on CPU, memory and pods, and a LimitRange that lets pods in which state nothing. */
export function judgeBounds({ bounds }: SubjectMatter, { namespace, reason }: BoundedStatement): Finding[] {
  const own = bounds.get(namespace) ?? noBounds();
  const promised = `the policy says that ${namespace} is bounded (${reason}), but`;
  const object = (identities: string[]) => (identities.length === 1 ? identities[0] : `Namespace ${namespace}`);
  const unbounded = Object.keys(BOUNDED).filter((what) => !BOUNDED[what].some((resource) => own.bounded.has(resource)));
  const quota = unbounded.length === 0 ? [] : [finding(RULES.boundsMissing, {
    object: object(own.quotas),
    path: own.quotas.length === 1 ? 'spec.hard' : '',
    why: `${promised} no ResourceQuota without scopes bounds its ${enumerate(unbounded)}`,
    cure: `add ${own.quotas.length === 1 ? '' : 'a ResourceQuota on '}${enumerate(unbounded.flatMap((what) => BOUNDED[what]))}${own.quotas.length === 1 ? ' to spec.hard' : ''}`,
    witness: unbounded.includes('pods') ? `any number of pods is admitted in ${namespace}` : own.closed ? undefined : `pods that ask for any amount of ${unbounded[0]} are admitted in ${namespace}`,
    related: own.quotas,
  })];
  const missing = own.limitRanges.length === 0 ? ['requests.cpu', 'requests.memory'] : withoutDefaults(own);
  const range = missing.length === 0 ? [] : [finding(RULES.boundsMissing, {
    object: object(own.limitRanges),
    path: own.limitRanges.length === 1 ? 'spec.limits' : '',
    why: `${promised} no LimitRange states ${enumerate(missing)} for containers that do not`,
    cure: `add a LimitRange of type Container with default and defaultRequest for ${enumerate(distinct(missing.map((resource) => resource.split('.')[1])))}`,
    witness: own.closed ? undefined : own.bounded.size > 0 ? `a pod in ${namespace} that states no ${missing[0]} is refused` : `a container in ${namespace} that states nothing gets as much as its node has`,
    related: [...own.quotas, ...own.limitRanges],
  })];
  return [...quota, ...range];
}
