import { checkOf } from '../src/check';

test('a check without findings holds and says what was judged', () => {
  expect(checkOf('kustomize', '3 overlays build', [])).toEqual({ id: 'kustomize', ok: true, detail: '3 overlays build' });
});

test('a check with findings fails and shows them', () => {
  const check = checkOf('kustomize', '3 overlays build', ['a is missing']);
  expect(check.ok).toBe(false);
  expect(check.detail).toBe('1 finding:\n    a is missing');
});

test('of many findings the first twelve are shown and the rest is counted', () => {
  const check = checkOf('x', '', Array.from({ length: 20 }, (_, i) => `finding ${i}`));
  expect(check.detail).toContain('20 findings');
  expect(check.detail).toContain('finding 11');
  expect(check.detail).not.toContain('finding 12');
  expect(check.detail).toContain('and 8 more');
});
