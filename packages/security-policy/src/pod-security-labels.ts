import { KubernetesVersion, PodSecurityLevel } from '@viridial/core';

/** The labels by which a namespace chooses its Pod Security level. */
export class PodSecurityLabels {
  /**
   * Labels that enforce a level and warn and audit by the same one, all pinned to a version: `latest` would change what is
   * refused whenever the control plane is upgraded (1.34, 1.35 and 1.37 each refuse more than the version before).
   * @param level the level
   * @param version the Kubernetes version whose meaning of the level is taken, such as `1.36`; a patch number is left out
   * @throws InvalidInputError when the version is not one
   */
  public static of(level: PodSecurityLevel, version: string): { [key: string]: string } {
    const pinned = `v${KubernetesVersion.parse(version).minorText}`;
    return Object.fromEntries(['audit', 'enforce', 'warn'].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, level],
      [`pod-security.kubernetes.io/${mode}-version`, pinned],
    ]));
  }

  private constructor() {}
}
