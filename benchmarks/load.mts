// What a program pays for loading a package, before it does anything.
import { bestOfProcesses, print, rows } from './measure.mts';

const PACKAGES = ['core', 'security-policy', 'proof', 'tenancy', 'platform-addons', 'eks-platform'];

export function run(): void {
  const load = (statement: string) => ({ args: ['-e', statement] });
  print('loading, whole processes', rows(bestOfProcesses(5, {
    'node with nothing (floor)': load(''),
    ...Object.fromEntries(PACKAGES.map((name) => [`@viridial/${name}`, load(`require('@viridial/${name}')`)])),
    'aws-cdk-lib': load('require(\'aws-cdk-lib\')'),
    'cdk8s': load('require(\'cdk8s\')'),
  })));
}
