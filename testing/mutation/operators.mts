// Every way in which one object can be weakened by one step.
import type { Subject } from './subjects.mts';

/** One platform with one thing wrong. */
export interface Mutant {
  readonly operator: string;
  readonly what: string;
  readonly original: Record<string, any>;
  /** The object as it is now; nothing when it is gone. */
  readonly mutated: Record<string, any> | undefined;
}

/** Kinds that hold the policy; the others are what it is about. */
const POLICY = [
  'Namespace', 'NetworkPolicy', 'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding', 'ResourceQuota', 'LimitRange',
  'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy', 'GlobalNetworkPolicy', 'ClusterNetworkPolicy',
  'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding',
];
const ENFORCE = 'pod-security.kubernetes.io/enforce';
const LEVELS = ['privileged', 'baseline', 'restricted'];

type Make = (operator: string, what: string, edit: (copy: any) => void) => void;

/** Every mutant of a platform. */
export function mutantsOf({ manifests, kinds = POLICY }: Pick<Subject, 'manifests' | 'kinds'>): Mutant[] {
  return manifests.filter(({ kind }) => kinds.includes(kind)).flatMap((original) => {
    const mutants: Mutant[] = [{
      operator: original.kind.endsWith('PolicyBinding') ? 'drop a binding of a policy' : 'delete an object', what: `${called(original)} deleted`, original, mutated: undefined,
    }];
    const make: Make = (operator, what, edit) => {
      const mutated = structuredClone(original);
      edit(mutated);
      if (JSON.stringify(mutated) !== JSON.stringify(original)) mutants.push({ operator, what: `${called(original)}: ${what}`, original, mutated });
    };
    switch (original.kind) {
      case 'Namespace': ofNamespace(original, make); break;
      case 'NetworkPolicy': ofNetworkPolicy(original, make); break;
      case 'Role': case 'ClusterRole': ofRole(original, make); break;
      case 'RoleBinding': case 'ClusterRoleBinding':
        make('add subject system:authenticated', 'bound to everybody', (copy) => (copy.subjects ??= []).push({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'system:authenticated' }));
        break;
      case 'ValidatingAdmissionPolicy':
        make('Fail → Ignore', 'failurePolicy Ignore', ({ spec }) => { spec.failurePolicy = 'Ignore'; });
        original.spec.validations?.forEach((_: unknown, index: number) => make('delete a rule', `validation ${index}`, ({ spec }) => spec.validations.splice(index, 1)));
        break;
      case 'ValidatingAdmissionPolicyBinding':
        make('Deny → Audit', 'validationActions Audit', ({ spec }) => { spec.validationActions = ['Audit']; });
        break;
    }
    return mutants;
  });
}

/** What an object is called, without its API group. */
export function called({ kind, metadata: { namespace, name } }: Record<string, any>): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function ofNamespace({ metadata }: Record<string, any>, make: Make): void {
  const level = metadata.labels?.[ENFORCE];
  if (level === undefined) return;
  for (const lower of LEVELS.slice(0, LEVELS.indexOf(level))) make('lower or unpin a Pod Security label', `level ${lower}`, (copy) => { copy.metadata.labels[ENFORCE] = lower; });
  make('lower or unpin a Pod Security label', 'no level', (copy) => delete copy.metadata.labels[ENFORCE]);
  make('lower or unpin a Pod Security label', 'no version', (copy) => delete copy.metadata.labels[`${ENFORCE}-version`]);
  make('lower or unpin a Pod Security label', 'version latest', (copy) => { copy.metadata.labels[`${ENFORCE}-version`] = 'latest'; });
  make('lower or unpin a Pod Security label', 'version v1.20', (copy) => { copy.metadata.labels[`${ENFORCE}-version`] = 'v1.20'; });
}

function ofRole({ rules }: Record<string, any>, make: Make): void {
  (rules ?? []).forEach((_: unknown, index: number) => {
    make('delete a rule', `rule ${index}`, (copy) => copy.rules.splice(index, 1));
    make('add verb *', `verb * in rule ${index}`, (copy) => copy.rules[index].verbs.push('*'));
  });
}

function ofNetworkPolicy({ spec: original }: Record<string, any>, make: Make): void {
  for (const type of original.policyTypes ?? []) make('delete a policyType', type, ({ spec }) => { spec.policyTypes = spec.policyTypes.filter((other: string) => other !== type); });
  make('empty a selector', 'podSelector', ({ spec }) => { spec.podSelector = {}; });
  for (const [direction, side] of [['ingress', 'from'], ['egress', 'to']] as const) {
    (original[direction] ?? []).forEach((rule: any, index: number) => {
      const place = `${direction}[${index}]`;
      make('delete a rule', place, ({ spec }) => spec[direction].splice(index, 1));
      if (rule.ports) make('widen a port', `${place} every port`, ({ spec }) => delete spec[direction][index].ports);
      (rule.ports ?? []).forEach((_: unknown, port: number) => {
        make('widen a port', `${place}.ports[${port}] one more`, ({ spec }) => {
          const own = spec[direction][index].ports[port];
          if (typeof own.port === 'number') own.endPort = (own.endPort ?? own.port) + 1;
        });
      });
      (rule[side] ?? []).forEach((peer: any, number: number) => {
        const at = `${place}.${side}[${number}]`;
        const edit = (change: (own: any) => void) => ({ spec }: any) => change(spec[direction][index][side][number]);
        for (const selector of ['namespaceSelector', 'podSelector']) {
          if (peer[selector]) make('empty a selector', `${at}.${selector}`, edit((own) => { own[selector] = {}; }));
        }
        if (!peer.ipBlock) return;
        make('widen a CIDR', `${at} by one bit`, edit(({ ipBlock }) => { ipBlock.cidr = wider(ipBlock.cidr, 1); }));
        make('widen a CIDR', `${at} by eight bits`, edit(({ ipBlock }) => { ipBlock.cidr = wider(ipBlock.cidr, 8); }));
        (peer.ipBlock.except ?? []).forEach((block: string, exception: number) => (
          make('drop an except', `${at} ${block}`, edit(({ ipBlock }) => ipBlock.except.splice(exception, 1)))));
      });
    });
  }
}

/** The block around a block; an IPv6 one is left alone when its notation is not the plain one. */
function wider(cidr: string, bits: number): string {
  const [address, length] = cidr.split('/') as [string, string];
  const prefix = Math.max(Number(length) - bits, 0);
  if (address.includes(':')) return address.endsWith('::') ? `${prefix === 0 ? '::' : address}/${prefix}` : cidr;
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - prefix);
  const start = Math.floor(number / size) * size;
  return `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join('.')}/${prefix}`;
}
