import { AdmissionStatement, Manifests } from '@viridial/core';
import { Found, finding } from './found';
import { RULES } from './rules';
import { SubjectMatter } from './subject-matter';
import { AdmissionRequest } from '../../admission-request';
import { Finding } from '../../finding';
import { AdmissionPolicy, faultsOf } from '../admission/policy';
import { Missed, Objection, Reviewer } from '../admission/reviewer';
import { distinct, enumerate, enumerateSome, short } from '../text';

/**
 * Judges statements about what admission refuses and lets through.
 *
 * A request is refused when one policy refuses it, be it because an expression fails. A policy that an API server does not
 * take refuses nothing.
 */
export class AdmissionJudge {
  private readonly admission: Reviewer;

  constructor({ admission }: SubjectMatter) {
    this.admission = admission;
  }

  /** A request that is let through although it should be refused. */
  public refused(statement: AdmissionStatement): Finding[] {
    const request = requestOf(statement);
    const { objections } = this.admission.ask(request);
    const refusing = objections.filter(refuses);
    if (refusing.some(({ policy }) => faultsOf(policy).length === 0)) return [];
    const said = `The policy says that admission refuses ${describe(statement)} (${statement.reason})`;
    return [finding(RULES.admissionOpen, {
      ...blameFault(refusing, said) ?? blameObjection(objections, said)
        ?? this.blameMissed(request, said) ?? this.blameAsked(statement, request, said),
      witness: `${command(statement)} succeeds`,
    })];
  }

  /** A request that is refused although it should be let through. */
  public admitted(statement: AdmissionStatement): Finding[] {
    const refusing = this.admission.ask(requestOf(statement)).objections.filter(refuses);
    if (refusing.length === 0) return [];
    const [{ policy, binding, path, message, failed }] = refusing;
    const inBinding = path === 'spec.paramRef';
    return [finding(RULES.admissionBlocked, {
      object: inBinding ? binding!.identity : policy.identity,
      path,
      why: `The policy says that admission lets through ${describe(statement)} (${statement.reason}), but ${short(policy.identity)} refuses it${failed ? ' because something goes wrong' : ''}: ${message}`,
      cure: inBinding ? 'add the parameters, or set parameterNotFoundAction to Allow'
        : failed ? 'ask with has() for fields that may be absent' : `narrow ${path}, or exempt the request in matchConstraints or matchConditions`,
      witness: `${command(statement)} is refused`,
      related: [...refusing.map((own) => own.policy.identity), ...refusing.flatMap((own) => own.binding?.identity ?? [])],
    })];
  }

  /** A policy that would refuse the request, but leaves it out. */
  private blameMissed(request: AdmissionRequest, said: string): Found | undefined {
    const order = (missed: Missed) => ['', 'spec.matchResources', 'spec.matchConditions', 'spec.matchConstraints'].indexOf(missed.field);
    const [missed] = this.admission.missed(request).filter(({ field, policy }) => field !== 'spec.matchConstraints' || looksAtObjects(policy))
      .sort((a, b) => order(a) - order(b));
    if (missed === undefined) return undefined;
    const { policy, binding, field, message } = missed;
    if (field === '') {
      return {
        object: policy.identity,
        why: `${said}, and ${short(policy.identity)} would (${message}), but no binding puts it to use`,
        cure: `add a ValidatingAdmissionPolicyBinding with policyName ${policy.name} and validationActions Deny`,
      };
    }
    const object = binding?.identity ?? policy.identity;
    // whichever policy was meant: one that leaves the request out, or one of those that are asked and object no more
    const asked = this.admission.asked(request).map(({ identity }) => identity);
    return {
      object,
      path: field,
      related: [policy.identity, ...asked],
      why: `${said}, and ${short(policy.identity)} would (${message}), but ${field} of ${short(object)} leaves the request out`,
      cure: `widen ${field} of ${short(object)} so that it takes in the request`,
    };
  }

  /** Nobody would refuse the request: those who are asked come first. */
  private blameAsked(statement: AdmissionStatement, request: AdmissionRequest, said: string): Found {
    const asked = this.admission.asked(request);
    const lost = this.admission.bindings.filter(({ policyName }) => !this.admission.policies.some(({ name }) => name === policyName));
    if (asked.length === 0) {
      return {
        object: lost.length === 1 ? lost[0].identity : identityOf(statement),
        related: lost.map(({ identity }) => identity),
        why: `${said}, but no policy is about such requests${lost.length === 0 ? '' : `; ${enumerate(lost.map(({ identity }) => short(identity)))} name policies that are not there`}`,
        cure: 'add a ValidatingAdmissionPolicy that refuses it, and a binding with validationActions Deny',
      };
    }
    const names = distinct(asked.map(({ identity }) => identity));
    return {
      object: asked.length === 1 ? names[0] : identityOf(statement),
      path: asked.length === 1 ? 'spec.validations' : '',
      related: [...names, ...lost.map(({ identity }) => identity)],
      why: `${said}, but ${enumerateSome(names.map(short), 3)}, which ${asked.length === 1 ? 'is' : 'are'} asked about it, ${asked.length === 1 ? 'has' : 'have'} no objection`,
      cure: 'add a validation that refuses it',
    };
  }
}

