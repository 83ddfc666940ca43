import * as fc from 'fast-check';
import { removeRedundantDependencies } from '../../src/adapter/redundant-dependencies';

function dependencies(properties: any, dependsOn: string | string[]): string[] | undefined {
  const template = { Resources: { A: { Type: 'T', Properties: properties, DependsOn: dependsOn } as any } };
  removeRedundantDependencies(template);
  return template.Resources.A.DependsOn;
}

test('a dependency that a property already has is removed, and the rest is kept in its order', () => {
  expect(dependencies({ X: { Ref: 'B' }, Y: [{ 'Fn::GetAtt': ['C', 'Arn'] }] }, ['D', 'B', 'C', 'E'])).toEqual(['D', 'E']);
});

test('a resource whose dependencies were all redundant has none written', () => {
  expect(dependencies({ X: { 'Fn::GetAtt': 'B.Arn' } }, 'B')).toBeUndefined();
});

test('a reference behind a condition may not be there, so that the dependency stays', () => {
  expect(dependencies({ X: { 'Fn::If': ['C', { Ref: 'B' }, 'x'] } }, ['B'])).toEqual(['B']);
});

test('a reference inside a joined text counts', () => {
  expect(dependencies({ X: { 'Fn::Join': ['', ['a', { Ref: 'B' }]] } }, ['B'])).toBeUndefined();
});

test('templates without resources or dependencies are left alone', () => {
  const template = { Resources: { A: { Type: 'T' } } };
  removeRedundantDependencies(template);
  removeRedundantDependencies({});
  expect(template).toEqual({ Resources: { A: { Type: 'T' } } });
});

test('what a resource needs is the same before and after, whatever refers to what', () => {
  const ids = ['A', 'B', 'C', 'D', 'E'];
  fc.assert(fc.property(fc.subarray(ids), fc.uniqueArray(fc.constantFrom(...ids)), (references, dependsOn) => {
    const kept = dependencies(Object.fromEntries(references.map((id) => [id, { Ref: id }])), dependsOn) ?? [];
    expect(new Set([...references, ...kept])).toEqual(new Set([...references, ...dependsOn]));
    expect(kept.filter((id) => references.includes(id))).toEqual([]);
  }));
});
