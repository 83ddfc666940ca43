// Judging: reachability of a thousand tenants, Pod Security of five thousand pods, and what it costs to load the package.
import { ClusterProfile, Cni, PodSecurityLevel } from '@viridial/core';
import { PodSecurity, Reachability } from '@viridial/proof';
import { best, bestOfProcesses, print, rows } from './measure.mts';
import { tenantObjects } from './tenants.mts';

const PROFILE = ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO });
const TENANTS = [250, 1000, 4000];
const PODS = 5000;

/** What a bar allows; times are those of an ordinary machine, and the ratios beside them hold elsewhere too. */
const BARS = { reachability: 2000, growth: 1.2, podSecurity: 1000, load: 30 };

/** A container that passes restricted. */
const CONTAINER = {
  name: 'main',
  image: 'registry.example.com/web:1.0',
  ports: [{ name: 'http', containerPort: 8080 }],
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '128Mi' } },
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};

/** The pod of a workload; every third breaks a control. */
function podSpec(index: number): Record<string, any> {
  return {
    securityContext: { runAsNonRoot: index % 3 !== 0, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [CONTAINER, { ...CONTAINER, name: 'proxy', ports: [] }],
    volumes: [{ name: 'settings', configMap: { name: 'settings' } }],
  };
}

/** Everything that is rendered for that many tenants (two environments each), with three workloads in production. */
function platform(tenants: number): Record<string, any>[] {
  const workloads = Array.from({ length: tenants }, (_, tenant) => ['web', 'api', 'worker'].map((name, index) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: `tenant-${tenant}-production` },
    spec: { selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: podSpec(index) } },
  }))).flat();
  return [...tenantObjects(tenants), ...workloads];
}

function bar(what: string, value: number, most: number, unit: string): void {
  const kept = value <= most;
  process.stdout.write(`  ${kept ? '✓' : '✗'} ${what}: ${value.toFixed(unit === '' ? 2 : 0)}${unit}, at most ${most}${unit}\n`);
  if (!kept) process.exitCode = 1;
}

function reachability(): void {
  const worlds = TENANTS.map(platform);
  Reachability.of(worlds[0]!, { profile: PROFILE }).table(); // the first call pays for compilation
  const times = worlds.map((objects) => best(3, () => Reachability.of(objects, { profile: PROFILE }).table()));
  const floor = best(5, () => worlds[1]!.map((object) => JSON.stringify(object)));
  print(`reachability, three workloads a tenant (${worlds[1]!.length} objects for ${TENANTS[1]} tenants)`, rows({
    [`JSON.stringify of ${TENANTS[1]} tenants (floor)`]: floor,
    ...Object.fromEntries(TENANTS.map((tenants, index) => [`${tenants} tenants`, times[index]!])),
  }));
  bar(`reachability of ${TENANTS[1]} tenants`, times[1]!, BARS.reachability, ' ms');
  bar(`growth from ${TENANTS[1]} to ${TENANTS[2]} tenants, n^x`, Math.log(times[2]! / times[1]!) / Math.log(TENANTS[2]! / TENANTS[1]!), BARS.growth, '');
}

function podSecurity(): void {
  const pods = Array.from({ length: PODS }, (_, index) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: `pod-${index}`, namespace: 'shop' }, spec: podSpec(index) }));
  const judge = () => pods.map((pod) => PodSecurity.evaluate(pod, { level: PodSecurityLevel.RESTRICTED, version: '1.36' }));
  judge();
  const time = best(5, judge);
  print(`Pod Security of ${PODS} pods at restricted`, rows({ 'JSON.stringify (floor)': best(5, () => pods.map((pod) => JSON.stringify(pod))), 'PodSecurity.evaluate': time }));
  bar(`Pod Security of ${PODS} pods`, time, BARS.podSecurity, ' ms');
}

function loading(): void {
  const load = (statement: string) => ({ args: ['-e', statement] });
  const times = bestOfProcesses(7, { 'node with nothing (floor)': load(''), '@viridial/proof': load("require('@viridial/proof')") });
  print('loading @viridial/proof, whole processes', rows(times));
  bar('import of @viridial/proof beyond that', times['@viridial/proof']! - times['node with nothing (floor)']!, BARS.load, ' ms');
}

export function run(): void {
  reachability();
  podSecurity();
  loading();
}
