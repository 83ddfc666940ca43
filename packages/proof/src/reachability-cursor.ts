import { ReachabilityPair } from './reachability-pair';

/** Walks through the pairs of a table, one at a time. */
export class ReachabilityCursor {
  /**
   * @internal
   */
  public static _over(rows: number, pairsOfRow: (row: number) => ReachabilityPair[]): ReachabilityCursor {
    return new ReachabilityCursor(rows, pairsOfRow);
  }

  private row = 0;
  private place = 0;
  private current: ReachabilityPair[] = [];

  private constructor(private readonly rows: number, private readonly pairsOfRow: (row: number) => ReachabilityPair[]) {}

  /** The next pair; nothing behind the last one. */
  public next(): ReachabilityPair | undefined {
    while (this.place === this.current.length) {
      if (this.row === this.rows) return undefined;
      this.current = this.pairsOfRow(this.row++);
      this.place = 0;
    }
    return this.current[this.place++];
  }
}
