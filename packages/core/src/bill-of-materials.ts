import { compareText } from './private/compare';
import { Problems } from './problems';

/** One thing that costs money. */
export interface BillOfMaterialsLine {
  /** What identifies the line in the plan: `nodeGroups.app-nodes`. */
  readonly id: string;

  /** Who sends the invoice: `aws`, `hetzner`. */
  readonly provider: string;

  /** What kind of thing it is: `server`, `volume`, `nat-gateway`. */
  readonly kind: string;

  /** The provider's name for the article: `c5.large`, `gp3`. */
  readonly sku: string;

  /** The provider's name for the place: `eu-west-1`. */
  readonly region: string;

  /** How much of it, in `unit`. */
  readonly quantity: number;

  /** What is counted: `hour`, `GB-month`, `piece`. */
  readonly unit: string;

  /**
   * The usage that was assumed, in a sentence.
   *
   * @default - the quantity follows from the plan alone
   */
  readonly assumption?: string;
}

/** What of a plan costs money; prices are somebody else's. */
export class BillOfMaterials {
  private readonly sorted: BillOfMaterialsLine[];

  /**
   * @param lines the lines, in any order
   * @throws InvalidInputError when an id is there twice or a quantity is not a finite number from 0
   */
  constructor(lines: BillOfMaterialsLine[]) {
    const problems = new Problems();
    const seen = new Set<string>();
    for (const line of lines) {
      if (seen.has(line.id)) {
        problems.error({ code: 'DuplicateLine', path: line.id, message: `line '${line.id}' is there twice`, value: line.id, cure: 'add the quantities up, or give each line an id of its own' });
      }
      seen.add(line.id);
      if (!Number.isFinite(line.quantity) || line.quantity < 0) {
        problems.error({
          code: 'InvalidLineQuantity',
          path: `${line.id}.quantity`,
          message: `${line.quantity} is not an amount to pay for`,
          value: `${line.quantity}`,
          allowed: 'a finite number from 0',
        });
      }
    }
    problems.throwIfErrors('bill of materials');
    this.sorted = [...lines].sort((a, b) => compareText(a.id, b.id));
  }

  /** The lines, a copy, sorted by id. */
  public get lines(): BillOfMaterialsLine[] {
    return [...this.sorted];
  }

  /** The bill as a plain object. */
  public toJson(): any {
    return { lines: this.sorted.map((line) => ({ ...line })) };
  }
}
