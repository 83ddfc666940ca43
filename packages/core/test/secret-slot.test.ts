import { SecretSlot } from '../src';

const props = { name: 'cloudflare', namespace: 'external-dns', keys: ['token', 'account'], purpose: 'writes DNS records' };

test('a slot knows what it needs and has no value', () => {
  const slot = new SecretSlot({ ...props, rights: 'Zone.DNS edit on viridial.com' });
  expect({ ...slot }).toEqual({
    id: 'external-dns/cloudflare',
    name: 'cloudflare',
    namespace: 'external-dns',
    keys: ['account', 'token'],
    purpose: 'writes DNS records',
    rights: 'Zone.DNS edit on viridial.com',
    optional: false,
    labels: {},
    publicData: {},
  });
});

test('labels and public entries are kept sorted, as copies', () => {
  const labels = { 'b': '1', 'argocd.argoproj.io/secret-type': 'repository' };
  const publicData = { url: 'https://github.com/viridial/platform', type: 'git' };
  const slot = new SecretSlot({ ...props, labels, publicData });
  labels.b = '2';
  publicData.type = 'helm';
  expect(JSON.stringify(slot.labels)).toBe('{"argocd.argoproj.io/secret-type":"repository","b":"1"}');
  expect(JSON.stringify(slot.publicData)).toBe('{"type":"git","url":"https://github.com/viridial/platform"}');
});

test('the keys that were given stay as they were', () => {
  const keys = ['b', 'a'];
  expect(new SecretSlot({ ...props, keys }).keys).toEqual(['a', 'b']);
  expect(keys).toEqual(['b', 'a']);
});

test.each([
  [{ name: 'A' }, /name: .*InvalidDnsSubdomain/],
  [{ namespace: 'a.b' }, /namespace: .*InvalidDnsLabel/],
  [{ keys: [] }, /NoSecretKey/],
  [{ keys: ['a', 'a'] }, /keys\[1\]: key 'a' is there twice \(DuplicateSecretKey\)/],
  [{ keys: ['a b'] }, /keys\[0\]: 'a b' is not a key of a secret \(InvalidSecretKey\)/],
  [{ publicData: { 'a/b': '' } }, /publicData\.a\/b: .*InvalidSecretKey/],
  [{ publicData: { token: 'x' } }, /DuplicateSecretKey.*in keys or in publicData/],
  [{ labels: { 'a b': 'c', 'd': 'e f' } }, /InvalidLabelKey[^]*InvalidLabelValue/],
])('%j is refused', (wrong, message) => {
  expect(() => new SecretSlot({ ...props, ...wrong })).toThrow(message);
});

test('everything is told at once, under the name of the slot', () => {
  expect(() => new SecretSlot({ ...props, name: '-', keys: ['', ''] })).toThrow(/^4 problems in secret slot 'external-dns\/-':/);
});
