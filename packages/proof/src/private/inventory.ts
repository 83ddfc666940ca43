import { Manifests, Problems } from '@viridial/core';
import { dialectKind, groupOf, judgedKind, JudgedKind, kindName } from './kinds';
import { isObject, Shape } from './shape';
import { compareText, show } from './text';

/** One object of a kind that evaluators read. */
export interface Item {
  readonly object: { [key: string]: any };
  readonly kind: string;
  readonly group: string;

  /** What the object is called in findings: `Deployment.apps shop/web`. */
  readonly identity: string;

  /** The namespace it lives in; empty for cluster-wide objects. */
  readonly namespace: string;
  readonly name: string;
  readonly labels: { [key: string]: string };
  readonly shape: Shape;
  readonly judged: JudgedKind;
}

/** An object of a kind that no evaluator reads for its own sake; admission may look it up. */
export interface OtherObject {
  readonly object: { [key: string]: any };
  readonly kind: string;
  readonly group: string;
}

/** Manifests as evaluators read them: lists opened, identical copies dropped, in an order that does not depend on the input's. */
export class Inventory {
  /**
   * Collects what is not an object, what lacks its kind or name, and what is there twice with different contents.
   *
   * @param manifests plain objects as read from YAML; empty documents are skipped
   * @param problems where the problems go
   * @param dialects whether policies of network plugins are read, which takes knowing the plugin; otherwise they are counted
   */
  public static read(manifests: any[], problems: Problems, dialects: boolean = false): Inventory {
    const items = new Map<string, Item>();
    const unknown = new Map<string, number>();
    const others: OtherObject[] = [];
    for (const object of opened(manifests)) {
      const head = headOf(object, problems);
      if (head === undefined) continue;
      const judged = judgedKind(head.kind, head.group) ?? (dialects ? dialectKind(head.kind, head.group) : undefined);
      if (judged === undefined) {
        const kind = kindName(head.kind, head.group);
        unknown.set(kind, (unknown.get(kind) ?? 0) + 1);
        others.push({ object, ...head });
        continue;
      }
      const item = readItem(object, head, judged, problems);
      if (item === undefined) continue;
      // generated names are told apart by the server, so such objects are never the same one
      const key = item.name.endsWith('*') ? `${item.identity} ${canonical(object)}` : item.identity;
      const other = items.get(key);
      if (other === undefined) {
        items.set(key, item);
      } else if (canonical(other.object) !== canonical(item.object)) {
        problems.error({
          code: 'DuplicateObject',
          path: item.identity,
          message: `${item.identity} is there more than once, with different contents`,
          cure: 'keep one of them; a cluster keeps whichever is applied last',
        });
        if (canonical(item.object) < canonical(other.object)) items.set(key, item);
      }
    }
    const sorted = [...items.values()].sort((a, b) => compareText(a.identity, b.identity));
    return new Inventory(sorted, Object.fromEntries([...unknown].sort((a, b) => compareText(a[0], b[0]))), others);
  }

  private readonly byKind = new Map<string, Item[]>();

  private constructor(
    /** Every object of a kind that evaluators read, once, sorted by identity. */
    public readonly items: Item[],

    /** How many objects there are of each other kind. */
    public readonly unknown: { [kind: string]: number },

    /** The objects of those kinds, in the order of the input. */
    public readonly others: OtherObject[],
  ) {
    for (const item of items) {
      const kind = item.judged.dialect === undefined ? item.kind : kindName(item.kind, item.group);
      const siblings = this.byKind.get(kind);
      if (siblings === undefined) this.byKind.set(kind, [item]);
      else siblings.push(item);
    }
  }

  /** The objects of a kind that evaluators read; those of network plugins by kind and group. */
  public ofKind(kind: string): Item[] {
    return this.byKind.get(kind) ?? [];
  }

  /** The policies of network plugins. */
  public get dialects(): Item[] {
    return this.items.filter((item) => item.judged.dialect !== undefined);
  }

  /** The objects that make running pods. */
  public get workloads(): Item[] {
    return this.items.filter((item) => item.judged.runs);
  }

