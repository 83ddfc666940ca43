import { AccessRequest } from '../../access-request';

/** A request as people say it: `create serviceaccounts/token operator in shop`, `patch deployments.apps in any namespace`. */
export function describeRequest({ verb, apiGroup, resource, subresource, name, namespace, nonResourceUrl }: AccessRequest): string {
  if (nonResourceUrl !== undefined) return `${verb} ${nonResourceUrl}`;
  const type = `${resource}${apiGroup ? `.${apiGroup}` : ''}${subresource ? `/${subresource}` : ''}`;
  return `${verb} ${type}${name ? ` ${name}` : ''}${namespace ? ` in ${namespace}` : ''}`;
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
