import { Labels } from '@viridial/core';
import { Peer, Selector } from './rule';

/** Selects by labels, every object when there are none. */
export function selector(labels: { [key: string]: string } | undefined): Selector {
  const keys = Object.keys(labels ?? {}).sort();
  return keys.length === 0 ? {} : { matchLabels: Object.fromEntries(keys.map((key) => [key, labels![key]])) };
}

/**
 * Pods of a namespace. The namespace is chosen by the label that the API server itself sets and nobody can change
 * (`kubernetes.io/metadata.name`); any other label could be put on a namespace by whoever may edit it
 * (projectcapsule/capsule#200, #241).
 */
export function namespacePeer(namespace: string, podLabels?: { [key: string]: string }): Peer {
  const namespaceSelector = { matchLabels: { [Labels.NAMESPACE_NAME]: namespace } };
  return podLabels && Object.keys(podLabels).length > 0 ? { namespaceSelector, podSelector: selector(podLabels) } : { namespaceSelector };
}

/** Every pod of the namespace that the policy lies in. */
export function ownNamespacePeer(): Peer {
  return { podSelector: {} };
}

/**
 * Every namespace of a platform. A label, because a list of thousands of names outgrows what one object may hold
 * (256 KiB of annotation for client-side apply). It only widens egress of a namespace of the platform itself: the
 * receiving side still has to admit it by name, so a forged label gains nothing.
 */
export function platformPeer(platform: string): Peer {
  return { namespaceSelector: { matchLabels: { [Labels.PLATFORM]: platform } } };
}
