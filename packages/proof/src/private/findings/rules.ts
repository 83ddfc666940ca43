import { Severity } from '@viridial/core';

/** A rule that findings refer to. */
export interface FindingRule {
  readonly id: string;
  readonly severity: Severity;

  /** Heading of its findings. */
  readonly title: string;

  /** Why it matters, for somebody who meets it for the first time. */
  readonly help: string;
  readonly references: string[];
}

const NETWORK = ['CIS 5.3.2', 'NSA/CISA Network policies'];
const RBAC = 'NSA/CISA Role-based access control';
const POD_SECURITY = ['CIS 5.2.1', 'NSA/CISA Pod security enforcement'];
const ADMISSION = ['CIS 5.2.1', 'MTB-PL1-BC-CPI-2'];
const RESOURCES = ['NSA/CISA Resource policies', 'MTB-PL1-CC-FNS-1', 'MTB-PL1-CC-FNS-2'];

/** Every rule, in the order in which a report takes them up. */
export const RULES = {
  malformedObject: {
    id: 'MalformedObject',
    severity: Severity.ERROR,
    title: 'Objects that an API server refuses',
    help: 'What cannot be read cannot be judged, and cannot be applied either. Everything else in this report holds without these objects, or without the fields named here.',
    references: [],
  },
  duplicateObject: {
    id: 'DuplicateObject',
    severity: Severity.ERROR,
    title: 'Objects that are there twice',
    help: 'A cluster keeps whichever is applied last, so the outcome depends on the order of files.',
    references: [],
  },
  unreadPolicyField: {
    id: 'UnreadPolicyField',
    severity: Severity.ERROR,
    title: 'Policies of which not everything is read',
    help: 'These fields may open or close connections, and this verdict knows nothing of it: whatever it says about the pods of these policies holds without them.',
    references: [],
  },
  flowOpen: {
    id: 'FlowOpen',
    severity: Severity.ERROR,
    title: 'Connections that succeed although the policy forbids them',
    help: 'Network policies only ever add permissions: one rule too many, or one policy too few, and a namespace is open.',
    references: NETWORK,
  },
  flowBlocked: {
    id: 'FlowBlocked',
    severity: Severity.ERROR,
    title: 'Connections that fail although the policy promises them',
    help: 'A connection has to be allowed twice: where it leaves and where it arrives. Blocked connections show as time-outs, not as errors.',
    references: NETWORK.slice(1),
  },
  accessOpen: {
    id: 'AccessOpen',
    severity: Severity.ERROR,
    title: 'Requests that are authorised although the policy forbids them',
    help: 'RBAC only ever adds permissions: a request is refused only when no binding of the subject grants it.',
    references: ['MTB-PL1-CC-CPI-1', 'MTB-PL1-CC-TI-2', RBAC],
  },
  boundToEveryone: {
    id: 'BoundToEveryone',
    severity: Severity.ERROR,
    title: 'Roles that everybody has',
    help: 'system:authenticated is everybody with any credential, service accounts of all tenants among them; system:unauthenticated and system:anonymous are everybody who can reach the API server.',
    references: ['CIS 5.1.1', RBAC],
  },
  escalationPath: {
    id: 'EscalationPath',
    severity: Severity.WARNING,
    title: 'Subjects that can become more than their rules say',
    help: 'Some rights are worth more than they look: whoever runs a pod acts as its service account, and whoever may have a token made for somebody is that somebody. What counts is where such a chain ends, not where it starts.',
    references: [RBAC],
  },
  accessMissing: {
    id: 'AccessMissing',
    severity: Severity.ERROR,
    title: 'Requests that are refused although the policy promises them',
    help: 'Somebody who lacks a permission asks for a larger one; give exactly what the policy says.',
    references: [RBAC],
  },
  admissionOpen: {
    id: 'AdmissionOpen',
    severity: Severity.ERROR,
    title: 'Requests that admission lets through although the policy refuses them',
    help: 'Roles say who may write a kind of object; only admission looks at what is in it.',
    references: ADMISSION,
  },
  admissionBlocked: {
    id: 'AdmissionBlocked',
    severity: Severity.ERROR,
    title: 'Requests that admission refuses although the policy promises them',
    help: 'A policy that stands in the way of ordinary work is switched off, and with it everything else it refuses.',
    references: [],
  },
  podSecurityNotKept: {
    id: 'PodSecurityNotKept',
    severity: Severity.ERROR,
    title: 'Namespaces that enforce less Pod Security than the policy promises',
    help: 'The labels of a namespace are all that stands between a tenant and a privileged pod.',
    references: POD_SECURITY,
  },
  boundsMissing: {
    id: 'BoundsMissing',
    severity: Severity.ERROR,
    title: 'Namespaces that can take more than the policy grants',
    help: 'Without a quota one tenant can take the whole cluster; without defaults a quota refuses every pod that does not state its needs.',
    references: RESOURCES,
  },
  podSecurityViolation: {
    id: 'PodSecurityViolation',
    severity: Severity.ERROR,
    title: 'Pods that do not pass the Pod Security level they are held to',
    help: 'Pod Security admission refuses such pods. Of a workload it refuses every pod, while the workload itself is accepted and never gets ready.',
    references: ['NSA/CISA Pod security enforcement'],
  },
  podSecurityNotEnforced: {
    id: 'PodSecurityNotEnforced',
    severity: Severity.ERROR,
    title: 'Namespaces that admit privileged pods because nobody said otherwise',
    help: 'Without the label pod-security.kubernetes.io/enforce most clusters admit any pod, one that is root on its node among them.',
    references: POD_SECURITY,
  },
  podSecurityBelowLevel: {
    id: 'PodSecurityBelowLevel',
    severity: Severity.ERROR,
    title: 'Namespaces that enforce less than the level asked for',
    help: 'The proof was asked to hold every namespace to a level; these enforce a weaker one.',
    references: POD_SECURITY,
  },
  podSecurityNotPinned: {
    id: 'PodSecurityNotPinned',
    severity: Severity.WARNING,
    title: 'Pod Security levels that change with the next upgrade',
    help: 'The controls of a level change between versions of Kubernetes (1.34, 1.35 and 1.37 did). A pinned version changes when you decide.',
    references: POD_SECURITY,
  },
  namespaceWithoutNetworkPolicy: {
    id: 'NamespaceWithoutNetworkPolicy',
    severity: Severity.ERROR,
    title: 'Namespaces with workloads and no network policy',
    help: 'Without a policy every pod of the cluster reaches every port of these workloads, and they reach everything in turn.',
    references: NETWORK,
  },
  workloadNotIsolated: {
    id: 'WorkloadNotIsolated',
    severity: Severity.WARNING,
    title: 'Workloads that the policies of their namespace leave out',
    help: 'A policy isolates the pods it selects, in the directions it is about, and no others.',
    references: NETWORK,
  },
  policyWithoutEffect: {
    id: 'PolicyWithoutEffect',
    severity: Severity.WARNING,
    title: 'Policies that the network plugin does not act on',
    help: 'An API server takes such objects as long as their definitions are there, and nothing happens: they look like protection and are none.',
    references: NETWORK,
  },
  podBeyondPolicies: {
    id: 'PodBeyondPolicies',
    severity: Severity.WARNING,
    title: 'Pods that the network plugin applies no policy to',
    help: 'The Amazon VPC CNI only applies policies to pods that a controller owns. A pod that is made by hand is open, whatever policies select it and whatever else this report says of it.',
    references: NETWORK,
  },
  rulesWithoutPolicyType: {
    id: 'RulesWithoutPolicyType',
    severity: Severity.WARNING,
    title: 'Policies with rules for a direction that they are not about',
    help: 'policyTypes says what a policy is about. Rules for the other direction are stored and have no effect: they neither isolate nor let anything through.',
    references: NETWORK,
  },
  wildcardRole: {
    id: 'WildcardRole',
    severity: Severity.WARNING,
    title: 'Roles that grant by wildcard',
    help: 'A wildcard also grants what will only exist after the next upgrade, and what the next operator installs.',
    references: ['CIS 5.1.3', RBAC],
  },
  clusterAdminBinding: {
    id: 'ClusterAdminBinding',
    severity: Severity.WARNING,
    title: 'Subjects that may do everything',
    help: 'cluster-admin is beyond every other rule: whoever has it can lift them.',
    references: ['CIS 5.1.1', RBAC],
  },
  quotaWithoutDefaults: {
    id: 'QuotaWithoutDefaults',
    severity: Severity.WARNING,
    title: 'Quotas that refuse pods for want of defaults',
    help: 'Where a quota counts a resource, every container has to state it. A LimitRange states it for those that do not.',
    references: RESOURCES.slice(0, 2),
  },
  bindingToMissingRole: {
    id: 'BindingToMissingRole',
    severity: Severity.WARNING,
    title: 'Bindings to roles that are not in the manifests',
    help: 'What such a role grants is no part of this verdict. Add the role to the manifests that are judged.',
    references: [RBAC],
  },
  expressionNotCompiling: {
    id: 'ExpressionNotCompiling',
    severity: Severity.ERROR,
    title: 'Policies with expressions that an API server does not take',
    help: 'An API server refuses the whole policy, so that nothing of it is enforced; one that has it from an older version refuses every request that the policy is about.',
    references: [],
  },
  policyWithoutBinding: {
    id: 'PolicyWithoutBinding',
    severity: Severity.ERROR,
    title: 'Policies that no binding puts to use',
    help: 'A ValidatingAdmissionPolicy does nothing by itself: a binding says where it holds and what happens.',
    references: [],
  },
  bindingToMissingPolicy: {
    id: 'BindingToMissingPolicy',
    severity: Severity.ERROR,
    title: 'Bindings of policies that are not in the manifests',
    help: 'A binding without its policy does nothing, and nobody says so. Add the policy to the manifests that are judged.',
    references: [],
  },
  paramsMismatch: {
    id: 'ParamsMismatch',
    severity: Severity.ERROR,
    title: 'Policies and bindings that do not agree about parameters',
    help: 'A paramRef finds objects of the paramKind of the policy; one without the other has no effect.',
    references: [],
  },
  bindingNotRefusing: {
    id: 'BindingNotRefusing',
    severity: Severity.WARNING,
    title: 'Bindings that refuse nothing',
    help: 'Warn and Audit are for trying a policy out; whatever it objects to still goes through.',
    references: [],
  },
  failureIgnored: {
    id: 'FailureIgnored',
    severity: Severity.WARNING,
    title: 'Policies that let through what they cannot judge',
    help: 'An expression fails when a field is absent that it reads, and whoever writes an object chooses which fields it has.',
    references: [],
  },
  unusedAcceptance: {
    id: 'UnusedAcceptance',
    severity: Severity.WARNING,
    title: 'Acceptances of what is not found',
    help: 'What was accepted once and is no longer there would be accepted unseen when it comes back.',
    references: [],
  },
} satisfies { [name: string]: FindingRule };

/** The rules by id. */
export const RULES_BY_ID = new Map<string, FindingRule>(Object.values(RULES).map((rule) => [rule.id, rule]));
