// One way to write the objects of many tenants, in a process of its own so that its peak of memory is its own:
// node tenancy-variants.mts <variant> <tenants>. Starting the process and loading modules are not in the time.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CanonicalYaml } from '@viridial/core';
import { Proof } from '@viridial/proof';
import { Role, Tenancy, Tenant } from '@viridial/tenancy';
import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { stringify } from 'yaml';
import { PROFILE } from './tenants.mts';

/** What a variant does between the start and the stop of the clock; what it returns is done before. */
type Variant = (tenants: number, directory: string) => () => void;

/** Tenants with ten objects each, as somebody's program writes them. */
function tenancy(count: number, cpu = '8'): Tenancy {
  return new Tenancy({
    environments: ['production'],
    tenants: Array.from({ length: count }, (_, i) => new Tenant(`tenant-${i}`, {
      budget: { cpu: i === 0 ? cpu : '8', memory: '16Gi' }, members: [Role.developer(`group:tenant-${i}`), Role.viewer('group:auditors')],
    })),
  });
}

/** The objects of each tenant, for those who do not have to think about what they are. */
function finished(count: number): any[][] {
  const rendered = tenancy(count).render(PROFILE);
  return rendered.tenants.map((name) => rendered.tenant(name).manifests);
}

function inOneFile(directory: string, texts: Iterable<string>): void {
  const file = openSync(join(directory, 'all'), 'w');
  for (const text of texts) writeSync(file, text);
  closeSync(file);
}

function inFileEach(directory: string, texts: Iterable<[string, string]>): void {
  for (const [name, text] of texts) writeFileSync(join(directory, name), text);
}

function written(files: Record<string, any[]>): [string, string][] {
  return Object.entries(files).map(([path, objects]) => [path, CanonicalYaml.stringifyAll(objects)]);
}

function cdk8s(perTenant: boolean): Variant {
  return (count, directory) => {
    const objects = finished(count);
    return () => {
      const app = new App({ outdir: directory, yamlOutputType: YamlOutputType.FILE_PER_CHART });
      const one = perTenant ? undefined : new Chart(app, 'all', { disableResourceNameHashes: true });
      objects.forEach((own, i) => {
        const chart = one ?? new Chart(app, `tenant-${i}`, { disableResourceNameHashes: true });
        own.forEach((object, j) => new ApiObject(chart, `${i}-${j}`, object));
      });
      app.synth();
    };
  };
}

const VARIANTS: Record<string, Variant> = {
  'json': (count, directory) => {
    const objects = finished(count);
    return () => inOneFile(directory, objects.map((own) => own.map((object) => JSON.stringify(object)).join('\n')));
  },
  'viridial': (count, directory) => () => {
    const rendered = tenancy(count).render(PROFILE);
    for (const name of rendered.tenants) {
      const folder = join(directory, 'tenants', name);
      mkdirSync(folder, { recursive: true });
      inFileEach(directory, written(rendered.tenant(name).files));
    }
    for (const folder of ['cluster', 'shared']) mkdirSync(join(directory, folder));
    inFileEach(directory, written(rendered.sharedFiles));
  },
  'yaml': (count, directory) => {
    const objects = finished(count);
    return () => inFileEach(directory, objects.map((own, i) => [`tenant-${i}.yaml`, own.map((object) => stringify(object)).join('---\n')]));
  },
  'cdk8s-one-chart': cdk8s(false),
  'cdk8s-chart-per-tenant': cdk8s(true),
  'kustomize': (count, directory) => {
    const names = finished(count).map((own, i) => {
      mkdirSync(join(directory, `tenant-${i}`));
      writeFileSync(join(directory, `tenant-${i}`, 'all.yaml'), CanonicalYaml.stringifyAll(own));
      writeFileSync(join(directory, `tenant-${i}`, 'kustomization.yaml'), 'resources: [all.yaml]\n');
      return `tenant-${i}`;
    });
    writeFileSync(join(directory, 'kustomization.yaml'), `resources: [${names.join(', ')}]\n`);
    return () => {
      const { status, stderr } = spawnSync('kubectl', ['kustomize', directory], { encoding: 'utf8', maxBuffer: 2 ** 30 });
      if (status !== 0) throw new Error(`kubectl kustomize failed: ${stderr}`);
    };
  },
  'prove-one-again': (count) => {
    const before = tenancy(count);
    return () => {
      const after = tenancy(count, '9');
      const { affectedTenants } = Tenancy.changes(before, after, { profile: PROFILE });
      const rendered = after.render(PROFILE);
      const expectations = affectedTenants.flatMap((name) => rendered.tenant(name).expectations);
      const report = Proof.of(rendered.proofScope(affectedTenants), { profile: PROFILE, expectations }).report();
      if (!report.ok || affectedTenants.length !== 1) throw new Error(report.toText());
    };
  },
};

const [variant, tenants] = process.argv.slice(2);
// in memory where that can be, so that whoever else uses the disk is no part of the comparison
const directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'viridial-benchmark-'));
try {
  const work = VARIANTS[variant!]!(Number(tenants), directory);
  const started = performance.now();
  work();
  const milliseconds = performance.now() - started;
  process.stdout.write(JSON.stringify({ milliseconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
