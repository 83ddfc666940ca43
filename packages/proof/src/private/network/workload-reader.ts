import { NetworkProtocol, Problems } from '@viridial/core';
import { AddressRange, collectAddress } from './address';
import { NamedContainerPort } from './party';
import { LabelMap } from './selector';
import { Item } from '../inventory';
import { podOf } from '../pod-source';
import { Shape } from '../shape';
import { compareText } from '../text';

/** What the network sees of the pods of one object. */
export interface Workload {
  readonly item: Item;
  readonly labels: LabelMap;
  readonly namedPorts: NamedContainerPort[];
  readonly hostNetwork: boolean;

  /** Addresses that a running pod has; none for templates and for pods that were never started. */
  readonly addresses: AddressRange[];

  /** The controller of the object, as `ReplicaSet web-5d4`; absent when nobody but people made it. */
  readonly owner: string | undefined;
}

const ENDED = ['Succeeded', 'Failed'];

/** Reads a workload; nothing when it has no pod, which is then a problem. */
export function readWorkload(item: Item): Workload | undefined {
  const pod = podOf(item);
  if (pod === undefined) return undefined;
  const status = item.kind === 'Pod' ? item.shape.child('status') : undefined;
  // what has come to an end has given its address back, and stands for the next of its kind
  const ended = status !== undefined && ENDED.includes(status.text('phase') ?? '');
  return {
    item,
    labels: pod.labels,
    namedPorts: containersOf(pod.spec).flatMap((container) => container.children('ports').flatMap(readPort))
      .sort((a, b) => compareText(a.name, b.name) || compareText(a.protocol, b.protocol) || a.port - b.port),
    hostNetwork: pod.spec.flag('hostNetwork') ?? false,
    addresses: status === undefined || ended ? [] : readAddresses(status),
    owner: ownerOf(item.shape),
  };
}

/** The containers that listen as long as the pod lives: sidecars are init containers that are restarted. */
function containersOf(spec: Shape): Shape[] {
  return [...spec.children('containers'), ...spec.children('initContainers').filter((container) => container.text('restartPolicy') === 'Always')];
}

function readPort(shape: Shape): NamedContainerPort[] {
  const name = shape.text('name');
  const port = shape.whole('containerPort');
  const protocol = Object.values(NetworkProtocol).find((known) => known === (shape.text('protocol') ?? NetworkProtocol.TCP));
  return name === undefined || port === undefined || protocol === undefined ? [] : [{ name, port, protocol }];
}

function readAddresses(status: Shape): AddressRange[] {
  const listed = status.children('podIPs').map((entry) => entry.text('ip'));
  const texts = [...new Set([...listed, status.text('podIP')])].filter((text): text is string => text !== undefined && text !== '');
  return texts.flatMap((text) => {
    const address = collectAddress(new Problems(), 'podIP', text);
    if (address === undefined) status.wrong('podIP', `${text} is not an address`, 'an IPv4 or IPv6 address');
    return address ?? [];
  });
}

function ownerOf(shape: Shape): string | undefined {
  const owners = shape.child('metadata')?.children('ownerReferences') ?? [];
  const owner = owners.find((reference) => reference.flag('controller')) ?? owners[0];
  return owner === undefined ? undefined : `${owner.text('kind')} ${owner.text('name')}`;
}
