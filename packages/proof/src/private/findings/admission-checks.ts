import { finding } from './found';
import { RULES } from './rules';
import { SubjectMatter } from './subject-matter';
import { Finding } from '../../finding';
import { AdmissionPolicy, faultsOf, PolicyBinding } from '../admission/policy';
import { enumerate, short } from '../text';

/** What is wrong with admission policies and bindings in themselves. */
export function checkAdmission({ admission }: SubjectMatter): Finding[] {
  const policies = new Map(admission.policies.map((policy) => [policy.name, policy]));
  return [
    ...admission.policies.flatMap((policy) => checkPolicy(policy, admission.bindingsOf(policy))),
    ...admission.bindings.flatMap((binding) => checkBinding(binding, policies.get(binding.policyName))),
  ];
}

function checkPolicy(policy: AdmissionPolicy, bindings: PolicyBinding[]): Finding[] {
  const object = policy.identity;
  const related = bindings.map(({ identity }) => identity);
  const broken = faultsOf(policy).map(({ path, fault }) => finding(RULES.expressionNotCompiling, {
    object,
    path,
    related,
    why: `an API server does not take the expression: ${fault}`,
    cure: 'put the expression right; `kubectl apply --dry-run=server` tells the same before anything is stored',
  }));
  const ignored = policy.ignoresFailure ? [finding(RULES.failureIgnored, {
    object,
    path: 'spec.failurePolicy',
    related,
    why: 'with failurePolicy Ignore a request goes through whenever an expression fails',
    cure: 'set failurePolicy to Fail, and ask with has() for fields that may be absent',
  })] : [];
  const unbound = bindings.length === 0 ? [finding(RULES.policyWithoutBinding, {
    object,
    why: 'no ValidatingAdmissionPolicyBinding names the policy, so it is never asked',
    cure: `add a binding with policyName ${policy.name} and validationActions Deny`,
  })] : [];
  return [...broken, ...ignored, ...unbound];
}

function checkBinding({ identity: object, policyName, actions, params }: PolicyBinding, policy: AdmissionPolicy | undefined): Finding[] {
  if (policy === undefined) {
    if (policyName === '') return []; // told as malformed
    return [finding(RULES.bindingToMissingPolicy, {
      object,
      path: 'spec.policyName',
      why: `there is no ValidatingAdmissionPolicy ${policyName}, so the binding does nothing`,
      cure: 'add the policy, put its name right, or remove the binding',
    })];
  }
  const related = [policy.identity];
  const toothless = actions.length > 0 && !actions.includes('Deny') ? [finding(RULES.bindingNotRefusing, {
    object,
    path: 'spec.validationActions',
    related,
    why: `the binding has only the validationActions ${enumerate(actions)}: what ${short(policy.identity)} objects to goes through all the same`,
    cure: 'add Deny once nothing that is needed is reported any more',
  })] : [];
  const lacking = policy.paramKind !== undefined && params === undefined ? [finding(RULES.paramsMismatch, {
    object,
    path: 'spec.paramRef',
    related,
    why: `${short(policy.identity)} has the paramKind ${policy.paramKind.kind}, but the binding names no parameters: params is null in every expression`,
    cure: 'add paramRef with the name or a selector of the parameters, and parameterNotFoundAction Deny',
  })] : [];
  const surplus = policy.paramKind === undefined && params !== undefined ? [finding(RULES.paramsMismatch, {
    object,
    path: 'spec.paramRef',
    related,
    why: `the binding names parameters, but ${short(policy.identity)} has no paramKind: nothing reads them`,
    cure: 'add paramKind to the policy, or remove paramRef',
  })] : [];
  return [...toothless, ...lacking, ...surplus];
}
