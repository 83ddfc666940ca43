import { Cidr } from '@viridial/core';
import { Flow } from '../flow';
import { FlowKind } from '../flow-kind';

/** Name of the policy that closes a namespace before anything opens it. */
export const DEFAULT_DENY = 'default-deny';

/** Name of the object that a flow without mistakes ends up in. Readable, never hashed, and the same for the same flow everywhere. */
export function policyName(flow: Flow): string {
  return `allow-${flow.name ?? subject(flow)}`;
}

function subject(flow: Flow): string {
  switch (flow.kind) {
    case FlowKind.WEBHOOK_IN: return 'webhooks';
    case FlowKind.INGRESS_IN: return 'ingress-controller';
    case FlowKind.METRICS_IN: return `metrics-from-${flow.namespace}`;
    case FlowKind.METRICS_OUT: return `metrics-of-${flow.platform}`;
    case FlowKind.NAMESPACE_IN: return `from-${flow.namespace}`;
    case FlowKind.NAMESPACE_OUT: return `to-${flow.namespace}`;
    case FlowKind.CIDR_IN: return `from-cidr-${asName(flow.cidr!)}`;
    case FlowKind.CIDR_OUT: return `to-cidr-${asName(flow.cidr!)}`;
    default: return flow.kind;
  }
}

/** The canonical text of a block in characters of a name; an IPv6 block can be written in many ways. */
function asName(cidr: string): string {
  return Cidr.parse(cidr).toString().replace(/[:/]/g, '-');
}
