import { ClusterProfile, Expectation, PodSecurityLevel } from '@viridial/core';
import { AcceptedFinding } from './accepted-finding';
import { BlastRadius } from './blast-radius';
import { Endpoint } from './endpoint';
import { judgeBlast } from './private/blast/blast';
import { applyAcceptances } from './private/findings/acceptance';
import { checkAccess } from './private/findings/access-checks';
import { checkAdmission } from './private/findings/admission-checks';
import { checkEscalations } from './private/findings/escalation-checks';
import { judgeExpectations } from './private/findings/expectations';
import { sortFindings, withoutRepetition } from './private/findings/found';
import { checkIsolation, checkPlugin } from './private/findings/network-checks';
import { checkObjects } from './private/findings/object-checks';
import { checkNamespaceLabels, checkWorkloads } from './private/findings/pod-security-checks';
import { checkPolicies } from './private/findings/policy-checks';
import { checkQuotas } from './private/findings/quota-checks';
import { readSubjectMatter } from './private/findings/subject-matter';
import { ProofReport } from './proof-report';

/** What manifests are held to. */
export interface ProofOptions {
  /**
   * The cluster: its network plugin decides how policies are read, its version what `latest` means.
   *
   * @default - network policies by the specification alone; `latest` is the newest known version of the Pod Security Standards
   */
  readonly profile?: ClusterProfile;

  /**
   * What the policy promises.
   *
   * @default - only what is wrong in itself is found
   */
  readonly expectations?: Expectation[];

  /**
   * The least Pod Security level that every namespace has to enforce and every workload has to pass.
   *
   * @default - whatever each namespace enforces
   */
  readonly level?: PodSecurityLevel;

  /**
   * What is known and cannot be put right: it is counted and listed with its reason, and is no finding.
   *
   * @default - nothing is accepted
   */
  readonly accepted?: AcceptedFinding[];
}

/**
 * An offline judgement over any manifests: do they keep what the policy promises, and what is wrong with them in itself?
 *
 * Nothing of it is shared with the code that renders manifests. Objects that are malformed are findings; everything
 * else is judged without them.
 */
export class Proof {
  /**
   * Takes manifests; `report` judges them.
   *
   * @param manifests plain objects as read from YAML
   * @param options what they are held to
   */
  public static of(manifests: any[], options: ProofOptions = {}): Proof {
    return new Proof([...manifests], options);
  }

  private constructor(private readonly manifests: any[], private readonly options: ProofOptions) {}

  /** Judges the manifests. The same manifests in another order have the same report. */
  public report(): ProofReport {
    const { profile, expectations = [], level, accepted = [] } = this.options;
    const matter = readSubjectMatter(this.manifests, profile, level);
    const judged = judgeExpectations(matter, expectations);
    const found = [
      ...judged.findings,
      ...checkNamespaceLabels(matter),
      ...checkWorkloads(matter),
      ...checkIsolation(matter),
      ...checkPlugin(matter),
      ...checkPolicies(matter),
      ...checkQuotas(matter),
      ...checkAccess(matter),
      ...checkAdmission(matter),
      ...checkEscalations(matter, expectations),
    ];
    // last, because every check may come upon a field that it cannot read
    const { open, suppressed } = applyAcceptances(sortFindings([...withoutRepetition(found), ...checkObjects(matter)]), accepted);
    return ProofReport._of(sortFindings(open), suppressed, {
      judged: matter.inventory.judged,
      unknown: matter.inventory.unknown,
      expectations: expectations.length,
      brokenExpectations: judged.broken,
    });
  }

  /**
   * What somebody who is inside a workload can reach, do, become and read. Manifests that are malformed are left out.
   *
   * @param endpoint a pod or workload of the manifests, or a probe for a pod that somebody could create
   * @throws InvalidInputError when the manifests have no such workload, or the endpoint is an address
   */
  public compromise(endpoint: Endpoint): BlastRadius {
    const { profile, level } = this.options;
    return BlastRadius._of(judgeBlast(readSubjectMatter(this.manifests, profile, level), endpoint, profile));
  }
}
