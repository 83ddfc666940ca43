import { Problem } from '@viridial/core';
import type { AddOn } from '../add-on';
import { Need } from '../need';

/** Distance between the waves of two add-ons that follow each other: room for their own objects in between. */
const STEP = 10;

const NEEDS: string[] = Object.values(Need);

/** Add-ons in the order of installation, with what is wrong about them. */
export interface InstallOrder {
  /** Wave of every add-on by its name: 0, 10, 20 and so on. */
  readonly waves: ReadonlyMap<string, number>;
  readonly problems: Problem[];
}

/** Names of the add-ons that meet each need, sorted. */
function providers(addOns: AddOn[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const addOn of addOns) {
    for (const need of new Set(addOn.meets)) {
      const names = found.get(need) ?? [];
      names.push(addOn.name);
      found.set(need, names);
    }
  }
  for (const names of found.values()) names.sort();
  return found;
}

function needProblems(needs: Need[], found: Map<string, string[]>): Problem[] {
  const unmet = [...new Set(needs)].filter((need) => !found.has(need)).sort().map((need) => Problem.error({
    code: 'UnmetNeed',
    path: 'needs',
    message: `no add-on meets the need '${need}'`,
    value: need,
    cure: 'add the add-on that meets it on this ground with platform.with(…), or drop the need',
  }));
  const twice = [...found].filter(([, names]) => names.length > 1).sort(([a], [b]) => (a < b ? -1 : 1)).map(([need, names]) => Problem.error({
    code: 'NeedMetTwice',
    path: 'needs',
    message: `${names.join(' and ')} both meet the need '${need}'`,
    value: names,
    allowed: 'exactly one add-on for a need',
    cure: `keep one of ${names.join(', ')}`,
  }));
  return [...unmet, ...twice];
}

/** Add-ons that one add-on waits for; what is missing becomes a problem. */
function prerequisites(addOn: AddOn, names: ReadonlySet<string>, found: Map<string, string[]>, problems: Problem[]): string[] {
  return [...new Set(addOn.requires)].sort().flatMap((required) => {
    if (names.has(required)) return [required];
    const meeting = found.get(required);
    if (meeting) return meeting.filter((name) => name !== addOn.name);
    const isNeed = NEEDS.includes(required);
    problems.push(Problem.error({
      code: isNeed ? 'UnmetNeed' : 'MissingAddOn',
      path: `addOns.${addOn.name}.requires`,
      message: `add-on '${addOn.name}' requires ${isNeed ? `the need '${required}', which no add-on meets` : `add-on '${required}', which is not on the platform`}`,
      value: required,
      cure: isNeed ? 'add the add-on that meets it on this ground with platform.with(…)' : `add '${required}', or drop '${addOn.name}'`,
    }));
    return [];
  });
}

function conflictProblems(addOns: AddOn[], names: ReadonlySet<string>): Problem[] {
  const pairs = new Set(addOns.flatMap((addOn) => addOn.conflictsWith
    .filter((other) => other !== addOn.name && names.has(other))
    .map((other) => [addOn.name, other].sort().join(' and '))));
  return [...pairs].sort().map((pair) => Problem.error({
    code: 'ConflictingAddOns', path: 'addOns', message: `${pair} cannot be on the same cluster`, value: pair, cure: 'keep one of them',
  }));
}

/**
 * The order of installation: every add-on comes after what it requires, and as early as that allows. The order in which
 * add-ons are given does not matter.
 */
export function installOrder(addOns: AddOn[], needs: Need[]): InstallOrder {
  const found = providers(addOns);
  const names = new Set(addOns.map((addOn) => addOn.name));
  const problems = [...needProblems(needs, found), ...conflictProblems(addOns, names)];
  const waiting = new Map<string, number>();
  const followers = new Map<string, string[]>();
  const waves = new Map<string, number>();
  for (const addOn of addOns) {
    const before = [...new Set(prerequisites(addOn, names, found, problems))];
    waiting.set(addOn.name, before.length);
    for (const name of before) {
      const after = followers.get(name) ?? [];
      after.push(addOn.name);
      followers.set(name, after);
    }
  }
  let ready = [...waiting].filter(([, count]) => count === 0).map(([name]) => name);
  for (let wave = 0; ready.length > 0; wave += STEP) {
    const next: string[] = [];
    for (const name of ready) {
      waves.set(name, wave);
      for (const follower of followers.get(name) ?? []) {
        const left = waiting.get(follower)! - 1;
        waiting.set(follower, left);
        if (left === 0) next.push(follower);
      }
    }
    ready = next;
  }
  const stuck = [...waiting.keys()].filter((name) => !waves.has(name)).sort();
  if (stuck.length > 0) {
    problems.push(Problem.error({
      code: 'RequirementCycle',
      path: 'addOns',
      message: `${stuck.join(', ')} require each other, so none of them can be first`,
      value: stuck,
      cure: 'drop one of the requirements',
    }));
  }
  return { waves, problems };
}
