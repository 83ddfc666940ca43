import fc from 'fast-check';
import { KubernetesName, Problems } from '../src';

const long = (length: number) => 'a'.repeat(length);

test.each(['a', '0', 'a-b', 'shop-staging', 'a--b', long(63)])('%s is a DNS label', (text) => {
  expect(KubernetesName.isDnsLabel(text)).toBe(true);
});

test.each(['', '-a', 'a-', 'A', 'a.b', 'a_b', 'a b', 'ä', 'a\n', long(64)])('%p is no DNS label', (text) => {
  expect(KubernetesName.isDnsLabel(text)).toBe(false);
});

test.each(['a', 'a.b', 'v1beta1.metrics.k8s.io', '1.2', `${long(63)}.${long(63)}.${long(63)}.${long(61)}`])('%s is a DNS subdomain', (text) => {
  expect(KubernetesName.isDnsSubdomain(text)).toBe(true);
});

test.each(['', '.', 'a.', '.a', 'a..b', 'a.-b', 'a-.b', 'A.b', '*.a', `${long(127)}.${long(126)}`])('%p is no DNS subdomain', (text) => {
  expect(KubernetesName.isDnsSubdomain(text)).toBe(false);
});

test.each(['app', 'app.kubernetes.io/name', 'viridial.com/tenant', 'A_b.C-d', `example.com/${long(63)}`])('%s is a label key', (text) => {
  expect(KubernetesName.isLabelKey(text)).toBe(true);
});

test.each(['', '/', 'a/', '/a', 'a/b/c', 'Example.com/a', '_a', 'a_', 'a b', `example.com/${long(64)}`])('%p is no label key', (text) => {
  expect(KubernetesName.isLabelKey(text)).toBe(false);
});

test.each(['', 'a', 'A.b_c-d', 'v1.35', long(63)])('%p is a label value', (text) => {
  expect(KubernetesName.isLabelValue(text)).toBe(true);
});

test.each(['-a', 'a-', 'a b', 'a/b', 'a\n', long(64)])('%p is no label value', (text) => {
  expect(KubernetesName.isLabelValue(text)).toBe(false);
});

test.each([[undefined], [null], [1], [{}]])('%p is no name of any form', (value: any) => {
  expect(KubernetesName.isDnsLabel(value)).toBe(false);
  expect(KubernetesName.isDnsSubdomain(value)).toBe(false);
  expect(KubernetesName.isLabelKey(value)).toBe(false);
  expect(KubernetesName.isLabelValue(value)).toBe(false);
});

test('a wrong name is reported with what it names and a name that would do', () => {
  const problems = new Problems();
  KubernetesName.collectDnsLabel(problems, 'tenants[0].name', 'My_Shop', 'tenant name');
  expect(problems.all[0].toString()).toBe("tenants[0].name: tenant name 'My_Shop' is not a DNS label (InvalidDnsLabel); "
    + "allowed: 1 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends; cure: write 'my-shop'");
});

test('a name of which nothing can be made has no suggestion', () => {
  const problems = new Problems();
  KubernetesName.collectDnsLabel(problems, 'a', '!!', 'name');
  KubernetesName.collectDnsSubdomain(problems, 'b', 7 as any, 'name');
  expect(problems.all.map(({ cure }) => cure)).toEqual([undefined, undefined]);
});

test('each form has its own code, and a good name has none', () => {
  const problems = new Problems();
  KubernetesName.collectDnsLabel(problems, 'label', 'ok', 'x');
  KubernetesName.collectDnsSubdomain(problems, 'subdomain', 'a.b', 'x');
  KubernetesName.collectLabelKey(problems, 'key', 'a/b', 'x');
  KubernetesName.collectLabelValue(problems, 'value', '', 'x');
  expect(problems.all).toEqual([]);
  KubernetesName.collectDnsLabel(problems, 'label', 'A', 'x');
  KubernetesName.collectDnsSubdomain(problems, 'subdomain', 'Shop.Example.com', 'x');
  KubernetesName.collectLabelKey(problems, 'key', 'a/b/c', 'x');
  KubernetesName.collectLabelValue(problems, 'value', 'a b', 'x');
  expect(problems.all.map(({ code }) => code)).toEqual(['InvalidLabelKey', 'InvalidDnsLabel', 'InvalidDnsSubdomain', 'InvalidLabelValue']);
  expect(problems.all[2].cure).toBe("write 'shop.example.com'");
});

test('whatever is suggested is itself a good name', () => {
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => {
    const problems = new Problems();
    KubernetesName.collectDnsLabel(problems, '', text, 'x');
    KubernetesName.collectDnsSubdomain(problems, '', text, 'x');
    const suggestions = problems.all.map(({ code, cure }) => ({ code, text: cure?.replace(/^write '(.*)'$/, '$1') }));
    for (const { code, text: name } of suggestions.filter((one) => one.text !== undefined)) {
      expect(code === 'InvalidDnsLabel' ? KubernetesName.isDnsLabel(name!) : KubernetesName.isDnsSubdomain(name!)).toBe(true);
    }
  }));
});
