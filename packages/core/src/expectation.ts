import { AccessStatement } from './access-statement';
import { AdmissionOperation, AdmissionStatement } from './admission-statement';
import { Cidr } from './cidr';
import { KubernetesName } from './kubernetes-name';
import { BoundedStatement, PodSecurityStatement } from './namespace-statement';
import { FlowStatement, NetworkParty } from './network-statement';
import { Problems } from './problems';

/** What an expectation says. */
export enum ExpectationKind {
  /** The flow gets through. */
  REACHABLE = 'reachable',

  /** The flow is stopped. */
  UNREACHABLE = 'unreachable',

  /** The request is authorised. */
  MAY = 'may',

  /** The request is refused. */
  MAY_NOT = 'may-not',

  /** The namespace enforces a Pod Security level. */
  POD_SECURITY = 'pod-security',

  /** The namespace has a quota and defaults for limits. */
  BOUNDED = 'bounded',

  /** Admission lets the request through. */
  ADMITTED = 'admitted',

  /** Admission refuses the request. */
  REFUSED = 'refused',
}

/** The one statement of an expectation. */
interface Statement {
  readonly flow?: FlowStatement;
  readonly access?: AccessStatement;
  readonly podSecurityStatement?: PodSecurityStatement;
  readonly boundedStatement?: BoundedStatement;
  readonly admission?: AdmissionStatement;
}

/**
 * One plain statement of the policy.
 *
 * Renderers write manifests that keep it, evaluators judge whether they do; neither sees the other's code.
 */
export class Expectation {
  /**
   * The flow gets through.
   *
   * @param statement who talks to whom
   * @throws InvalidInputError when the statement is not well formed
   */
  public static reachable(statement: FlowStatement): Expectation {
    checkFlow(statement);
    return new Expectation(ExpectationKind.REACHABLE, statement.reason, { flow: statement });
  }

  /**
   * The flow is stopped.
   *
   * @param statement who does not talk to whom
   * @throws InvalidInputError when the statement is not well formed
   */
  public static unreachable(statement: FlowStatement): Expectation {
    checkFlow(statement);
    return new Expectation(ExpectationKind.UNREACHABLE, statement.reason, { flow: statement });
  }

  /**
   * The request is authorised.
   *
   * @param statement who does what
   * @throws InvalidInputError when the statement is not well formed
   */
  public static may(statement: AccessStatement): Expectation {
    checkAccess(statement, false);
    return new Expectation(ExpectationKind.MAY, statement.reason, { access: statement });
  }

  /**
   * The request is refused.
   *
   * @param statement who does not do what
   * @throws InvalidInputError when the statement is not well formed
   */
  public static mayNot(statement: AccessStatement): Expectation {
    checkAccess(statement, true);
    return new Expectation(ExpectationKind.MAY_NOT, statement.reason, { access: statement });
  }

  /**
   * The namespace enforces a Pod Security level.
   *
   * @param statement which namespace, which level
   * @throws InvalidInputError when the statement is not well formed
   */
  public static podSecurity(statement: PodSecurityStatement): Expectation {
    const problems = new Problems();
    KubernetesName.collectDnsLabel(problems, 'namespace', statement.namespace, 'namespace');
    if (!/^v1\.(0|[1-9][0-9]*)$/.test(statement.version)) {
      problems.error({
        code: 'UnpinnedPodSecurityVersion',
        path: 'version',
        message: `'${statement.version}' does not pin a version of the Pod Security Standards`,
        value: statement.version,
        allowed: "a version such as 'v1.35'",
        cure: 'write the minor version of the cluster behind a v',
      });
    }
    problems.throwIfErrors('Pod Security expectation');
    return new Expectation(ExpectationKind.POD_SECURITY, statement.reason, { podSecurityStatement: statement });
  }

  /**
   * The namespace has a quota on CPU, memory and pods, and a LimitRange with defaults.
   *
   * @param statement which namespace
   * @throws InvalidInputError when the statement is not well formed
   */
  public static bounded(statement: BoundedStatement): Expectation {
    const problems = new Problems();
    KubernetesName.collectDnsLabel(problems, 'namespace', statement.namespace, 'namespace');
    problems.throwIfErrors('expectation of bounds');
    return new Expectation(ExpectationKind.BOUNDED, statement.reason, { boundedStatement: statement });
  }

  /**
   * Admission policies let the request through. Says nothing about authorisation, which `may` is about.
   *
   * @param statement who writes what
   * @throws InvalidInputError when the statement is not well formed
   */
  public static admitted(statement: AdmissionStatement): Expectation {
    checkAdmission(statement);
    return new Expectation(ExpectationKind.ADMITTED, statement.reason, { admission: statement });
  }

  /**
   * Admission policies refuse the request, even when it is authorised.
   *
   * @param statement who writes what
   * @throws InvalidInputError when the statement is not well formed
   */
  public static refused(statement: AdmissionStatement): Expectation {
    checkAdmission(statement);
    return new Expectation(ExpectationKind.REFUSED, statement.reason, { admission: statement });
  }