  /** How many objects there are of each kind that evaluators read. */
  public get judged(): { [kind: string]: number } {
    const counts = [...this.byKind.values()].map((items): [string, number] => [kindName(items[0].kind, items[0].group), items.length]);
    return Object.fromEntries(counts.sort((a, b) => compareText(a[0], b[0])));
  }
}

/** The objects themselves: those of lists, without the empty documents that YAML files are full of. */
export function opened(manifests: any[]): any[] {
  return manifests.flatMap((manifest) => {
    if (manifest === null || manifest === undefined) return [];
    if (!isObject(manifest) || typeof manifest.kind !== 'string' || !manifest.kind.endsWith('List') || !Array.isArray(manifest.items)) return [manifest];
    const kind = manifest.kind.slice(0, -'List'.length);
    // the items of a typed list, as the API server writes it, do not repeat their kind
    const inherited = kind === '' ? {} : { apiVersion: manifest.apiVersion, kind };
    return opened(manifest.items.map((item) => (isObject(item) ? { ...inherited, ...item } : item)));
  });
}

function headOf(object: any, problems: Problems): { kind: string; group: string } | undefined {
  if (isObject(object) && typeof object.kind === 'string' && object.kind !== '' && typeof object.apiVersion === 'string') {
    return { kind: object.kind, group: groupOf(object.apiVersion) };
  }
  const called = isObject(object) ? nameless(object) : 'manifests';
  problems.error({
    code: 'MalformedObject',
    path: called,
    message: isObject(object) ? `${called} has no ${typeof object.kind === 'string' ? 'apiVersion' : 'kind'}` : `${show(object)} is not an object`,
    allowed: 'a plain object with apiVersion, kind and metadata.name',
    cure: 'leave out files that hold no Kubernetes objects',
  });
  return undefined;
}

function readItem(object: any, { kind, group }: { kind: string; group: string }, judged: JudgedKind, problems: Problems): Item | undefined {
  const name = nameOf(object);
  if (name === undefined) {
    const called = nameless(object);
    problems.error({
      code: 'MalformedObject',
      path: called,
      message: `${called} has no metadata.name`,
      allowed: 'metadata.name, or metadata.generateName',
      cure: 'give it a name',
    });
    return undefined;
  }
  const namespace = judged.namespaced ? namespaceOf(object) : '';
  const identity = Manifests.identity({ apiVersion: object.apiVersion, kind, metadata: { name, namespace } });
  const shape = Shape.of(object, identity, problems);
  return { object, kind, group, identity, namespace, name, labels: shape.child('metadata')!.labels('labels'), shape, judged };
}

function nameOf({ metadata }: { [key: string]: any }): string | undefined {
  if (!isObject(metadata)) return undefined;
  if (typeof metadata.name === 'string' && metadata.name !== '') return metadata.name;
  return typeof metadata.generateName === 'string' && metadata.generateName !== '' ? `${metadata.generateName}*` : undefined;
}

/** Objects that name no namespace land in `default`, as with `kubectl apply`. */
function namespaceOf({ metadata }: { [key: string]: any }): string {
  return typeof metadata.namespace === 'string' && metadata.namespace !== '' ? metadata.namespace : 'default';
}

/** Something to call an object by that lacks its name. */
function nameless(object: { [key: string]: any }): string {
  const kind = typeof object.kind === 'string' && object.kind !== '' ? object.kind : 'object';
  if (isObject(object.metadata) && typeof object.metadata.name === 'string') return `${kind} ${object.metadata.name}`;
  const fields = Object.keys(object).sort(compareText).slice(0, 5).join(', ');
  return `${kind} with the fields ${fields || 'none'}`;
}

/** Text that is the same for objects that differ only in the order of their keys. */
function canonical(value: any): string {
  return JSON.stringify(value, (_, inner) => (isObject(inner)
    ? Object.fromEntries(Object.keys(inner).sort(compareText).map((key) => [key, inner[key]]))
    : inner));
}
