import { CelError } from '../cel-error';
import { CelObject } from '../values';
import { Library } from './library';

/** A question of an expression to the authorizer. */
export interface AuthorizationQuestion {
  /** Somebody else than who made the request: `namespace/name` of a service account. */
  readonly serviceAccount?: string;
  readonly verb: string;
  readonly path?: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** What the authorizer says. */
export interface Authorization {
  readonly allowed: boolean;
  readonly reason: string;
}

/** Answers questions of expressions. */
export type Ask = (question: AuthorizationQuestion) => Authorization;

/** A question that is not complete yet. */
class Check extends CelObject {
  constructor(
    public readonly kind: string,
    public readonly ask: Ask,
    public readonly question: Partial<AuthorizationQuestion>,
  ) {
    super();
  }

  public equals(other: Check): boolean {
    return this === other;
  }

  /** The question with more to it. */
  public with(kind: string, more: Partial<AuthorizationQuestion>): Check {
    return new Check(kind, this.ask, { ...this.question, ...more });
  }
}

/** The answer to a question. */
class Decision extends CelObject {
  public readonly kind = 'decision';

  constructor(public readonly answer: Authorization) {
    super();
  }

  public equals(other: Decision): boolean {
    return this === other;
  }
}

/** The variable `authorizer`. */
export function authorizer(ask: Ask): CelObject {
  return new Check('authorizer', ask, {});
}

/** The variable `authorizer.requestResource`. */
export function resourceAuthorizer(ask: Ask, question: Partial<AuthorizationQuestion>): CelObject {
  return new Check('resourceCheck', ask, question);
}

/** Questions to the authorizer: `authorizer.group('apps').resource('deployments').check('create').allowed()`. */
export function addAuthorizer(library: Library): void {
  library.method('path', 'authorizer, string', 'pathCheck', (own: Check, path: string) => own.with('pathCheck', { path: filled(path, 'path') }))
    .method('group', 'authorizer, string', 'groupCheck', (own: Check, group: string) => own.with('groupCheck', { group }))
    .method('serviceAccount', 'authorizer, string, string', 'authorizer', (own: Check, namespace: string, name: string) => {
      if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name)) throw new CelError('Invalid service account name');
      if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(namespace)) throw new CelError('Invalid service account namespace');
      return own.with('authorizer', { serviceAccount: `${namespace}/${name}` });
    })
    .method('resource', 'groupCheck, string', 'resourceCheck', (own: Check, resource: string) => own.with('resourceCheck', { resource: filled(resource, 'resource') }));
  for (const part of ['subresource', 'namespace', 'name'] as const) {
    library.method(part, 'resourceCheck, string', 'resourceCheck', (own: Check, text: string) => own.with('resourceCheck', { [part]: text }));
  }
  // roles know no selectors
  for (const part of ['fieldSelector', 'labelSelector']) library.method(part, 'resourceCheck, string', 'resourceCheck', (own: Check) => own);
  for (const kind of ['pathCheck', 'resourceCheck']) {
    library.method('check', `${kind}, string`, 'decision', (own: Check, verb: string) => new Decision(own.ask({ ...own.question, verb })));
  }
  library.method('allowed', 'decision', 'bool', ({ answer }: Decision) => answer.allowed)
    .method('reason', 'decision', 'string', ({ answer }: Decision) => answer.reason)
    .method('errored', 'decision', 'bool', () => false)
    .method('error', 'decision', 'string', () => '');
}

function filled(text: string, what: string): string {
  if (text.trim() === '') throw new CelError(`${what} must not be empty`);
  return text;
}
