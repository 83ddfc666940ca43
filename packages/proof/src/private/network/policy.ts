import { NetworkProtocol } from '@viridial/core';
import { AddressBlock } from './address';
import { PortSet } from './port-set';
import { Selector } from './selector';

/** The way of a connection, seen from the pods that a policy selects. */
export type Direction = 'ingress' | 'egress';

/** The other side of a rule: pods by selectors, or addresses by a block. */
export interface Peer {
  /** Namespaces of the pods; absent for the namespace of the policy. Absent together with `pods` for a block. */
  readonly namespaces: Selector | undefined;
  readonly pods: Selector;
  readonly block: AddressBlock | undefined;
}

/** A port by its name on the pod that is talked to. */
export interface NamedPort {
  readonly name: string;
  readonly protocol: NetworkProtocol;
}

/** One rule of a policy. */
export interface Rule {
  /** Where it stands: `spec.ingress[0]`. */
  readonly path: string;

  /** The other sides; absent for everybody. */
  readonly peers: Peer[] | undefined;

  /** The ports that are numbers. */
  readonly ports: PortSet;

  /** The ports that are names, and mean another number on each pod. */
  readonly named: NamedPort[];
}

/** A NetworkPolicy. */
export interface Policy {
  readonly identity: string;
  readonly namespace: string;
  readonly pods: Selector;

  /** What comes in to the selected pods; absent when the policy says nothing about it. */
  readonly ingress: Rule[] | undefined;

  /** What goes out of the selected pods; absent when the policy says nothing about it. */
  readonly egress: Rule[] | undefined;
}
