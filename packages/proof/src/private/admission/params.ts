import { Attributes } from './attributes';
import { labelsOf } from './match';
import { AdmissionPolicy, ParamRef, PolicyBinding } from './policy';
import { Resources } from './resources';
import { fromJson, Value } from '../cel/values';
import { Inventory } from '../inventory';
import { groupOf, kindName } from '../kinds';
import { compareText, groupBy } from '../text';

/** An object that can be a parameter. */
interface Param {
  readonly name: string;
  readonly namespace: string;
  readonly object: any;
  value?: Value;
}

/** What a binding finds: parameters, or why there can be none. */
export interface FoundParams {
  readonly params: Value[];
  readonly fault?: string;
}

/** The objects of the manifests, to be looked up as parameters. */
export class Params {
  private readonly byKind: Map<string, Param[]>;

  constructor(inventory: Inventory, private readonly resources: Resources) {
    const all = [...inventory.items, ...inventory.others].map(({ object, kind, group }) => ({
      key: kindName(kind, group), name: String(object.metadata?.name ?? ''), namespace: String(object.metadata?.namespace ?? ''), object,
    }));
    this.byKind = groupBy(all.sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name)), ({ key }) => key);
  }

  /** The parameters of a policy under a binding for a request. */
  public of(policy: AdmissionPolicy, binding: PolicyBinding, request: Attributes): FoundParams {
    const { paramKind } = policy;
    const { params: ref } = binding;
    if (paramKind === undefined || ref === undefined) return { params: [null] };
    const candidates = this.byKind.get(kindName(paramKind.kind, groupOf(paramKind.apiVersion))) ?? [];
    const namespaced = this.resources.ofKind(paramKind.apiVersion, paramKind.kind)?.namespaced
      ?? (ref.namespace !== undefined || candidates.some(({ namespace }) => namespace !== ''));
    if (!namespaced && ref.namespace) return { params: [], fault: 'paramRef.namespace must not be provided for a cluster-scoped `paramKind`' };
    const namespace = ref.namespace || request.namespace;
    if (namespaced && namespace === '') return { params: [], fault: 'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources' };
    const found = candidates.filter((param) => (!namespaced || (param.namespace || 'default') === namespace) && selects(ref, param));
    if (found.length === 0 && ref.deniesAbsence) return { params: [], fault: 'no params found for policy binding with `Deny` parameterNotFoundAction' };
    return { params: found.map((param) => (param.value ??= fromJson(param.object))) };
  }
}

function selects(ref: ParamRef, { name, object }: Param): boolean {
  return ref.name === undefined ? ref.selector?.matches(labelsOf(object)) ?? false : ref.name === name;
}
