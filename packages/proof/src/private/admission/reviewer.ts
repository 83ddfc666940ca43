import { Attributes, readRequest } from './attributes';
import { asker } from './authorization';
import { Bindings, evaluatePolicy, Evaluation, Failure } from './evaluation';
import { labelsOf, matches, withName } from './match';
import { FoundParams, Params } from './params';
import { AdmissionPolicy, PolicyBinding } from './policy';
import { readAdmissionPolicy, readPolicyBinding } from './policy-reader';
import { Resource, Resources } from './resources';
import { AdmissionAudit } from '../../admission-audit';
import { AdmissionDecision } from '../../admission-decision';
import { AdmissionDenial } from '../../admission-denial';
import { AdmissionRequest } from '../../admission-request';
import { Access } from '../access/access';
import { authorizer, resourceAuthorizer } from '../cel/library/authorizer';
import { fromJson, Value } from '../cel/values';
import { Inventory, Item } from '../inventory';
import { groupBy } from '../text';

/** Something that a policy objects to, and what comes of it. */
export interface Objection extends Failure {
  readonly policy: AdmissionPolicy;

  /** Absent when no binding is to blame. */
  readonly binding: PolicyBinding | undefined;

  /** What the binding makes of it; what goes wrong with bindings and annotations always refuses. */
  readonly actions: string[];

  /** Whether failurePolicy lets it go. */
  readonly ignored: boolean;
}

/** An objection that a policy would have if it were asked, and the field because of which it is not. */
export interface Missed {
  readonly policy: AdmissionPolicy;

  /** The binding that leaves the request out; absent when the policy does, or has no binding. */
  readonly binding: PolicyBinding | undefined;

  /** `spec.matchConstraints`, `spec.matchResources`, `spec.matchConditions`; empty when no binding puts the policy to use. */
  readonly field: string;
  readonly message: string;
}

/** What all policies say about a request. */
export interface Review {
  readonly objections: Objection[];
  readonly audits: AdmissionAudit[];
}

/**
 * Requests on which no policy is asked: policies themselves, so that nobody locks himself out, and questions about permissions.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/kubeapiserver/admission/exclusion/resources.go
 */
const EXEMPT = /^(?:[A-Za-z]+\.admissionregistration\.k8s\.io|(?:TokenReview|SelfSubjectReview)\.authentication\.k8s\.io|[A-Za-z]+Review\.authorization\.k8s\.io)$/;

/** Policies and bindings, ready to be asked. */
export class Reviewer {
  /** Reads policies and bindings; what is malformed goes where the inventory's problems go. */
  public static read(inventory: Inventory, access: Access): Reviewer {
    const policies = inventory.ofKind('ValidatingAdmissionPolicy').flatMap((item) => readAdmissionPolicy(item) ?? []);
    const bindings = inventory.ofKind('ValidatingAdmissionPolicyBinding').flatMap((item) => readPolicyBinding(item) ?? []);
    const resources = Resources.read(inventory);
    return new Reviewer(policies, bindings, resources, new Params(inventory, resources), inventory.ofKind('Namespace'), access);
  }

  private readonly byPolicy: Map<string, PolicyBinding[]>;
  private readonly namespaces: Map<string, Item>;

  private constructor(
    /** The policies, sorted by name. */
    public readonly policies: AdmissionPolicy[],

    /** The bindings, sorted by name. */
    public readonly bindings: PolicyBinding[],
    private readonly resources: Resources,
    private readonly params: Params,
    namespaces: Item[],
    private readonly access: Access,
  ) {
    this.byPolicy = groupBy(bindings, ({ policyName }) => policyName);
    this.namespaces = new Map(namespaces.map((item) => [item.name, item]));
  }

  /** The bindings of a policy. */
  public bindingsOf({ name }: AdmissionPolicy): PolicyBinding[] {
    return this.byPolicy.get(name) ?? [];
  }

  /**
   * The decision on a request.
   *
   * @throws InvalidInputError when it is no request
   */
  public review(request: AdmissionRequest): AdmissionDecision {
    const { objections, audits } = this.ask(request);
    const open = objections.filter(({ ignored }) => !ignored);
    const denials = open.filter(({ actions }) => actions.includes('Deny')).map(denial);
    const warnings = open.filter(({ actions }) => actions.includes('Warn'))
      .map(({ policy, binding, message }) => `Validation failed for ValidatingAdmissionPolicy '${policy.name}' with binding '${binding!.name}': ${message}`);
    return { allowed: denials.length === 0, denials, warnings, audits };
  }

