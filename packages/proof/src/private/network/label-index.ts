import { demandsLabel, LabelMap, Selector } from './selector';

/** Finds what a selector matches without looking at everything there is. */
export class LabelIndex<T> {
  private readonly all: { readonly labels: LabelMap; readonly entry: T }[] = [];
  private readonly byLabel = new Map<string, { readonly labels: LabelMap; readonly entry: T }[]>();

  /** Adds an entry with its labels. */
  public add(labels: LabelMap, entry: T): void {
    const labelled = { labels, entry };
    this.all.push(labelled);
    for (const key of Object.keys(labels)) {
      for (const label of [key, `${key}=${labels[key]}`]) {
        const others = this.byLabel.get(label);
        if (others === undefined) this.byLabel.set(label, [labelled]);
        else others.push(labelled);
      }
    }
  }

  /** The entries whose labels match. */
  public find(selector: Selector): T[] {
    return this.candidates(selector).filter(({ labels }) => selector.matches(labels)).map(({ entry }) => entry);
  }

  /** Entries among which all matches are: those with a label that the selector demands, if it demands one. */
  private candidates(selector: Selector): { readonly labels: LabelMap; readonly entry: T }[] {
    let fewest = this.all;
    for (const { key, operator, values } of selector.requirements) {
      if (!demandsLabel(operator)) continue;
      const lists = (operator === 'In' ? values.map((value) => `${key}=${value}`) : [key]).map((label) => this.byLabel.get(label) ?? []);
      if (lists.reduce((sum, { length }) => sum + length, 0) < fewest.length) fewest = lists.flat();
    }
    return fewest;
  }
}

/** Finds the selectors that match some labels without trying every selector. */
export class SelectorIndex<T> {
  private readonly byLabel = new Map<string, { readonly selector: Selector; readonly entry: T }[]>();
  private readonly others: { readonly selector: Selector; readonly entry: T }[] = [];

  /** Adds an entry with its selector. */
  public add(selector: Selector, entry: T): void {
    const demanded = selector.requirements.find(({ operator }) => operator === 'In');
    if (demanded === undefined) {
      this.others.push({ selector, entry });
      return;
    }
    for (const value of demanded.values) {
      const label = `${demanded.key}=${value}`;
      const list = this.byLabel.get(label);
      if (list === undefined) this.byLabel.set(label, [{ selector, entry }]);
      else list.push({ selector, entry });
    }
  }

  /** The entries whose selector matches. */
  public matching(labels: LabelMap): T[] {
    const lists = Object.keys(labels).map((key) => this.byLabel.get(`${key}=${labels[key]}`) ?? []);
    return [this.others, ...lists].flatMap((list) => list.filter(({ selector }) => selector.matches(labels)).map(({ entry }) => entry));
  }
}
