// The canonical writer against what a user would take instead, on the objects of a thousand tenants.
import { CanonicalYaml } from '@viridial/core';
import { stringify } from 'yaml';
import { best, print, rows } from './measure.mts';
import { tenantObjects } from './tenants.mts';

export function run(): void {
  const objects = tenantObjects(1000);
  print(`writing ${objects.length} Kubernetes objects`, rows({
    'JSON.stringify (floor)': best(5, () => objects.map((object) => JSON.stringify(object))),
    'CanonicalYaml': best(5, () => CanonicalYaml.stringifyAll(objects)),
    'yaml': best(2, () => objects.map((object) => stringify(object))),
  }));
}
