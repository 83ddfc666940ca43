import { Expectation, ExpectationKind } from '@viridial/core';
import { AccessJudge } from './access-judge';
import { AdmissionJudge } from './admission-judge';
import { FlowJudge } from './flow-judge';
import { judgeBounds, judgePodSecurity } from './namespace-judge';
import { SubjectMatter } from './subject-matter';
import { Finding } from '../../finding';

/** What came of the expectations. */
export interface JudgedExpectations {
  readonly findings: Finding[];

  /** How many of them do not hold. */
  readonly broken: number;
}

/** Judges every expectation. */
export function judgeExpectations(matter: SubjectMatter, expectations: Expectation[]): JudgedExpectations {
  const flows = new FlowJudge(matter);
  const access = new AccessJudge(matter);
  const admissions = new AdmissionJudge(matter);
  const judge = ({ kind, flow, access: request, podSecurityStatement, boundedStatement, admission: statement }: Expectation): Finding[] => {
    switch (kind) {
      case ExpectationKind.REACHABLE: return flows.reachable(flow!);
      case ExpectationKind.UNREACHABLE: return flows.unreachable(flow!);
      case ExpectationKind.MAY: return access.may(request!);
      case ExpectationKind.MAY_NOT: return access.mayNot(request!);
      case ExpectationKind.POD_SECURITY: return judgePodSecurity(matter, podSecurityStatement!);
      case ExpectationKind.BOUNDED: return judgeBounds(matter, boundedStatement!);
      case ExpectationKind.ADMITTED: return admissions.admitted(statement!);
      case ExpectationKind.REFUSED: return admissions.refused(statement!);
    }
  };
  const results = expectations.map(judge);
  return { findings: results.flat(), broken: results.filter(({ length }) => length > 0).length };
}
