import { Cidr } from '@viridial/core';
import { PortSpan } from './port-spans';
import { Direction } from './rule';

/** Namespaces by labels that no tenant can change: their name, and what admission protects. All that is named has to hold. */
export interface NamespaceChoice {
  readonly platform?: string;
  /** Namespaces of any tenant but this one; those of no tenant are not chosen. */
  readonly otherTenantsThan?: string;
  /** Sorted. */
  readonly names?: string[];
  /** Sorted. */
  readonly exceptNames?: string[];
}

/** A block of addresses without some of them. */
export interface ClosedBlock {
  readonly block: Cidr;
  readonly except: Cidr[];
}

/** Whom the pods of a tier policy cannot talk to, in words that every dialect has its own for; exactly one is set. */
export interface TierPeer {
  readonly namespaces?: NamespaceChoice;
  readonly addresses?: ClosedBlock[];
  /** The nodes and the API server, with their addresses for dialects that know them by these. */
  readonly nodes?: Cidr[];
}

/** One thing that stays closed whatever the policies of a namespace say. */
export interface TierClosing {
  /** In kebab-case, at most 100 characters. */
  readonly name: string;
  readonly direction: Direction;
  readonly peer: TierPeer;
  /** Absent means everything, protocols without ports included. */
  readonly ports?: PortSpan[];
}

/**
 * What stays closed for some namespaces. A policy only ever closes, and never opens or passes: deny rules mean the same in
 * every order, under Cilium where a deny always wins, and for the agent of the VPC CNI, which does not keep the order of rules.
 */
export interface TierPolicy {
  readonly name: string;
  readonly reason: string;
  readonly subject: NamespaceChoice;
  /** Smaller is earlier, where a dialect has an order. */
  readonly priority: number;
  readonly closings: TierClosing[];
}

/** What all objects of the tier share. */
export interface TierMetadata {
  readonly platform: string;
  readonly labels: { [key: string]: string };
  /** Whether this is a part of the tier, beside which somebody renders what all parts share. */
  readonly part?: boolean;
}
