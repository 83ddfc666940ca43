import type { Changes } from './changes';
import { applicationText, connectionText, fieldText, isNothing, rightText, signed, summaryOf } from './text';

/** Longer lists are folded, so that a pull request stays readable. */
const FOLDED_FROM = 20;

/** The change for a pull request. */
export function changesMarkdown(changes: Changes): string {
  const { created, changed, removed, refusals, budgets } = changes;
  if (isNothing(changes)) return '## Tenancy\n\nNothing changes.\n';
  const parts = [
    '## Tenancy',
    `${summaryOf(changes)}.`,
    ...table('What runs now and would be refused, stopped or cut off', ['', 'namespace', 'what happens', 'cure'], refusals.map(({ code, namespace, certain, why, cure }) => (
      [certain ? '**certain**' : 'possible', codeOf(namespace), `${escaped(why)} (${codeOf(code)})`, escaped(cure)]))),
    ...list('May newly talk', changes.connectionsGained.map(connectionText)),
    ...list('May no longer talk', changes.connectionsLost.map(connectionText)),
    ...list('Rights', [...changes.rightsGained.map((right) => `gained: ${rightText(right)}`), ...changes.rightsLost.map((right) => `lost: ${rightText(right)}`)]),
    ...table('Budgets', ['tenant', 'environment', 'resource', 'before', 'after', 'difference'], budgets.map(({ tenant, environment, resource, before, after, difference }) => (
      [tenant, environment ?? '**all**', codeOf(resource), before ?? 'unbounded', after ?? 'unbounded', signed(difference)]))),
    ...list('Applications', changes.applications.map(applicationText)),
    ...list('Objects', [
      ...created.map(({ object }) => `created: ${codeOf(object)}`),
      ...changed.map(({ object, fields }) => `changed: ${codeOf(object)}: ${fields.map((field) => codeOf(fieldText(field))).join('; ')}`),
      ...removed.map(({ object }) => `removed: ${codeOf(object)}`),
    ], false),
  ];
  return `${parts.join('\n\n')}\n`;
}

function table(title: string, head: string[], rows: string[][]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return folded(title, rows.length, [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'));
}

function list(title: string, items: string[], plain: boolean = true): string[] {
  return items.length === 0 ? [] : folded(title, items.length, items.map((item) => `- ${plain ? escaped(item) : item}`).join('\n'));
}

function folded(title: string, count: number, body: string): string[] {
  return count < FOLDED_FROM ? [`### ${title}`, body] : [`<details><summary>${title} (${count})</summary>`, body, '</details>'];
}

/** Code, which no backtick in it may end. */
function codeOf(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

/** Names of members come from people: they may not become markup. */
function escaped(text: string): string {
  return text.replace(/[\\`*_<>[\]|#]/g, (character) => `\\${character}`);
}
