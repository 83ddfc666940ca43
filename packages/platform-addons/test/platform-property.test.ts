import { Severity } from '@viridial/core';
import { Tenant } from '@viridial/tenancy';
import * as fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { AddOn, AddOnOwner, GitOps, Platform, PlatformRenderOptions, RenderedPlatform } from '../src';
import { drivers, eks, portable, REPOSITORY } from './support/example';

const NAMES = portable().map((addOn) => addOn.name);
const BUILT_IN = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
const owners = fc.dictionary(fc.constantFrom(...NAMES, ...drivers().map((addOn) => addOn.name)), fc.constantFrom(...Object.values(AddOnOwner)));
const tenants = fc.uniqueArray(fc.constantFrom('shop', 'payments', 'search', 'mail'), { minLength: 1 });
const shared = fc.subarray(['monitoring', 'logging', 'observability']);

interface Wish {
  readonly addOns: string[];
  readonly tenants: string[];
  readonly shared: string[];
  readonly owners: { [name: string]: AddOnOwner };
}

const wish: fc.Arbitrary<Wish> = fc.record({ addOns: fc.subarray(NAMES), tenants, shared, owners });

/** The same wish, with every list in another order when `turned`. */
function render({ addOns, tenants: names, shared: sharedNamespaces, owners: asked }: Wish, turned = false): RenderedPlatform {
  const order = <T>(list: T[]) => (turned ? [...list].reverse() : list);
  const chosen: AddOn[] = portable().filter((addOn) => addOns.includes(addOn.name));
  const platform = new Platform({
    name: 'p',
    environments: order(['staging', 'production']),
    tenants: order(names).map((name) => new Tenant(name)),
    sharedNamespaces: order(sharedNamespaces),
    addOns: order(chosen),
  }).with(...order(drivers()));
  const known = new Set([...platform.addOnNames, 'argo-cd']);
  const options: PlatformRenderOptions = {
    clusterName: 'c',
    gitOps: GitOps.argoCd({ repository: REPOSITORY }),
    owners: Object.fromEntries(order(Object.entries(asked)).filter(([name]) => known.has(name))),
  };
  return platform.render(eks(), options);
}

const documents = (result: RenderedPlatform) => Object.entries(result.repository.files)
  .filter(([path]) => path.endsWith('.yaml') && !path.endsWith('project-sources.yaml'))
  .flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS()));

test('no order of add-ons, tenants, environments, namespaces or owners changes a byte', () => {
  fc.assert(fc.property(wish, (given) => {
    const [one, other] = [render(given), render(given, true)];
    expect(other.repository.files).toEqual(one.repository.files);
    for (const part of ['manifests', 'installations', 'bootstrap', 'secretSlots', 'warnings', 'owners', 'accepted'] as const) {
      expect(JSON.stringify(other[part])).toBe(JSON.stringify(one[part]));
    }
  }), { numRuns: 15 });
});

test('every Application goes into a namespace that exists, in the wave of its installation, and only for what the tree owns', () => {
  fc.assert(fc.property(wish, (given) => {
    const result = render(given);
    const objects = documents(result);
    const existing = new Set([...BUILT_IN, ...objects.filter((object) => object.kind === 'Namespace').map((object) => object.metadata.name)]);
    const applications = objects.filter((object) => object.kind === 'Application');
    for (const application of applications) expect(existing).toContain(application.spec.destination.namespace);
    const charts = applications.filter((application) => application.spec.source.chart).map((application) => application.metadata.name).sort();
    expect(charts).toEqual(result.installations.map(({ name }) => name).filter((name) => result.owners[name] === AddOnOwner.TREE).sort());
  }), { numRuns: 15 });
});

test('every promise of every platform is kept, and nothing else is found than what is accepted', () => {
  fc.assert(fc.property(wish, (given) => {
    const report = render(given).proof();
    expect(report.counts.brokenExpectations).toBe(0);
    expect(report.findings).toEqual([]);
  }), { numRuns: 10 });
});

test('warnings are warnings, each once', () => {
  fc.assert(fc.property(wish, (given) => {
    const { warnings } = render(given);
    expect(warnings.every((warning) => warning.severity === Severity.WARNING)).toBe(true);
    expect(new Set(warnings.map(String)).size).toBe(warnings.length);
  }), { numRuns: 10 });
});
