import { FlowKind } from '@viridial/security-policy';
import { ArgoCd } from '../../src';
import { contextOn, eks } from '../support/example';

const values = (props = {}) => new ArgoCd(props).install(contextOn(eks())).values;

test('terminals into pods are off, and who signs in has no right that was not given by name', () => {
  expect(values().configs.cm['exec.enabled']).toBe(false);
  expect(values().configs.rbac['policy.default']).toBe('');
});

test('the health of Applications is judged, without which sync waves over Applications do nothing', () => {
  const lua: string = values().configs.cm['resource.customizations.health.argoproj.io_Application'];
  expect(lua).toContain('obj.status');
  expect(lua).toContain('"Progressing"');
  expect(lua.trimEnd()).toMatch(/return health$/);
});

test('its definitions outlive the release, and every Application with them', () => {
  expect(values().crds).toEqual({ install: true, keep: true });
});

test('its objects have the names that the documents of Argo CD use', () => {
  expect(values().fullnameOverride).toBe('argocd');
  expect(new ArgoCd().install(contextOn(eks())).readiness.map(({ kind, name }) => `${kind} ${name}`)).toContain('Deployment argocd-repo-server');
});

test('what nobody asked for does not run', () => {
  const names = new ArgoCd().footprint(contextOn(eks())).workloads.map((workload) => workload.name);
  expect(names.filter((name) => /dex|notifications/.test(name))).toEqual([]);
  expect([values().dex.enabled, values().notifications.enabled]).toEqual([false, false]);
});

test('single sign-on and notifications run when they are asked for', () => {
  const addOn = new ArgoCd({ singleSignOn: true, notifications: true, host: 'cd.viridial.com' });
  const names = addOn.footprint(contextOn(eks())).workloads.map((workload) => workload.name);
  expect(names).toEqual(expect.arrayContaining(['argocd-dex-server', 'argocd-notifications-controller']));
  expect(addOn.install(contextOn(eks())).values.global.domain).toBe('cd.viridial.com');
});

test('the footprint owns up to the rights over everything that the controller has', () => {
  const controller = new ArgoCd().footprint(contextOn(eks())).accounts.find((account) => account.name === 'argocd-application-controller');
  expect(controller?.clusterRules?.[0]).toMatchObject({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] });
});

test('the policies of the chart, which would open the web interface to every pod, give way to ours', () => {
  expect(values().global.networkPolicy).toEqual({ create: false });
});

test('people reach the web interface through the ingress only when it has a host', () => {
  const ingress = (addOn: ArgoCd) => addOn.footprint(contextOn(eks())).flows.filter((flow) => flow.kind === FlowKind.INGRESS_IN);
  expect(ingress(new ArgoCd())).toEqual([]);
  expect(ingress(new ArgoCd({ host: 'cd.viridial.com' }))).toHaveLength(1);
});

test('private networks stay closed to what renders repositories unless they are opened by name', () => {
  const internet = (addOn: ArgoCd) => addOn.footprint(contextOn(eks())).flows.find((flow) => flow.kind === FlowKind.INTERNET)!;
  expect(internet(new ArgoCd())).toMatchObject({ privateNetworks: false, ports: [{ port: 22 }, { port: 443 }] });
  const opened = new ArgoCd({ privateRepositories: true, repositoryPorts: [7999] });
  expect(internet(opened)).toMatchObject({ privateNetworks: true, ports: [{ port: 7999 }] });
});
