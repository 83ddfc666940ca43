import { Problems } from '@viridial/core';
import { builtInRoles } from './built-in-roles';
import { AccessRule, readRules } from './rule';
import { Inventory, Item } from '../inventory';
import { Selector } from '../network/selector';
import { Shape } from '../shape';
import { compareText } from '../text';

/** A Role or ClusterRole with the rules that it really has. */
export interface AccessRole {
  readonly identity: string;
  readonly name: string;

  /** The rules; those of an aggregated role are the rules of the roles it selects. */
  readonly rules: AccessRule[];

  /** Whether the API server makes the role itself, and the manifests do not have it. */
  readonly builtIn: boolean;

  /** The namespace of a Role; empty for a ClusterRole. */
  readonly namespace: string;

  /** What an aggregated role selects; absent for every other one. */
  readonly selectors: Selector[] | undefined;
}

interface ReadRole {
  readonly identity: string;
  readonly name: string;
  readonly labels: { [key: string]: string };
  readonly rules: AccessRule[];
  readonly selectors: Selector[] | undefined;
  readonly builtIn: boolean;
}

/** The roles of the manifests and those that every API server has. */
export class Roles {
  /** Reads every Role and ClusterRole. */
  public static read(inventory: Inventory): Roles {
    const roles = new Map<string, AccessRole>();
    for (const item of inventory.ofKind('Role')) {
      roles.set(`Role ${item.namespace}/${item.name}`, {
        identity: item.identity,
        name: item.name,
        namespace: item.namespace,
        rules: readRules(item.shape, item.identity, true),
        builtIn: false,
        selectors: undefined,
      });
    }
    for (const role of aggregated(clusterRoles(inventory.ofKind('ClusterRole')))) roles.set(`ClusterRole ${role.name}`, role);
    return new Roles(roles);
  }

  private constructor(private readonly roles: Map<string, AccessRole>) {}

  /** Every role, sorted by identity. */
  public get all(): AccessRole[] {
    return [...this.roles.values()].sort((a, b) => compareText(a.identity, b.identity));
  }

  /** The role that a binding names; nothing when there is none. */
  public find(kind: string, name: string, namespace: string): AccessRole | undefined {
    return this.roles.get(kind === 'Role' ? `Role ${namespace}/${name}` : `ClusterRole ${name}`);
  }
}

function clusterRoles(items: Item[]): ReadRole[] {
  const own = items.map((item) => readClusterRole(item.shape, item.identity, item.name, item.labels, false));
  const names = new Set(own.map(({ name }) => name));
  const others = builtInRoles().filter(({ metadata }) => !names.has(metadata.name)).map((object) => {
    const identity = `ClusterRole.rbac.authorization.k8s.io ${object.metadata.name}`;
    return readClusterRole(Shape.of(object, identity, new Problems()), identity, object.metadata.name, object.metadata.labels, true);
  });
  return [...own, ...others];
}

function readClusterRole(shape: Shape, identity: string, name: string, labels: { [key: string]: string }, builtIn: boolean): ReadRole {
  const aggregation = shape.child('aggregationRule');
  const selectors = aggregation?.children('clusterRoleSelectors').map(Selector.read);
  if (selectors?.length === 0) aggregation!.wrong('clusterRoleSelectors', 'the role aggregates nothing', 'at least one selector');
  return { identity, name, labels, builtIn, rules: readRules(shape, identity, false), selectors };
}

/** Roles whose rules a controller puts together get the rules of what they select, through as many roles as it takes. */
function aggregated(roles: ReadRole[]): AccessRole[] {
  const byName = new Map(roles.map((role) => [role.name, role]));
  const collect = (role: ReadRole, seen: Set<string>): AccessRule[] => {
    if (seen.has(role.name)) return [];
    seen.add(role.name);
    if (role.selectors === undefined) return role.rules;
    const parts = [...byName.values()].filter((part) => part !== role && role.selectors!.some((selector) => selector.matches(part.labels)));
    return parts.sort((a, b) => compareText(a.name, b.name)).flatMap((part) => collect(part, seen));
  };
  return roles.map((role) => ({
    identity: role.identity, name: role.name, namespace: '', builtIn: role.builtIn, selectors: role.selectors, rules: collect(role, new Set()),
  }));
}
