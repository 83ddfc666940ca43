import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Severity } from '@viridial/core';
import { finding, sortFindings, withoutRepetition } from '../../../src/private/findings/found';
import { podSecurityReferences } from '../../../src/private/findings/references';
import { FindingRule, RULES, RULES_BY_ID } from '../../../src/private/findings/rules';
import { CONTROLS } from '../../../src/private/pod-security/controls';

describe('rules', () => {
  const all = Object.values(RULES);

  test('have stable ids in PascalCase, each once', () => {
    expect(RULES_BY_ID.size).toBe(all.length);
    for (const { id } of all) expect(id).toMatch(/^([A-Z][a-z]+)+$/);
  });

  test('say what they are about and why it matters', () => {
    for (const { title, help, severity } of all) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(help).toMatch(/^\S.*\.$/);
      expect(Object.values(Severity)).toContain(severity);
    }
  });

  test('are all in the table of the README, with their severity', () => {
    const readme = readFileSync(join(__dirname, '../../../README.md'), 'utf8');
    for (const { id } of all) expect(readme).toContain(`| \`${id}\` |`);
  });
});

describe('references of Pod Security controls', () => {
  test('every control has its own name and an item of the CIS benchmark', () => {
    for (const { id, level } of CONTROLS) {
      const path = id === 'hostNamespaces' ? 'spec.hostPID' : id === 'restrictedVolumes' ? 'spec.volumes[0].hostPath' : 'spec';
      const [own, ...others] = podSecurityReferences(id, path);
      expect(own).toBe(`PSS ${level}/${id}`);
      expect(others[0]).toMatch(/^CIS 5\.[26]\.\d+$/);
    }
  });

  test('a control that stands for several items tells them apart by the field', () => {
    const items = (field: string) => podSecurityReferences('hostNamespaces', `spec.template.spec.${field}`).slice(1);
    expect([items('hostPID'), items('hostIPC'), items('hostNetwork')]).toEqual([['CIS 5.2.3', 'MTB-PL1-BC-HI-4'], ['CIS 5.2.4', 'MTB-PL1-BC-HI-5'], ['CIS 5.2.5', 'MTB-PL1-BC-HI-3']]);
    expect(podSecurityReferences('restrictedVolumes', 'spec.volumes[0].nfs')).toEqual(['PSS restricted/restrictedVolumes']);
  });
});

describe('findings', () => {
  const one = (found: Partial<Parameters<typeof finding>[1]> = {}, rule: FindingRule = RULES.wildcardRole) => finding(rule, { object: 'Role shop/a', why: 'w', cure: 'c', ...found });

  test('take severity and references from their rule, and may add to them', () => {
    expect(one()).toMatchObject({ ruleId: 'WildcardRole', severity: Severity.WARNING, path: '', related: [], references: ['CIS 5.1.3', 'NSA/CISA Role-based access control'] });
    expect(one({ severity: Severity.ERROR, references: ['CIS 9', 'CIS 5.1.3'] })).toMatchObject({ severity: Severity.ERROR, references: ['CIS 9', 'CIS 5.1.3', 'NSA/CISA Role-based access control'] });
  });

  test('are not related to themselves, and to others once', () => {
    expect(one({ related: ['c', 'b', 'Role shop/a', 'b'] }).related).toEqual(['b', 'c']);
  });

  test('are sorted by severity, rule, object, path and words, each once', () => {
    const sorted = [
      one({ object: 'z' }, RULES.malformedObject), one({ object: 'a' }, RULES.flowOpen), one({ object: 'b' }, RULES.flowOpen), one({ object: 'b', path: 'x' }, RULES.flowOpen), one({ object: 'a' }),
    ];
    expect(sortFindings([...sorted].reverse().concat(sorted))).toEqual(sorted);
  });

  test('that a broken expectation says already are left out', () => {
    const object = 'Namespace shop';
    const kept = [one({ object }, RULES.podSecurityNotKept), one({ object: 'Namespace blog' }, RULES.podSecurityNotPinned), one({ object: 'Namespace shop', related: ['ResourceQuota shop/budget'] }, RULES.boundsMissing)];
    const repeated = [one({ object }, RULES.podSecurityNotPinned), one({ object }, RULES.podSecurityNotEnforced), one({ object: 'ResourceQuota shop/budget' }, RULES.quotaWithoutDefaults)];
    expect(withoutRepetition([...kept, ...repeated])).toEqual(kept);
    const graver = one({ object: 'ResourceQuota shop/budget', severity: Severity.ERROR }, RULES.quotaWithoutDefaults);
    expect(withoutRepetition([...kept, graver])).toContain(graver);
  });
});
