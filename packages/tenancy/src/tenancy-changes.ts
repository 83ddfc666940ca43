import { Changes } from './private/changes/changes';
import { changesMarkdown } from './private/changes/markdown';
import { changesText } from './private/changes/text';
import { ApplicationChange, BudgetChange, ConnectionChange, ObjectChange, RightChange, RunningRefusal } from './tenancy-changes-props';

/**
 * What a change of a tenancy does to a cluster, for whoever has to agree to it. Only tenants that differ are rendered and
 * compared, so that the change of one of a thousand costs what that one costs.
 */
export class TenancyChanges {
  /** @internal */
  public static _of(changes: Changes): TenancyChanges {
    return new TenancyChanges(changes);
  }

  private constructor(private readonly changes: Changes) {}

  /** Whether nothing changes. */
  public get isEmpty(): boolean {
    return this.created.length + this.changed.length + this.removed.length + this.changes.applications.length === 0;
  }

  /** Tenants that are written otherwise and that the cluster still carries, sorted: these have to be proved again. */
  public get affectedTenants(): string[] {
    return [...this.changes.affected];
  }

  /** Namespaces that are new, sorted. */
  public get createdNamespaces(): string[] {
    return namespacesIn(this.created);
  }

  /** Namespaces that are gone, sorted. A GitOps engine keeps the data in them until somebody says otherwise. */
  public get removedNamespaces(): string[] {
    return namespacesIn(this.removed);
  }

  /** Objects that are new, sorted. */
  public get created(): ObjectChange[] {
    return [...this.changes.created];
  }

  /** Objects that differ, sorted, with their fields. */
  public get changed(): ObjectChange[] {
    return [...this.changes.changed];
  }

  /** Objects that are gone, sorted. */
  public get removed(): ObjectChange[] {
    return [...this.changes.removed];
  }

  /** Applications of tenants that are delivered newly, otherwise or no longer, by name. */
  public get applications(): ApplicationChange[] {
    return [...this.changes.applications];
  }

  /** What runs now and would be refused, stopped or cut off, what is certain first. */
  public get refusals(): RunningRefusal[] {
    return [...this.changes.refusals];
  }

  /** Who may newly talk to whom. What every new namespace may, DNS and its own pods, is left out. */
  public get connectionsGained(): ConnectionChange[] {
    return [...this.changes.connectionsGained];
  }

  /** Who may no longer talk to whom. */
  public get connectionsLost(): ConnectionChange[] {
    return [...this.changes.connectionsLost];
  }

  /** Who has a role that it had not. */
  public get rightsGained(): RightChange[] {
    return [...this.changes.rightsGained];
  }

  /** Who has a role no longer. */
  public get rightsLost(): RightChange[] {
    return [...this.changes.rightsLost];
  }

  /** What happens to budgets, by tenant, environment and resource; the sums of tenants first. */
  public get budgets(): BudgetChange[] {
    return [...this.changes.budgets];
  }

  /** The change for a terminal. */
  public toText(): string {
    return changesText(this.changes);
  }

  /** The change for a pull request. */
  public toMarkdown(): string {
    return changesMarkdown(this.changes);
  }

  /** The change as a plain object. */
  public toJson(): any {
    return JSON.parse(JSON.stringify({
      affectedTenants: this.affectedTenants,
      createdNamespaces: this.createdNamespaces,
      removedNamespaces: this.removedNamespaces,
      ...this.changes,
      affected: undefined,
    }));
  }
}

function namespacesIn(changes: ObjectChange[]): string[] {
  return changes.filter(({ object }) => object.startsWith('Namespace ')).map(({ namespace }) => namespace!);
}
