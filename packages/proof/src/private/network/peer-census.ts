import { LabelIndex } from './label-index';
import { Network, WorkloadClass } from './network';
import { PodSelection } from './policy';
import { demandsLabel, Selector } from './selector';
import { Side } from './side';

/** How a selection of pods is dealt with when who reaches whom is put together. */
export interface Census {
  /**
   * `few`: it selects the listed classes. `most`: it selects all pods but the listed classes. `common`: it selects the
   * listed classes, and so many sides speak of it that classes are told apart by it.
   */
  readonly sort: 'few' | 'most' | 'common';
  readonly classes: readonly WorkloadClass[];
}

/** A selection is common when asking one by one would cost more than this many times the classes. */
const COMMON = 4;

/** Counts whom the selections of rules select; equal selections, of which tenants have many, are looked up once. */
export class PeerCensus {
  private readonly selectable: WorkloadClass[];
  private readonly byNamespace = new Map<string, WorkloadClass[]>();
  private readonly namespaces = new LabelIndex<string>();
  private readonly pods = new LabelIndex<WorkloadClass>();
  private readonly known = new Map<string, Census>();
  private readonly demanded = new Map<string, Census>();
  private readonly keys = new Map<PodSelection, string>();

  constructor(network: Network, sides: Iterable<Side>) {
    this.selectable = network.classes.filter(({ selectable }) => selectable);
    for (const own of this.selectable) {
      const siblings = this.byNamespace.get(own.namespace);
      if (siblings === undefined) {
        this.byNamespace.set(own.namespace, [own]);
        this.namespaces.add(own.namespaceLabels, own.namespace);
      } else {
        siblings.push(own);
      }
      this.pods.add(own.labels, own);
    }
    this.count(sides, network.classes.length);
  }

  /** How a selection is dealt with. */
  public of(selection: PodSelection): Census {
    return this.known.get(this.keyOf(selection))!;
  }

  /** Equal for equal selections. */
  public keyOf(selection: PodSelection): string {
    let key = this.keys.get(selection);
    if (key === undefined) {
      key = `${selection.namespaces.key} | ${selection.pods.key}`;
      this.keys.set(selection, key);
    }
    return key;
  }

  /** For each class the common selections that select it, as text. */
  public signatures(): Map<WorkloadClass, string> {
    const signatures = new Map<WorkloadClass, string>();
    for (const [key, { sort, classes }] of this.known) {
      if (sort === 'common') for (const own of classes) signatures.set(own, `${signatures.get(own) ?? ''}${key}\n`);
    }
    return signatures;
  }

  private count(sides: Iterable<Side>, classes: number): void {
    const uses = new Map<string, number>();
    for (const side of sides) {
      const selections = side.rules.flatMap(({ rule }) => rule.peers ?? []).flatMap(({ pods }) => pods ?? []);
      const own = new Map(selections.map((selection) => [this.keyOf(selection), selection]));
      for (const [key, selection] of own) {
        if (!this.known.has(key)) this.known.set(key, this.take(selection));
        uses.set(key, (uses.get(key) ?? 0) + 1);
      }
    }
    for (const [key, { sort, classes: listed }] of this.known) {
      if (uses.get(key)! * listed.length <= COMMON * classes) continue;
      const others = new Set(listed);
      this.known.set(key, { sort: 'common', classes: sort === 'few' ? listed : this.selectable.filter((own) => !others.has(own)) });
    }
  }

  private take(selection: PodSelection): Census {
    const { others, wanted } = this.partsOf(selection);
    // what is demanded is often the same for many selections, and what is forbidden often says who is left out
    if (wanted.sort === 'most') {
      const left = [...new Set([...wanted.classes, ...this.complementOf(others)])];
      if (left.length * 2 <= this.selectable.length) return { sort: 'most', classes: left };
    }
    return this.sorted(this.find(selection));
  }

  /** Who has the labels that a selection demands, and the part of it that forbids some. */
  private partsOf({ namespaces, pods }: PodSelection): { readonly wanted: Census; readonly others: PodSelection } {
    const part = (demands: boolean): PodSelection => {
      const of = ({ requirements }: Selector) => Selector.ofRequirements(requirements.filter(({ operator }) => demandsLabel(operator) === demands));
      return { namespaces: of(namespaces), pods: of(pods) };
    };
    const demanded = part(true);
    const key = this.keyOf(demanded);
    let wanted = this.demanded.get(key);
    if (wanted === undefined) {
      wanted = this.sorted(this.find(demanded));
      this.demanded.set(key, wanted);
    }
    return { wanted, others: part(false) };
  }

  private sorted(found: WorkloadClass[]): Census {
    if (found.length * 2 <= this.selectable.length) return { sort: 'few', classes: found };
    const inside = new Set(found);
    return { sort: 'most', classes: this.selectable.filter((own) => !inside.has(own)) };
  }

  private find({ namespaces, pods }: PodSelection): WorkloadClass[] {
    if (namespaces.matchesEverything) return this.pods.find(pods);
    return this.namespaces.find(namespaces).flatMap((name) => this.byNamespace.get(name)!.filter(({ labels }) => pods.matches(labels)));
  }

  private complementOf({ namespaces, pods }: PodSelection): WorkloadClass[] {
    const outside = namespaces.opposites().flatMap((opposite) => this.namespaces.find(opposite)).flatMap((name) => this.byNamespace.get(name)!);
    return [...new Set([...outside, ...pods.opposites().flatMap((opposite) => this.pods.find(opposite))])];
  }
}
