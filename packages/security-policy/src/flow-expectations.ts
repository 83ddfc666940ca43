import { Expectation, FlowStatement, Problems } from '@viridial/core';
import { NetworkPolicies, NetworkPolicyProps } from './network-policies';
import { closedAddresses } from './private/closed-addresses';
import { closedNamespaces } from './private/closed-namespaces';
import { Opening, openingsOf } from './private/openings';

/**
 * What the flows of a namespace promise, in the neutral words that `proof` judges. It reads the flows and never the
 * rendered policies, so that a mistake of the renderer cannot hide in its own promise.
 */
export class FlowExpectations {
  /**
   * The promises of one namespace: what each flow opens, and that everything else stays closed. The number of statements
   * grows with the flows of the namespace, not with the number of other namespaces.
   * @param props the same that the policies were rendered from
   * @throws InvalidInputError with what `NetworkPolicies.render` refuses: nothing can be promised of flows that are wrong
   */
  public static of(props: NetworkPolicyProps): Expectation[] {
    const problems = new Problems();
    NetworkPolicies.collect(problems, 'flows', props);
    problems.throwIfErrors(`the flows of namespace ${props.namespace}`);
    const openings = openingsOf(props);
    return [
      ...once(openings.map((opening) => opened(props.namespace, opening))).map((statement) => Expectation.reachable(statement)),
      ...once([...closedNamespaces(props, openings), ...closedAddresses(props, openings)]).map((statement) => Expectation.unreachable(statement)),
    ];
  }

  private constructor() {}
}

function opened(namespace: string, { flow, into, party, ports }: Opening): FlowStatement {
  const own = { namespace, podLabels: flow.podLabels };
  const { reason } = flow;
  return into ? { source: party, destination: own, ports, reason } : { source: own, destination: party, ports, reason };
}

/** The statements in one order and each once, so that the order of flows does not show. */
function once(statements: FlowStatement[]): FlowStatement[] {
  const byText = new Map(statements.map((statement) => [JSON.stringify(statement), statement]));
  return [...byText.keys()].sort().map((text) => byText.get(text)!);
}
