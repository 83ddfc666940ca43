// Rendering grows with the number of tenants, and no faster.
import { best, print, rows } from './measure.mts';
import { tenantObjects } from './tenants.mts';

const SIZES = [200, 1000, 5000];

export function run(): void {
  tenantObjects(200); // the first call pays for compilation
  const times = SIZES.map((size) => best(3, () => tenantObjects(size)));
  print('rendering tenancies (two environments a tenant)', rows(Object.fromEntries(SIZES.map((size, i) => [`${size} tenants`, times[i]!]))));
  const growth = Math.log(times[2]! / times[1]!) / Math.log(SIZES[2]! / SIZES[1]!);
  process.stdout.write(`  growth from 1000 to 5000: n^${growth.toFixed(2)}\n`);
}
