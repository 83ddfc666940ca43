import { MetricsServer } from '@viridial/platform-addons';
import { PortSource, PortTarget } from '@viridial/security-policy';
import { planEks } from '../../src/plan-eks';
import { portMatrixOf } from '../../src/planner/port-matrix';
import { platform, props } from '../fixtures/platform';

const planned = planEks('production', props({ platform: platform().with(new MetricsServer()) }));
const rows = portMatrixOf(planned.profile, planned.rendered.installations, [8443, 9443]);
const idsFrom = (source: PortSource) => rows.filter((row) => row.source === source).map(({ id }) => id);

test('the control plane calls the kubelet and the ports of webhooks that add-ons declare or the user names, each once', () => {
  expect(idsFrom(PortSource.CONTROL_PLANE)).toEqual(['kubelet-from-control-plane', 'webhook-10250', 'webhook-8443', 'webhook-9443']);
});

test('the API server is behind a group of ours here, so that it has rows of its own', () => {
  expect(rows.filter(({ target }) => target === PortTarget.CONTROL_PLANE).map(({ id, fromPort }) => [id, fromPort])).toEqual([['api-server-from-admins', 443], ['api-server-from-nodes', 443]]);
});

test('nothing is open to the world, and nobody has SSH', () => {
  expect(idsFrom(PortSource.WORLD)).toEqual([]);
  expect(rows.map(({ id }) => id)).not.toContain('ssh');
});