  /**
   * What all policies say about a request.
   *
   * @param request the request
   */
  public ask(request: AdmissionRequest): Review {
    const attributes = readRequest(request, this.resources);
    const objections: Objection[] = [];
    const audits: AdmissionAudit[] = [];
    if (EXEMPT.test(`${attributes.resource.kind}.${attributes.resource.group}`)) return { objections, audits };
    const { labels, lookup } = this.surroundings(request, attributes);
    for (const policy of this.policies) {
      const resource = matches(policy.match, attributes, labels, this.resources);
      if (resource === undefined) continue;
      const own = (name: string) => lookup(name, resource);
      const annotations = new Map<string, Set<string>>();
      for (const binding of this.bindingsOf(policy)) {
        if (matches(binding.match, attributes, labels, this.resources) === undefined) continue;
        const found = this.paramsOf(policy, binding, request, attributes);
        if (found.fault !== undefined) {
          objections.push(objection(policy, binding, ['Deny'], { path: 'spec.paramRef', message: `failed to configure binding: ${found.fault}`, reason: 'Invalid', failed: true }));
          continue;
        }
        for (const params of found.params) this.evaluate(policy, binding, { lookup: own, params }, { objections, audits }, annotations);
      }
      for (const [key, values] of annotations) audits.push({ policy: policy.name, key: `${policy.name}/${key}`, value: [...values].join(', ') });
    }
    return { objections, audits };
  }

  /**
   * What policies would object to if they were asked: those that leave a request out, and those without a binding.
   *
   * @param request the request
   */
  public missed(request: AdmissionRequest): Missed[] {
    const attributes = readRequest(request, this.resources);
    const { labels, lookup } = this.surroundings(request, attributes);
    return this.policies.flatMap((policy) => {
      const resource = matches(policy.match, attributes, labels, this.resources);
      const own = (name: string) => lookup(name, resource ?? attributes.resource);
      const bindings: (PolicyBinding | undefined)[] = this.bindingsOf(policy);
      return (bindings.length === 0 ? [undefined] : bindings).flatMap((binding): Missed[] => {
        const left = binding !== undefined && matches(binding.match, attributes, labels, this.resources) === undefined;
        const none = policy.paramKind === undefined ? [null] : [];
        const params = binding === undefined ? none : this.paramsOf(policy, binding, request, attributes).params;
        const messages = (regardless: boolean) => params
          .flatMap((param) => evaluatePolicy(policy, { lookup: own, params: param }, regardless).failures)
          .filter(({ failed }) => !failed);
        const [first] = messages(true);
        if (first === undefined) return [];
        const field = resource === undefined ? 'spec.matchConstraints' : left ? 'spec.matchResources' : messages(false).length === 0 ? 'spec.matchConditions' : '';
        if (field === '' && binding !== undefined) return [];
        return [{ policy, binding: field === 'spec.matchResources' ? binding : undefined, field, message: first.message }];
      });
    });
  }

  /** The policies that are asked about a request. */
  public asked(request: AdmissionRequest): AdmissionPolicy[] {
    const attributes = readRequest(request, this.resources);
    const { labels } = this.surroundings(request, attributes);
    return this.policies.filter((policy) => matches(policy.match, attributes, labels, this.resources) !== undefined
      && this.bindingsOf(policy).some(({ match }) => matches(match, attributes, labels, this.resources) !== undefined));
  }

  private surroundings(request: AdmissionRequest, attributes: Attributes) {
    const namespace = this.namespaceOf(request, attributes);
    return { labels: labelsOf(namespace), lookup: this.lookup(attributes, namespace) };
  }

  private paramsOf(policy: AdmissionPolicy, binding: PolicyBinding, { params }: AdmissionRequest, attributes: Attributes): FoundParams {
    return params === undefined || policy.paramKind === undefined ? this.params.of(policy, binding, attributes) : { params: [fromJson(params)] };
  }

  private evaluate(
    policy: AdmissionPolicy, binding: PolicyBinding, bindings: Bindings, { objections, audits }: Review, annotations: Map<string, Set<string>>,
  ): void {
    const evaluation: Evaluation = evaluatePolicy(policy, bindings);
    for (const failure of evaluation.failures) {
      const own = objection(policy, binding, binding.actions, failure);
      objections.push(own);
      if (binding.actions.includes('Audit') && !own.ignored) audits.push(validationFailure(policy, binding, failure));
    }
    objections.push(...evaluation.annotationFailures.map((failure) => objection(policy, binding, ['Deny'], failure)));
    for (const { key, value } of evaluation.annotations) {
      if (!annotations.has(key)) annotations.set(key, new Set());
      annotations.get(key)!.add(value);
    }
  }

