import { PodSecurityLevel } from '@viridial/core';
import { Flow } from '@viridial/security-policy';
import { Budget } from './budget';
import { ContainerLimits } from './container-limits';

/** What a shared namespace is like, beyond its name: whatever runs in it decides that. */
export interface SharedNamespaceSettings {
  /**
   * What the namespace may use; `shares` has no meaning here.
   * @default - 4 CPU, 8Gi of memory and the defaults of `Budget`
   */
  readonly budget?: Budget;
  /**
   * Bounds of single containers.
   * @default - the defaults of `ContainerLimits`
   */
  readonly containerLimits?: ContainerLimits;
  /**
   * Whether the namespace has a quota and a limit range. Without, what runs in it can take the whole cluster.
   * @default true
   */
  readonly bounded?: boolean;
  /**
   * Pod Security level. `BASELINE` lets pods run as root; `PRIVILEGED` lets them take over their node.
   * @default PodSecurityLevel.RESTRICTED
   */
  readonly podSecurity?: PodSecurityLevel;
  /**
   * Flows of the namespace besides DNS, its own pods, and the scraping of a monitoring namespace.
   * @default - none
   */
  readonly flows?: Flow[];
  /**
   * Labels of the namespace. Not below `viridial.com` or `kubernetes.io`, where policies trust them.
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}
