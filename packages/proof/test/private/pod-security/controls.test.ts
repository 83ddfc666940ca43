import { PodSecurityLevel } from '@viridial/core';
import { CONTROLS, controlsOf } from '../../../src/private/pod-security/controls';

const { PRIVILEGED, BASELINE, RESTRICTED } = PodSecurityLevel;
const ids = (level: PodSecurityLevel, minor: number) => controlsOf(level, minor).map(({ control }) => control.id).sort();

test('there are twelve controls of baseline and seven of restricted', () => {
  expect(CONTROLS.filter(({ level }) => level === BASELINE)).toHaveLength(12);
  expect(CONTROLS.filter(({ level }) => level === RESTRICTED)).toHaveLength(7);
  expect(new Set(CONTROLS.map(({ id }) => id)).size).toBe(19);
});

test('wordings are in the order of versions, and none is older than the standards', () => {
  for (const { wordings } of CONTROLS) {
    const since = wordings.map((wording) => wording.since);
    expect(since).toEqual([...since].sort((a, b) => a - b));
    expect(new Set(since).size).toBe(since.length);
    expect(since[0]).toBeGreaterThanOrEqual(0);
  }
});

test('the history of wordings is that of Kubernetes', () => {
  const history = Object.fromEntries(CONTROLS.map(({ id, wordings }) => [id, wordings.map(({ since }) => since)]));
  expect(history).toEqual({
    allowPrivilegeEscalation: [8, 25],
    appArmorProfile: [0],
    capabilities_baseline: [0],
    capabilities_restricted: [22, 25],
    hostNamespaces: [0],
    hostPathVolumes: [0],
    hostPorts: [0],
    hostProbesAndHostLifecycle: [34],
    privileged: [0],
    procMount: [0, 35],
    procMount_restricted: [35],
    restrictedVolumes: [0],
    runAsNonRoot: [0, 35],
    runAsUser: [23, 35],
    seLinuxOptions: [0, 31],
    seccompProfile_baseline: [0, 19],
    seccompProfile_restricted: [19, 25],
    sysctls: [0, 27, 29, 32, 37],
    windowsHostProcess: [0],
  });
});

test('privileged has no controls', () => {
  expect(ids(PRIVILEGED, 37)).toEqual([]);
});

test('baseline gains one control in 1.34', () => {
  expect(ids(BASELINE, 33)).toHaveLength(11);
  expect(ids(BASELINE, 34).filter((id) => !ids(BASELINE, 33).includes(id))).toEqual(['hostProbesAndHostLifecycle']);
});

test.each([
  [18, ['restrictedVolumes']],
  [19, ['restrictedVolumes', 'seccompProfile_restricted']],
  [22, ['capabilities_restricted', 'restrictedVolumes', 'seccompProfile_restricted']],
  [35, ['capabilities_restricted', 'procMount_restricted', 'restrictedVolumes', 'seccompProfile_restricted']],
])('at 1.%i these controls take the place of one of baseline: %p', (minor, expected) => {
  const holding = controlsOf(RESTRICTED, minor);
  const overriding = holding.filter(({ control }) => control.overrides !== undefined).map(({ control }) => control.id).sort();
  expect(overriding).toEqual(expected);
  for (const { control } of holding) expect(overriding.flatMap((id) => CONTROLS.find((own) => own.id === id)!.overrides)).not.toContain(control.id);
});
