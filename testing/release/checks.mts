// What was looked at, and how it went: everything is collected, so that one run tells all.

/** One statement about the release that holds or does not. */
export interface Check {
  readonly id: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly seconds: number;
}

/** Thrown by a step whose failure makes the steps after it pointless. */
export class StepFailed extends Error {}

/** Collects checks, prints each as it is made, and sums them up. */
export class Checks {
  readonly all: Check[] = [];

  /** Records whether a statement holds. */
  expect(id: string, ok: boolean, detail = ''): boolean {
    return this.record(id, ok, detail, 0);
  }

  /** Runs a step; what it throws is its failure, what it returns (a string) is its detail. */
  async step<T>(id: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    try {
      const result = await work();
      this.record(id, true, typeof result === 'string' ? result : '', seconds());
      return result;
    } catch (error) {
      this.record(id, false, error instanceof Error ? error.message : String(error), seconds());
      throw new StepFailed(id);
    }
  }

  get failed(): Check[] {
    return this.all.filter(({ ok }) => !ok);
  }

  private record(id: string, ok: boolean, detail: string, seconds: number): boolean {
    this.all.push({ id, ok, detail, seconds });
    const time = seconds >= 0.05 ? ` (${seconds.toFixed(1)} s)` : '';
    process.stdout.write(`${ok ? '✓' : '✗'} ${id}${time}${detail ? `: ${detail}` : ''}\n`);
    return ok;
  }
}
