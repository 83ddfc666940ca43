import type { Changes } from './changes';
import { ApplicationChange, BudgetChange, ConnectionChange, FieldChange, ObjectChange, RightChange } from '../../tenancy-changes-props';

/** The change for a terminal. */
export function changesText(changes: Changes): string {
  const { created, changed, removed, refusals } = changes;
  const lines = [
    isNothing(changes) ? 'nothing changes' : summaryOf(changes),
    ...section('what runs now and would be refused, stopped or cut off', refusals.map(({ code, namespace, certain, why, cure }) => (
      `${certain ? '!' : '?'} ${namespace}: ${why} (${code}); cure: ${cure}`))),
    ...section('may newly talk', changes.connectionsGained.map((connection) => `+ ${connectionText(connection)}`)),
    ...section('may no longer talk', changes.connectionsLost.map((connection) => `- ${connectionText(connection)}`)),
    ...section('rights', [...changes.rightsGained.map((right) => `+ ${rightText(right)}`), ...changes.rightsLost.map((right) => `- ${rightText(right)}`)]),
    ...section('budgets', changes.budgets.map(budgetText)),
    ...section('applications', changes.applications.map(applicationText)),
    ...section('objects', [
      ...created.map(({ object }) => `+ ${object}`), ...changed.flatMap((change) => [`~ ${change.object}`, ...change.fields.map((field) => `    ${fieldText(field)}`)]),
      ...removed.map(({ object }) => `- ${object}`),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

/** The change in one line. */
export function summaryOf({ created, changed, removed, affected, refusals }: Changes): string {
  const certain = refusals.filter((refusal) => refusal.certain).length;
  const risks = refusals.length === 0 ? 'nothing that runs is refused' : `${refusals.length} times something that runs can be refused (${certain} certain)`;
  return `${counted(created, 'object', 'created')}, ${changed.length} changed, ${removed.length} removed; ${affected.length} ${affected.length === 1 ? 'tenant' : 'tenants'} to prove again; ${risks}`;
}

/** Whether there is nothing to tell. */
export function isNothing({ created, changed, removed, applications }: Changes): boolean {
  return created.length + changed.length + removed.length + applications.length === 0;
}

/** What happens to an application, in words. */
export function applicationText({ application, kind, fields }: ApplicationChange): string {
  return `${application} is ${kind}${fields.length === 0 ? '' : `: ${fields.map(fieldText).join('; ')}`}`;
}

/** A connection in words. */
export function connectionText({ source, destination, ports }: ConnectionChange): string {
  return `${source} to ${destination} on ${ports}`;
}

/** A right in words. */
export function rightText({ subject, role, tenant, environment }: RightChange): string {
  return `${subject} is ${role} of ${tenant} in ${environment}`;
}

/** A difference with its sign. */
export function signed(difference: string): string {
  return difference.startsWith('-') ? difference : `+${difference}`;
}

/** A field in words. */
export function fieldText({ path, before, after }: FieldChange): string {
  return `${path}: ${valueText(before)} becomes ${valueText(after)}`;
}

function budgetText({ tenant, environment, resource, before, after, difference }: BudgetChange): string {
  return `${tenant}${environment === undefined ? '' : ` in ${environment}`}: ${resource} ${before ?? 'unbounded'} becomes ${after ?? 'unbounded'} (${signed(difference)})`;
}

function valueText(value: any): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];
}

function counted(list: ObjectChange[], what: string, done: string): string {
  return `${list.length} ${what}${list.length === 1 ? '' : 's'} ${done}`;
}
