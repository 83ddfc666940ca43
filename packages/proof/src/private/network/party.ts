import { NetworkProtocol } from '@viridial/core';
import { Position } from './position';
import { LabelMap } from './selector';

/** A container port that has a name. */
export interface NamedContainerPort {
  readonly name: string;
  readonly protocol: NetworkProtocol;
  readonly port: number;
}

/** One side of a connection: all pods that no policy can tell apart, or an address outside. */
export interface Party {
  /** Equal for parties that fare alike. */
  readonly key: string;

  /** What the party is called in a witness: `Deployment.apps shop/web`, `203.0.113.7`. */
  readonly name: string;

  /** The namespace; empty for an address. */
  readonly namespace: string;
  readonly namespaceLabels: LabelMap;
  readonly labels: LabelMap;
  readonly namedPorts: NamedContainerPort[];

  /** It is not known what its ports are called, so a name may be any port of its protocol. */
  readonly namesAnything: boolean;

  /** Whether selectors of rules can match it: pods that are not their node. */
  readonly selectable: boolean;

  /** Whether policies apply to what it sends and receives. */
  readonly isolatable: boolean;

  /** Where it may stand, each position for a stretch of addresses; none when only its labels count. */
  readonly positions: readonly Position[];
}
