// Where the programs of a control plane are: in KUBEBUILDER_ASSETS, as setup-envtest leaves them, or on the PATH.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** What the cluster test needs. */
export const PROGRAMS = ['etcd', 'kube-apiserver', 'kube-controller-manager'] as const;

/** Name of one of them. */
export type Program = (typeof PROGRAMS)[number];

/** Paths of the programs that were found, and the names of those that were not. */
export interface Programs {
  readonly found: ReadonlyMap<Program, string>;
  readonly missing: Program[];
}

/** Looks for every program in the folder of KUBEBUILDER_ASSETS first, then in those of the PATH. */
export function findPrograms(environment: NodeJS.ProcessEnv, isProgram: (file: string) => boolean = executable): Programs {
  const folders = [environment.KUBEBUILDER_ASSETS ?? '', ...(environment.PATH ?? '').split(path.delimiter)].filter((folder) => folder !== '');
  const found = new Map<Program, string>();
  for (const name of PROGRAMS) {
    const file = folders.map((folder) => path.join(folder, name)).find(isProgram);
    if (file !== undefined) found.set(name, file);
  }
  return { found, missing: PROGRAMS.filter((name) => !found.has(name)) };
}

/** What somebody has to do who lacks programs. */
export function howToGet(missing: readonly Program[]): string {
  const advice = [`missing: ${missing.join(', ')} (looked in KUBEBUILDER_ASSETS, then in PATH)`];
  if (missing.some((name) => name !== 'kube-controller-manager')) {
    advice.push(
      'cure: go install sigs.k8s.io/controller-runtime/tools/setup-envtest@latest',
      '      export KUBEBUILDER_ASSETS=$(setup-envtest use 1.36.x -p path)');
  }
  if (missing.includes('kube-controller-manager')) {
    advice.push(
      'setup-envtest does not bring kube-controller-manager, which type-checks admission policies and aggregates roles',
      'cure: put the one of the same version beside the others: https://dl.k8s.io/v<version>/bin/<os>/<arch>/kube-controller-manager');
  }
  return advice.join('\n');
}

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
