import { Manifests, Problem } from '@viridial/core';
import { finding } from './found';
import { FindingRule, RULES } from './rules';
import { SubjectMatter } from './subject-matter';
import { Finding } from '../../finding';

const BY_CODE: { readonly [code: string]: FindingRule } = {
  DuplicateObject: RULES.duplicateObject,
  UnreadPolicyField: RULES.unreadPolicyField,
};

/** What cannot be read, and names that no API server takes. */
export function checkObjects({ inventory, problems }: SubjectMatter): Finding[] {
  const identities = new Set(inventory.items.map(({ identity }) => identity));
  const read = problems.errors.map((problem) => {
    const [object, path] = splitPath(problem.path, identities);
    const rule = BY_CODE[problem.code] ?? RULES.malformedObject;
    return finding(rule, { object, path, ...advice(problem) });
  });
  const named = inventory.items.flatMap(({ object, identity, name }) => Manifests.check([object]).flatMap((problem) => {
    // labels were read already, and a generated name is a name
    if (problem.code === 'MetadataNotText' || (problem.code === 'ManifestWithoutName' && name.endsWith('*'))) return [];
    const path = problem.path.startsWith(identity) ? problem.path.slice(identity.length + 1) : problem.path.replace(/^.*?(metadata)/, '$1');
    return [finding(RULES.malformedObject, { object: identity, path, ...advice(problem) })];
  }));
  return [...read, ...named];
}

/** Problems of shapes begin with the identity of their object. */
function splitPath(path: string, identities: Set<string>): [string, string] {
  if (identities.has(path)) return [path, ''];
  const end = path.indexOf(' ', path.indexOf(' ') + 1);
  const identity = end < 0 ? path : path.slice(0, end);
  return identities.has(identity) ? [identity, path.slice(end + 1)] : [path, ''];
}

function advice({ message, allowed, cure }: Problem): { why: string; cure: string } {
  const right = allowed === undefined ? undefined : `write ${allowed}`;
  return { why: message, cure: cure ?? right ?? 'write it as the API of its kind documents it' };
}