/** Whether what a policy refuses depends on the object: one that refuses all of some kinds says nothing about other kinds. */
function looksAtObjects({ validations }: AdmissionPolicy): boolean {
  return validations.some(({ expression }) => /\b(object|oldObject|variables)\b/.test(expression.source));
}

function refuses({ actions, ignored }: Objection): boolean {
  return actions.includes('Deny') && !ignored;
}

/** A policy that refuses the request only where an older API server has stored it. */
function blameFault([refusing]: Objection[], said: string): Found | undefined {
  if (refusing === undefined) return undefined;
  const { policy, binding } = refusing;
  const [{ path, fault }] = faultsOf(policy);
  return {
    object: policy.identity,
    path,
    related: binding === undefined ? [] : [binding.identity],
    why: `${said}, and only ${short(policy.identity)} would, which an API server does not take: ${fault}`,
    cure: 'put the expression right',
  };
}

/** A policy that objects to the request, and what keeps it from refusing. */
function blameObjection(objections: Objection[], said: string): Found | undefined {
  const toothless = objections.find(({ actions, ignored }) => !ignored && !actions.includes('Deny'));
  if (toothless !== undefined) {
    const { policy, binding, message, actions } = toothless;
    return {
      object: binding!.identity,
      path: 'spec.validationActions',
      related: [policy.identity],
      why: `${said}, and ${short(policy.identity)} objects (${message}), but the binding has ${actions.length === 0 ? 'no validationActions' : `only the validationActions ${enumerate(actions)}`}, which refuse nothing`,
      cure: `add Deny to spec.validationActions of ${short(binding!.identity)}`,
    };
  }
  const ignored = objections.find((own) => own.ignored);
  if (ignored === undefined) return undefined;
  const { policy, binding, message } = ignored;
  return {
    object: policy.identity,
    path: 'spec.failurePolicy',
    related: binding === undefined ? [] : [binding.identity],
    why: `${said}, but ${short(policy.identity)} fails on it (${message}) and its failurePolicy is Ignore`,
    cure: 'set failurePolicy to Fail, and ask with has() for fields that may be absent',
  };
}

function requestOf({ operation, object, oldObject, subresource, user, groups }: AdmissionStatement): AdmissionRequest {
  return { operation, object, oldObject, subresource, userInfo: { username: user, groups } };
}

function shown({ object, oldObject }: AdmissionStatement): any {
  return object ?? oldObject;
}

function identityOf(statement: AdmissionStatement): string {
  const { apiVersion, kind, metadata } = shown(statement);
  return Manifests.identity({ apiVersion, kind, metadata: { ...metadata, name: metadata?.name ?? `${metadata?.generateName ?? ''}*` } });
}

function describe(statement: AdmissionStatement): string {
  const by = statement.user ?? (statement.groups?.length ? `the group ${enumerate(statement.groups)}` : 'anybody');
  const part = statement.subresource === undefined ? '' : ` (${statement.subresource})`;
  return `${statement.operation} of ${short(identityOf(statement))}${part} by ${by}`;
}

/** The request as a command, with the whole object, so that anybody can try it. */
function command(statement: AdmissionStatement): string {
  const { operation, subresource, user, groups } = statement;
  // kubectl takes groups only beside a name
  const name = user ?? (groups?.length ? 'somebody' : undefined);
  const as = [...(name === undefined ? [] : [` --as=${name}`]), ...(groups ?? []).map((group) => ` --as-group=${group}`)].join('');
  const { kind, metadata } = shown(statement);
  const within = metadata?.namespace === undefined ? '' : ` --namespace=${metadata.namespace}`;
  if (operation === 'DELETE') return `kubectl delete --dry-run=server ${kind.toLowerCase()}/${metadata?.name}${within}${as}`;
  if (operation === 'CONNECT') return `kubectl ${subresource ?? 'exec'} ${metadata?.name ?? 'POD'}${within}${as}`;
  const part = subresource === undefined ? '' : ` --subresource=${subresource}`;
  return `kubectl ${operation === 'CREATE' ? 'create' : 'replace'} --dry-run=server${part}${as} --filename=- <<< '${JSON.stringify(shown(statement)).replace(/'/g, "'\\''")}'`;
}
