import { Problems } from '@viridial/core';
import fc from 'fast-check';
import { Inventory } from '../../src/private/inventory';
import { defaultDeny, deployment, namespace, pod } from '../fixtures/cluster';

function read(manifests: any[]): { inventory: Inventory; problems: string[] } {
  const problems = new Problems();
  const inventory = Inventory.read(manifests, problems);
  return { inventory, problems: problems.errors.map((problem) => problem.toString()) };
}

const identities = (manifests: any[]) => read(manifests).inventory.items.map(({ identity }) => identity);

describe('lists', () => {
  const list = (kind: string, items: any[], apiVersion = 'v1') => ({ apiVersion, kind, items });

  test('are opened, lists in lists too', () => {
    expect(identities([list('List', [pod('shop/a'), list('List', [pod('shop/b')])])])).toEqual(['Pod shop/a', 'Pod shop/b']);
  });

  test('of one kind give it to their items', () => {
    const { kind, apiVersion, ...bare } = defaultDeny('shop');
    expect(`${apiVersion} ${kind}`).toBe('networking.k8s.io/v1 NetworkPolicy');
    expect(identities([list('NetworkPolicyList', [bare], apiVersion)])).toEqual(['NetworkPolicy.networking.k8s.io shop/default-deny']);
  });

  test('that hold nothing are nothing', () => {
    expect(read([list('PodList', [])])).toMatchObject({ problems: [], inventory: { items: [] } });
  });

  test('a kind that only ends like one is no list', () => {
    expect(read([{ apiVersion: 'example.com/v1', kind: 'GuestList', metadata: { name: 'party' } }]).inventory.unknown).toEqual({ 'GuestList.example.com': 1 });
  });
});

describe('identities', () => {
  test('objects without a namespace are in default, cluster-wide ones in none', () => {
    const { metadata: { name }, ...rest } = pod('x/web');
    expect(identities([{ ...rest, metadata: { name } }, namespace('shop')])).toEqual(['Namespace shop', 'Pod default/web']);
    expect(identities([{ ...namespace('shop'), metadata: { name: 'shop', namespace: 'odd' } }])).toEqual(['Namespace shop']);
  });

  test('two versions of one object are the same object', () => {
    const own = deployment('shop/web');
    expect(read([own, { ...own, apiVersion: 'apps/v1beta1' }]).problems[0]).toContain('is there more than once, with different contents (DuplicateObject)');
  });

  test('copies that differ in the order of keys are one', () => {
    const own = pod('shop/web', { a: '1', b: '2' });
    const turned = { spec: own.spec, metadata: { ...own.metadata, labels: { b: '2', a: '1' } }, kind: 'Pod', apiVersion: 'v1' };
    expect(read([own, turned])).toMatchObject({ problems: [], inventory: { items: [expect.anything()] } });
  });

  test('of two different copies the same one is kept, whatever the order', () => {
    const [a, b] = [pod('shop/web', { app: 'a' }), pod('shop/web', { app: 'b' })];
    const kept = (manifests: any[]) => read(manifests).inventory.items[0].labels;
    expect(kept([a, b])).toEqual(kept([b, a]));
  });
});

describe('what is no object', () => {
  test('empty documents are skipped', () => {
    expect(read([null, undefined])).toMatchObject({ problems: [], inventory: { items: [] } });
  });

  test.each([
    ['text', 'manifests: "text" is not an object'],
    [7, 'manifests: 7 is not an object'],
    [['a'], 'manifests: ["a"] is not an object'],
    [{}, 'object with the fields none has no kind'],
    [{ kind: 'Pod', metadata: { name: 'web' } }, 'Pod web has no apiVersion'],
    [{ replicas: 3, image: 'web' }, 'object with the fields image, replicas has no kind'],
    [{ apiVersion: 'v1', kind: 'Pod' }, 'Pod with the fields apiVersion, kind has no metadata.name'],
    [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 7 } }, 'Pod with the fields apiVersion, kind, metadata has no metadata.name'],
  ])('%j is told', (object, problem) => {
    const { problems } = read([object]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  test('labels that are no text are told', () => {
    expect(read([{ ...namespace('shop'), metadata: { name: 'shop', labels: { cost: 12 } } }]).problems)
      .toEqual(["Namespace shop metadata.labels['cost']: 12 is not text (MalformedObject); allowed: text; cure: write it in quotes: '12'"]);
  });
});

describe('kinds', () => {
  test('are found by kind and group', () => {
    const { inventory } = read([pod('shop/a'), namespace('shop'), deployment('shop/web'), { apiVersion: 'apps/v1', kind: 'Pod', metadata: { name: 'odd' } }]);
    expect(inventory.ofKind('Pod').map(({ name }) => name)).toEqual(['a']);
    expect(inventory.workloads.map(({ kind }) => kind)).toEqual(['Deployment', 'Pod']);
    expect(inventory.ofKind('Secret')).toEqual([]);
    expect(inventory.unknown).toEqual({ 'Pod.apps': 1 });
    expect(inventory.judged).toEqual({ 'Deployment.apps': 1, 'Namespace': 1, 'Pod': 1 });
  });

  test('a PodTemplate runs nothing', () => {
    expect(read([{ apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'web' }, template: {} }]).inventory.workloads).toEqual([]);
  });
});

test('the order of manifests does not matter', () => {
  const all = [pod('shop/a'), pod('shop/b'), namespace('shop'), deployment('blog/web'), null, { apiVersion: 'v1', kind: 'ConfigMap' }];
  fc.assert(fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (manifests) => {
    const { inventory } = read(manifests);
    expect(inventory.items.map(({ identity }) => identity)).toEqual(['Deployment.apps blog/web', 'Namespace shop', 'Pod shop/a', 'Pod shop/b']);
    expect(inventory.unknown).toEqual({ ConfigMap: 1 });
  }));
});
