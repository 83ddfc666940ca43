import { InvalidInputError } from './invalid-input-error';
import { compareText } from './private/compare';
import { Problem, ProblemProps } from './problem';
import { Severity } from './severity';

/**
 * Collects everything that is wrong, so that the caller sees it in one go instead of one error a run.
 *
 * Whoever validates takes a `Problems` and a path and adds to it; whoever has the whole input calls
 * `throwIfErrors` once, before anything is made.
 */
export class Problems {
  private readonly collected: Problem[] = [];

  /** An empty collection. */
  constructor() {}

  /**
   * Adds a problem because of which nothing may be made.
   *
   * @param props what is wrong
   */
  public error(props: ProblemProps): void {
    this.collected.push(Problem.error(props));
  }

  /**
   * Adds something unwise that does not stop anything.
   *
   * @param props what is unwise
   */
  public warning(props: ProblemProps): void {
    this.collected.push(Problem.warning(props));
  }

  /**
   * Adds a problem found elsewhere.
   *
   * @param problem the problem
   */
  public add(problem: Problem): void {
    this.collected.push(problem);
  }

  /**
   * Adds problems found elsewhere.
   *
   * @param problems the problems
   * @param pathPrefix path of the input they were found in; put before the path of each
   */
  public addAll(problems: Problem[], pathPrefix: string = ''): void {
    for (const problem of problems) this.collected.push(problem.below(pathPrefix));
  }

  /** Errors and warnings, a copy, sorted by path then code, each once. */
  public get all(): Problem[] {
    const byLine = new Map<string, Problem>();
    for (const problem of this.collected) byLine.set(`${problem.severity} ${problem.toString()}`, problem);
    return [...byLine.values()].sort((a, b) => compareText(a.path, b.path)
      || compareText(a.code, b.code) || compareText(a.severity, b.severity) || compareText(a.toString(), b.toString()));
  }

  /** The errors among `all`. */
  public get errors(): Problem[] {
    return this.all.filter((problem) => problem.severity === Severity.ERROR);
  }

  /** The warnings among `all`. */
  public get warnings(): Problem[] {
    return this.all.filter((problem) => problem.severity === Severity.WARNING);
  }

  /** Whether anything stops the work. */
  public get hasErrors(): boolean {
    return this.collected.some((problem) => problem.severity === Severity.ERROR);
  }

  /**
   * Ends the validation; warnings alone do not throw.
   *
   * @param subject what was checked: `EKS platform 'production'`
   * @throws InvalidInputError with all errors, when there is one
   */
  public throwIfErrors(subject: string): void {
    if (!this.hasErrors) return;
    const error = new InvalidInputError(subject, this.errors);
    throw error;
  }
}
