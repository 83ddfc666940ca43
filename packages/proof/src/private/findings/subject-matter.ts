import { ClusterProfile, PodSecurityLevel, Problems } from '@viridial/core';
import { Access } from '../access/access';
import { Reviewer } from '../admission/reviewer';
import { Escalations } from '../access/escalations';
import { Ground } from '../access/ground';
import { Terrain } from '../access/terrain';
import { Inventory } from '../inventory';
import { Network } from '../network/network';
import { PodSecurityLabels, readPodSecurityLabels } from '../pod-security/namespace-labels';
import { NEWEST_MINOR } from '../pod-security/version';
import { NamespaceBounds, readBounds } from '../quota/bounds';

/** Everything that checks look at, read once. */
export interface SubjectMatter {
  readonly inventory: Inventory;
  readonly network: Network;
  readonly access: Access;
  readonly admission: Reviewer;

  /** How subjects become more than their rules say. */
  readonly escalations: Escalations;

  /** What the Namespace objects say about Pod Security, by namespace. */
  readonly podSecurity: Map<string, PodSecurityLabels>;

  /** What quotas and limit ranges say, by namespace. */
  readonly bounds: Map<string, NamespaceBounds>;

  /** The least level that every namespace is held to. */
  readonly level: PodSecurityLevel | undefined;

  /** The minor version that `latest` means. */
  readonly latestMinor: number;

  /** What could not be read. */
  readonly problems: Problems;
}

/** Reads manifests for all checks; what is malformed is left out and told. */
export function readSubjectMatter(manifests: any[], profile: ClusterProfile | undefined, level: PodSecurityLevel | undefined): SubjectMatter {
  const problems = new Problems();
  const inventory = Inventory.read(manifests, problems);
  const access = Access.read(inventory);
  return {
    inventory,
    network: Network.read(inventory, profile),
    access,
    admission: Reviewer.read(inventory, access),
    escalations: new Escalations(new Terrain(access, new Ground(inventory))),
    podSecurity: new Map(inventory.ofKind('Namespace').map((item) => [item.name, readPodSecurityLabels(item)])),
    bounds: readBounds(inventory),
    level,
    latestMinor: Math.min(profile?.version.minor ?? NEWEST_MINOR, NEWEST_MINOR),
    problems,
  };
}
