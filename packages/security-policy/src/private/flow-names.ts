import { KubernetesName, Problems } from '@viridial/core';
import { Flow } from '../flow';

/** Checks every name and label in a flow, because a selector with a mistake selects nothing and says nothing. */
export function collectFlowNames(problems: Problems, path: string, flow: Flow): void {
  if (flow.namespace !== undefined) KubernetesName.collectDnsLabel(problems, `${path}.namespace`, flow.namespace, 'namespace name');
  if (flow.platform !== undefined) KubernetesName.collectDnsLabel(problems, `${path}.platform`, flow.platform, 'platform name');
  if (flow.name !== undefined) KubernetesName.collectDnsLabel(problems, `${path}.name`, flow.name, 'flow name');
  collectLabels(problems, `${path}.podLabels`, flow.podLabels);
  collectLabels(problems, `${path}.peerPodLabels`, flow.peerPodLabels);
}

function collectLabels(problems: Problems, path: string, labels: { [key: string]: string } = {}): void {
  for (const [key, value] of Object.entries(labels)) {
    KubernetesName.collectLabelKey(problems, `${path}.${key}`, key, 'label key');
    KubernetesName.collectLabelValue(problems, `${path}.${key}`, value, `value of label ${key}`);
  }
}
