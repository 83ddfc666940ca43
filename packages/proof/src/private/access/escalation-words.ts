import { AccessRequest } from '../../access-request';
import { distinct, enumerate } from '../text';

/** A request as people say it: `create serviceaccounts/token operator in shop`, `patch deployments.apps in any namespace`. */
export function describeRequest({ verb, apiGroup, resource, subresource, name, namespace, nonResourceUrl }: AccessRequest): string {
  if (nonResourceUrl !== undefined) return `${verb} ${nonResourceUrl}`;
  const type = `${resource}${apiGroup ? `.${apiGroup}` : ''}${subresource ? `/${subresource}` : ''}`;
  return `${verb} ${type}${name ? ` ${name}` : ''}${namespace ? ` in ${namespace}` : ''}`;
}

/** Requests as people say them; verbs on the same thing together: `create and get secrets in shop`. */
export function describeRequests(requests: AccessRequest[]): string {
  const groups: AccessRequest[][] = [];
  for (const request of requests) {
    const same = groups.find(([first]) => describeRequest({ ...first, verb: '' }) === describeRequest({ ...request, verb: '' }));
    if (same === undefined) groups.push([request]);
    else same.push(request);
  }
  return enumerate(groups.map((group) => describeRequest({ ...group[0], verb: enumerate(distinct(group.map(({ verb }) => verb))) })));
}

/** A request as `kubectl auth can-i` takes it, as whoever makes it. */
export function askKubectl(request: AccessRequest): string {
  const { verb, apiGroup, resource, subresource, name, namespace, user, groups, serviceAccount } = request;
  const type = `${resource}${apiGroup ? `.${apiGroup}` : ''}${name ? `/${name}` : ''}`;
  const account = serviceAccount === undefined ? undefined : `system:serviceaccount:${serviceAccount.replace('/', ':')}`;
  const own = (groups ?? []).filter((group) => group !== 'system:authenticated');
  return [
    `kubectl auth can-i ${verb} ${type}`,
    ...(subresource ? [`--subresource ${subresource}`] : []),
    ...(namespace ? [`--namespace ${namespace}`] : []),
    `--as ${user ?? account ?? (own.length > 0 && own[0] === 'system:unauthenticated' ? 'system:anonymous' : 'somebody')}`,
    ...own.map((group) => `--as-group ${group}`),
  ].join(' ');
}
