import { Problem } from '@viridial/core';
import type { AddOn } from '../add-on';
import { AddOnOwner } from '../add-on-owner';
import type { PlatformRenderOptions } from '../platform-render-options';

/** Who installs each add-on, and what is wrong with what was asked for. */
export function ownersOf(addOns: AddOn[], options: PlatformRenderOptions): { owners: { [name: string]: AddOnOwner }; problems: Problem[] } {
  const names = addOns.map((addOn) => addOn.name).sort();
  const asked = options.owners ?? {};
  const problems = Object.keys(asked).filter((name) => !names.includes(name)).sort().map((name) => Problem.error({
    code: 'UnknownAddOn',
    path: `owners.${name}`,
    message: `there is no add-on '${name}' to own`,
    value: name,
    allowed: names.join(', '),
  }));
  const owners = Object.fromEntries(names.map((name) => {
    const inTree = options.gitOps !== undefined && name !== options.gitOps.engineAddOn;
    return [name, Object.hasOwn(asked, name) ? asked[name] : inTree ? AddOnOwner.TREE : AddOnOwner.BOOTSTRAP];
  }));
  if (!options.gitOps) {
    for (const name of names.filter((each) => owners[each] === AddOnOwner.TREE)) {
      problems.push(Problem.error({
        code: 'TreeWithoutRepository',
        path: `owners.${name}`,
        message: `the tree owns '${name}', and there is no tree`,
        value: AddOnOwner.TREE,
        cure: 'set gitOps, or give it another owner',
      }));
    }
  }
  return { owners, problems };
}
