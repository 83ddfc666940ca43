import { Severity } from '@viridial/core';
import { Suppressed } from './acceptance';
import { FindingRule, RULES_BY_ID } from './rules';
import { Finding } from '../../finding';
import { capitalise, compareText } from '../text';

/**
 * The findings as a SARIF 2.1.0 log. Objects are logical locations, because manifests are plain objects that need not
 * come from a file.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifLog(findings: Finding[], suppressed: Suppressed[]): any {
  const all = [...findings, ...suppressed.map((each) => each.finding)];
  const ids = [...new Set(all.map(({ ruleId }) => ruleId))].sort(compareText);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'viridial-proof', informationUri: 'https://github.com/viridial/viridial', rules: ids.map((id) => describe(RULES_BY_ID.get(id)!)) } },
      columnKind: 'utf16CodeUnits',
      results: [
        ...findings.map((finding) => resultOf(finding, ids)),
        ...suppressed.map(({ finding, reason }) => ({ ...resultOf(finding, ids), suppressions: [{ kind: 'external', status: 'accepted', justification: reason }] })),
      ],
    }],
  };
}

function describe({ id, title, help, severity, references }: FindingRule): any {
  return {
    id,
    name: id,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: help },
    defaultConfiguration: { level: levelOf(severity) },
    properties: { tags: ['security', ...references] },
  };
}

function resultOf({ ruleId, severity, object, path, why, cure, witness, related, references }: Finding, ids: string[]): any {
  const seen = witness === undefined ? '' : ` For instance: ${witness}.`;
  return {
    ruleId,
    ruleIndex: ids.indexOf(ruleId),
    kind: 'fail',
    level: levelOf(severity),
    message: { text: `${object}: ${capitalise(why)}.${seen} To do: ${cure}.` },
    locations: [{
      logicalLocations: [{ name: object, fullyQualifiedName: path === '' ? object : `${object} ${path}`, kind: 'resource' }],
    }],
    relatedLocations: related.map((other, index) => ({ id: index, logicalLocations: [{ name: other, fullyQualifiedName: other, kind: 'resource' }] })),
    partialFingerprints: { 'viridial/v1': [ruleId, object, path, ...(witness === undefined ? [] : [witness])].join('|') },
    properties: { object, path, why, cure, ...(witness === undefined ? {} : { witness }), references },
  };
}

function levelOf(severity: Severity): string {
  return severity === Severity.ERROR ? 'error' : 'warning';
}
