import { NetworkProtocol } from '@viridial/core';
import { AddressBlock } from './address';
import { PortSet } from './port-set';
import { Entity } from './position';
import { Selector } from './selector';

/** The way of a connection, seen from the pods that a policy selects. */
export type Direction = 'ingress' | 'egress';

/** What a rule does with a connection that it means: `pass` leaves it to the next tier. */
export type Action = 'allow' | 'deny' | 'pass';

/** Pods by the labels of their namespace and their own. */
export interface PodSelection {
  readonly namespaces: Selector;
  readonly pods: Selector;
}

/** The other side of a rule; whatever of it is said has to hold together. */
export interface Peer {
  /** Pods by their labels; absent when labels do not matter. */
  readonly pods?: PodSelection;

  /** Whoever is no pod. */
  readonly strangers?: boolean;

  /** Whoever has an address of the block. */
  readonly block?: AddressBlock;

  /** Whoever is one of these to the network plugin. */
  readonly entities?: readonly Entity[];
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
  readonly action: Action;

  /** The other sides; absent for everybody. */
  readonly peers: Peer[] | undefined;

  /** The ports that are numbers. */
  readonly ports: PortSet;

  /** The ports that are names, and mean another number on each pod. */
  readonly named: NamedPort[];

  /** Names of ports that are not meant. */
  readonly notNamed?: NamedPort[];

  /** The pods of the policy that the rule is about; absent for all of them. */
  readonly own?: PodSelection[];
}

/** Policies that are read together, before or after those of other tiers. */
export interface Tier {
  readonly name: string;
  readonly order: number;

  /** What becomes of connections that no rule of the tier means, of pods that a policy of it isolates. */
  readonly otherwise: 'deny' | 'pass';

  /** A rule that denies wins wherever it stands; otherwise the first rule that means a connection decides. */
  readonly denyFirst: boolean;
}

/** A policy of any dialect. */
export interface Policy {
  readonly identity: string;

  /** Which part of its object it is; absent when that has only one. */
  readonly part?: string;

  /** The namespace it lives in; empty for policies of the whole cluster. */
  readonly namespace: string;

  /** The pods it is about: those of any of these. */
  readonly subjects: PodSelection[];
  readonly tier: Tier;

  /** Its place in the tier; equal ones stand in the order of their names. */
  readonly order: number;

  /** What comes in to the selected pods; absent when the policy says nothing about it. */
  readonly ingress: Rule[] | undefined;

  /** What goes out of the selected pods; absent when the policy says nothing about it. */
  readonly egress: Rule[] | undefined;

  /** Whether the selected pods only have what rules allow them, in the directions that the policy is about. */
  readonly isolates: { readonly [direction in Direction]: boolean };
}

/** The tier of NetworkPolicy v1, in which every plugin has it. The orders are those of Calico. */
export const NETWORK_POLICY_TIER: Tier = { name: 'default', order: 1_000_000, otherwise: 'deny', denyFirst: false };

/** Order of NetworkPolicy v1 among the policies of its tier: https://docs.tigera.io/calico/latest/reference/resources/networkpolicy */
export const NETWORK_POLICY_ORDER = 1000;

/** The rules of a policy in both directions. */
export function rulesOf({ ingress, egress }: Policy): Rule[] {
  return [...ingress ?? [], ...egress ?? []];
}

/** The blocks that rules speak of. */
export function blocksOf(rules: Rule[]): AddressBlock[] {
  return rules.flatMap(({ peers }) => peers ?? []).flatMap(({ block }) => block ?? []);
}