  /** What is said. */
  public readonly kind: ExpectationKind;

  /** Why the policy says so. */
  public readonly reason: string;

  /**
   * The flow.
   *
   * @default - the kind is neither REACHABLE nor UNREACHABLE
   */
  public readonly flow?: FlowStatement;

  /**
   * The request.
   *
   * @default - the kind is neither MAY nor MAY_NOT
   */
  public readonly access?: AccessStatement;

  /**
   * The Pod Security level.
   *
   * @default - the kind is not POD_SECURITY
   */
  public readonly podSecurityStatement?: PodSecurityStatement;

  /**
   * The namespace with bounds.
   *
   * @default - the kind is not BOUNDED
   */
  public readonly boundedStatement?: BoundedStatement;

  /**
   * The request that admission decides on.
   *
   * @default - the kind is neither ADMITTED nor REFUSED
   */
  public readonly admission?: AdmissionStatement;

  private constructor(kind: ExpectationKind, reason: string, statement: Statement) {
    this.kind = kind;
    this.reason = reason;
    this.flow = statement.flow;
    this.access = statement.access;
    this.podSecurityStatement = statement.podSecurityStatement;
    this.boundedStatement = statement.boundedStatement;
    this.admission = statement.admission;
  }

  /** The expectation as a plain object: its kind and the fields of its statement. */
  public toJson(): any {
    return { kind: this.kind, ...(this.flow ?? this.access ?? this.podSecurityStatement ?? this.boundedStatement ?? this.admission) };
  }
}

function checkFlow(statement: FlowStatement): void {
  const problems = new Problems();
  checkParty(problems, 'source', statement.source);
  checkParty(problems, 'destination', statement.destination);
  (statement.ports ?? []).forEach(({ port }, index) => {
    if (port === undefined || (Number.isInteger(port) && port >= 1 && port <= 65535)) return;
    problems.error({ code: 'InvalidPort', path: `ports[${index}].port`, message: `${port} is not a port`, value: port, allowed: '1 to 65535' });
  });
  problems.throwIfErrors('expectation of a flow');
}

function checkParty(problems: Problems, path: string, party: NetworkParty): void {
  const named = [party.namespace, party.exceptNamespaces, party.cidr].filter((side) => side !== undefined).length;
  if (named !== 1 || (party.cidr !== undefined && party.podLabels !== undefined)) {
    problems.error({
      code: 'AmbiguousParty',
      path,
      message: named === 0 ? 'the party names nobody' : 'the party names pods in more than one way',
      allowed: 'one of namespace, exceptNamespaces and cidr; podLabels only beside the first two',
      cure: 'say it in one statement a party',
    });
  }
  if (party.namespace !== undefined) KubernetesName.collectDnsLabel(problems, `${path}.namespace`, party.namespace, 'namespace');
  if (party.cidr !== undefined) Cidr.collect(problems, `${path}.cidr`, party.cidr);
}

function checkAccess(statement: AccessStatement, denied: boolean): void {
  const problems = new Problems();
  if (statement.user === undefined && statement.serviceAccount === undefined && !statement.groups?.length) {
    problems.error({ code: 'NoSubject', path: '', message: 'the statement names nobody', allowed: 'a user, groups or a service account', cure: 'say who acts' });
  }
  if (statement.serviceAccount !== undefined && !/^[^/]+\/[^/]+$/.test(statement.serviceAccount)) {
    problems.error({
      code: 'InvalidServiceAccount',
      path: 'serviceAccount',
      message: `'${statement.serviceAccount}' does not name a service account`,
      value: statement.serviceAccount,
      allowed: "'namespace/name'",
    });
  }
  if (statement.exceptNamespaces !== undefined && (!denied || statement.namespace !== undefined)) {
    problems.error({
      code: 'AmbiguousNamespaces',
      path: 'exceptNamespaces',
      message: denied ? 'both namespace and exceptNamespaces are set' : 'exceptNamespaces cannot say where somebody may act',
      allowed: 'exceptNamespaces with mayNot, without namespace',
      cure: 'name the namespace, or say what is refused everywhere else',
    });
  }
  problems.throwIfErrors('expectation of access');
}

function checkAdmission({ operation, object, oldObject }: AdmissionStatement): void {
  const problems = new Problems();
  const needed = {
    object: operation !== AdmissionOperation.DELETE,
    oldObject: operation === AdmissionOperation.UPDATE || operation === AdmissionOperation.DELETE,
  };
  for (const [path, value] of Object.entries({ object, oldObject })) {
    if ((value !== undefined) === needed[path as keyof typeof needed]) continue;
    problems.error({
      code: 'AmbiguousOperation',
      path,
      message: value === undefined ? `${operation} needs ${path}` : `${operation} has no ${path}`,
      allowed: 'object with CREATE and CONNECT, both with UPDATE, oldObject with DELETE',
      cure: value === undefined ? `say what the object ${path === 'object' ? 'would be' : 'was'}` : `leave out ${path}`,
    });
  }
  problems.throwIfErrors('expectation of admission');
}
