import { PolicyDefinition, Scope } from '../definition';
import { POD_CONDITIONS, POD_VARIABLE, SPEC_VARIABLE, WHOLE_POD_RULES } from '../pods';

/**
 * A pod gets a token of the API server only when somebody has asked for one, under a service account of its own: rights of
 * the default account are rights of every pod beside it.
 */
export function tokenAutomount(): PolicyDefinition {
  return {
    scope: Scope.TENANTS,
    rules: WHOLE_POD_RULES,
    conditions: POD_CONDITIONS,
    variables: [
      POD_VARIABLE,
      SPEC_VARIABLE,
      { name: 'account', expression: "has(variables.spec.serviceAccountName) && variables.spec.serviceAccountName != '' ? variables.spec.serviceAccountName : 'default'" },
    ],
    validations: [
      {
        expression: 'has(variables.spec.automountServiceAccountToken)',
        message: 'the pod does not say whether it needs the API server; set automountServiceAccountToken to false, or to true with a service account of its own',
        reason: 'Invalid',
      },
      {
        expression: "variables.account != 'default' || !has(variables.spec.automountServiceAccountToken) || variables.spec.automountServiceAccountToken == false",
        message: 'the pod would hold a token of the default service account; set automountServiceAccountToken to false, or name a service account of its own',
        reason: 'Invalid',
      },
      {
        // a token for somebody else, such as a vault, has an audience
        expression: "variables.account != 'default' || !has(variables.spec.volumes) || variables.spec.volumes.all(volume, !has(volume.projected) || !has(volume.projected.sources) || volume.projected.sources.all(source, !has(source.serviceAccountToken) || (has(source.serviceAccountToken.audience) && source.serviceAccountToken.audience != '')))",
        message: 'a volume would hold a token of the default service account for the API server; name a service account of its own, or the audience that the token is for',
        reason: 'Invalid',
      },
    ],
  };
}
