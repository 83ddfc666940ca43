import { CONTROLS } from '../pod-security/controls';

/** Items of the CIS Kubernetes Benchmark 1.12 and of the multi-tenancy benchmark that a Pod Security control stands for. */
const BY_CONTROL: { readonly [control: string]: string[] } = {
  allowPrivilegeEscalation: ['CIS 5.2.6', 'MTB-PL1-BC-CPI-6'],
  appArmorProfile: ['CIS 5.6.3'],
  capabilities_baseline: ['CIS 5.2.8', 'CIS 5.2.9', 'MTB-PL1-BC-CPI-3'],
  capabilities_restricted: ['CIS 5.2.9', 'MTB-PL1-BC-CPI-3'],
  hostPathVolumes: ['CIS 5.2.11', 'MTB-PL1-BC-HI-1'],
  hostPorts: ['CIS 5.2.12', 'MTB-PL1-BC-HI-3'],
  hostProbesAndHostLifecycle: ['CIS 5.6.3'],
  privileged: ['CIS 5.2.2', 'MTB-PL1-BC-CPI-5'],
  procMount: ['CIS 5.6.3'],
  procMount_restricted: ['CIS 5.6.3'],
  runAsNonRoot: ['CIS 5.2.7', 'MTB-PL1-BC-CPI-4', 'NSA/CISA Non-root containers'],
  runAsUser: ['CIS 5.2.7', 'MTB-PL1-BC-CPI-4', 'NSA/CISA Non-root containers'],
  seLinuxOptions: ['CIS 5.6.3'],
  seccompProfile_baseline: ['CIS 5.6.2'],
  seccompProfile_restricted: ['CIS 5.6.2'],
  sysctls: ['CIS 5.6.3'],
  windowsHostProcess: ['CIS 5.2.10'],
};

/** Controls that stand for several items, told apart by the field. */
const BY_FIELD: { readonly [field: string]: string[] } = {
  hostNetwork: ['CIS 5.2.5', 'MTB-PL1-BC-HI-3'],
  hostPID: ['CIS 5.2.3', 'MTB-PL1-BC-HI-4'],
  hostIPC: ['CIS 5.2.4', 'MTB-PL1-BC-HI-5'],
  hostPath: ['CIS 5.2.11', 'MTB-PL1-BC-HI-1'],
};

const LEVELS = new Map(CONTROLS.map(({ id, level }) => [id, level]));

/** Where a violation of a Pod Security control comes from. */
export function podSecurityReferences(control: string, path: string): string[] {
  const field = path.slice(path.lastIndexOf('.') + 1);
  return [`PSS ${LEVELS.get(control)}/${control}`, ...(BY_CONTROL[control] ?? BY_FIELD[field] ?? [])];
}