  /** The Namespace of a request as it is stored; a request about a Namespace itself has its labels. */
  private namespaceOf({ namespaceObject }: AdmissionRequest, { namespace, resource, oldObject }: Attributes): any {
    if (namespace === '') return undefined;
    const own = namespaceObject ?? (resource.resource === 'namespaces' && resource.group === '' ? oldObject : undefined) ?? this.namespaces.get(namespace)?.object ?? {};
    const name = own.metadata?.name ?? namespace;
    return { ...own, metadata: { ...own.metadata, name, labels: withName(labelsOf(own), name) } };
  }

  /** Values of variables, each made when it is first needed. */
  private lookup(attributes: Attributes, namespace: any): (name: string, resource: Resource) => Value {
    const known = new Map<string, Value>();
    const isNamespace = attributes.resource.kind === 'Namespace' && attributes.resource.group === '';
    const ask = asker(this.access, attributes.user);
    const make = (name: string, resource: Resource): Value => {
      switch (name) {
        case 'object': return fromJson(converted(attributes.object, attributes, resource));
        case 'oldObject': return fromJson(converted(attributes.oldObject, attributes, resource));
        case 'namespaceObject': return isNamespace || namespace === undefined ? null : fromJson(readableNamespace(namespace));
        case 'request': return fromJson(requestObject(attributes, resource));
        case 'authorizer': return authorizer(ask) as unknown as Value;
        default: {
          const { group, resource: plural } = attributes.resource;
          return resourceAuthorizer(ask, {
            group, resource: plural, subresource: attributes.subresource || undefined, namespace: attributes.namespace, name: attributes.name,
          }) as unknown as Value;
        }
      }
    };
    return (name, resource) => {
      const key = resource === attributes.resource ? name : `${name} ${resource.group}/${resource.version}`;
      let value = known.get(key);
      if (value === undefined) known.set(key, value = make(name, resource));
      return value;
    };
  }
}

function objection(policy: AdmissionPolicy, binding: PolicyBinding | undefined, actions: string[], failure: Failure): Objection {
  return { ...failure, policy, binding, actions, ignored: failure.failed && policy.ignoresFailure };
}

function denial({ policy, binding, path, message, reason, failed }: Objection): AdmissionDenial {
  const by = binding === undefined ? '' : ` with binding '${binding.name}'`;
  return { policy: policy.name, binding: binding?.name ?? '', path, message: `ValidatingAdmissionPolicy '${policy.name}'${by} denied request: ${message}`, detail: message, reason, failed };
}

function validationFailure(policy: AdmissionPolicy, binding: PolicyBinding, { path, message }: Failure): AdmissionAudit {
  const index = policy.validations.findIndex((validation) => validation.path === path);
  const value = [{ message, policy: policy.name, binding: binding.name, expressionIndex: Math.max(0, index), validationActions: binding.actions }];
  return { policy: policy.name, key: 'validation.policy.admission.k8s.io/validation_failure', value: JSON.stringify(value) };
}

/** The object in the version as which it was matched. */
function converted(object: any, { resource }: Attributes, { group, version }: Resource): any {
  if (object === null || (resource.group === group && resource.version === version)) return object;
  return { ...object, apiVersion: group === '' ? version : `${group}/${version}` };
}

/** What expressions see of a Namespace. */
function readableNamespace({ metadata, spec, status }: any): any {
  const seen = ['name', 'generateName', 'labels', 'annotations', 'creationTimestamp', 'deletionGracePeriodSeconds', 'deletionTimestamp', 'generation', 'resourceVersion', 'finalizers'];
  const shown = Object.fromEntries(seen.filter((field) => metadata[field] !== undefined).map((field) => [field, metadata[field]]));
  return { metadata: shown, spec: spec ?? {}, status: status ?? {} };
}

function requestObject({ operation, name, namespace, subresource, resource: own, user, options, dryRun }: Attributes, matched: Resource): any {
  const kind = ({ group, version, kind: called }: Resource) => ({ group, version, kind: called });
  const resource = ({ group, version, resource: plural }: Resource) => ({ group, version, resource: plural });
  return {
    kind: kind(matched),
    resource: resource(matched),
    requestKind: kind(own),
    requestResource: resource(own),
    ...(subresource === '' ? {} : { subResource: subresource, requestSubResource: subresource }),
    ...(name === '' ? {} : { name }),
    ...(namespace === '' ? {} : { namespace }),
    operation,
    userInfo: user,
    dryRun,
    ...(options === undefined ? {} : { options }),
  };
}
