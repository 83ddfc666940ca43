import { ClusterProfile, Problem, Problems, Severity } from '@viridial/core';
import { NetworkPolicies } from '@viridial/security-policy';
import { PlacedFlow } from './flows';
import { ObjectContext } from './namespace-objects';

/** The network policies of a namespace whose flows were checked. */
export function policyObjects(context: ObjectContext, flows: PlacedFlow[], profile: ClusterProfile): any[] {
  return collectPolicies(new Problems(), context, flows, profile);
}

/** The network policies of a namespace; problems get the path of the property that a flow comes from. */
export function collectPolicies(problems: Problems, context: ObjectContext, flows: PlacedFlow[], profile: ClusterProfile): any[] {
  const found = new Problems();
  const policies = NetworkPolicies.collect(found, 'flows', {
    namespace: context.namespace, flows: flows.map(({ flow }) => flow), profile, labels: context.labels,
  });
  for (const problem of found.all) problems.add(replaced(problem, flows));
  return policies;
}

function replaced(problem: Problem, flows: PlacedFlow[]): Problem {
  const { code, message, value, allowed, cure } = problem;
  const path = problem.path.replace(/^flows\[(\d+)\](.*)$/, (_, index, rest) => placedPath(flows[Number(index)].path, rest));
  const props = { code, path, message, value, allowed, cure };
  return problem.severity === Severity.ERROR ? Problem.error(props) : Problem.warning(props);
}

/** Flows that come from a list of ports point at that list; what their factory calls `ports` is the list itself. */
function placedPath(path: string, rest: string): string {
  return path.endsWith('Ports') ? `${path}${rest.replace(/^\.ports/, '')}` : `${path}${rest}`;
}
