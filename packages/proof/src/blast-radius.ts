import { ExposedObject, NodeAccess, Permission, ReachedAddresses } from './blast-radius-parts';
import { EscalationPath } from './escalation-path';
import { Blast } from './private/blast/blast';
import { writeBlast } from './private/blast/blast-text';
import { ReachabilityPair } from './reachability-pair';

/** What somebody who is inside a workload can reach, do, become and read. */
export class BlastRadius {
  /**
   * @internal
   */
  public static _of(blast: Blast): BlastRadius {
    return new BlastRadius(blast);
  }

  private constructor(private readonly blast: Blast) {}

  /** The workload: `Deployment.apps shop/web`. */
  public get workload(): string {
    return this.blast.workload;
  }

  /** The workloads that it reaches, with the ports, sorted. */
  public get reachable(): ReachabilityPair[] {
    return [...this.blast.reached.workloads];
  }

  /** The addresses outside that it reaches, with the ports, sorted; neighbours with the same ports are one entry. */
  public get addresses(): ReachedAddresses[] {
    return [...this.blast.reached.addresses];
  }

  /** The ports on which it reaches some public address, as text: `every port`, `TCP 443`, `no port`. */
  public get internet(): string {
    return this.blast.reached.internet.toString();
  }

  /** Whether it reaches the metadata service of a cloud (169.254.169.254), which hands out credentials of the node. */
  public get reachesMetadataService(): boolean {
    return !this.blast.reached.metadata.isEmpty;
  }

  /**
   * Whether it reaches the API server.
   *
   * @default - not known without a profile that has `apiServerCidrs`
   */
  public get reachesApiServer(): boolean | undefined {
    return this.blast.reached.apiServer;
  }

  /** Its service account, as `namespace/name`. */
  public get serviceAccount(): string {
    return this.blast.serviceAccount;
  }

  /** Whether a token of the service account is in the pods. */
  public get hasToken(): boolean {
    return this.blast.hasToken;
  }

  /** What it may ask of the API server with that token; nothing without one. */
  public get permissions(): Permission[] {
    return [...this.blast.permissions];
  }

  /** What it can become with that token and, when it gets onto its node, from there; the worst first. */
  public get escalations(): EscalationPath[] {
    return [...this.blast.escalations];
  }

  /** The Secrets, ConfigMaps, tokens and vaults that are in the pods. */
  public get exposed(): ExposedObject[] {
    return [...this.blast.exposed];
  }

  /** Its ways to the node. */
  public get nodeAccess(): NodeAccess[] {
    return [...this.blast.nodeAccess];
  }

  /** Whether root in it is root on its node. */
  public get escapesToNode(): boolean {
    return this.blast.nodeAccess.some(({ escapes }) => escapes);
  }

  /** All of it as a plain object. */
  public toJson(): any {
    return JSON.parse(JSON.stringify({
      workload: this.workload,
      reachable: this.reachable,
      addresses: this.addresses,
      internet: this.internet,
      reachesMetadataService: this.reachesMetadataService,
      reachesApiServer: this.reachesApiServer,
      serviceAccount: this.serviceAccount,
      hasToken: this.hasToken,
      permissions: this.permissions,
      escalations: this.escalations.map((path) => path.toJson()),
      exposed: this.exposed,
      nodeAccess: this.nodeAccess,
      escapesToNode: this.escapesToNode,
    }));
  }

  /** All of it for a person, with what would make it smaller. */
  public toString(): string {
    return writeBlast(this.blast);
  }
}
