import { AdmissionAnnotations } from '../src';
import { refused } from './support/refused';

test('what is not said has no annotation, so that what holds everywhere holds', () => {
  expect(AdmissionAnnotations.of({})).toEqual({});
  expect(AdmissionAnnotations.of({ loadBalancers: false })).toEqual({});
});

test('an empty list is said, because it allows less than everywhere', () => {
  expect(AdmissionAnnotations.of({ registries: [] })).toEqual({ 'viridial.com/registries': '' });
});

test('lists are in one order, each entry once; a host of images ends where the host ends', () => {
  expect(AdmissionAnnotations.of({
    ingressHosts: ['b.example.com', '*.a.example.com', 'b.example.com'],
    registries: ['registry.example.com/team/', 'index.docker.io/library', 'registry.example.com'],
    storageClasses: ['slow', 'fast'],
    priorityClasses: ['low'],
    loadBalancers: true,
  })).toEqual({
    'viridial.com/ingress-hosts': '*.a.example.com,b.example.com',
    'viridial.com/load-balancers': 'allowed',
    'viridial.com/priority-classes': 'low',
    'viridial.com/registries': 'docker.io/library,registry.example.com/,registry.example.com/team',
    'viridial.com/storage-classes': 'fast,slow',
  });
});

test('a comma cannot smuggle an entry in', () => {
  expect(refused(() => AdmissionAnnotations.of({
    ingressHosts: ['a.example.com,b.example.com'], registries: ['a.example.com,b.example.com'], storageClasses: ['a,b'], priorityClasses: ['a,b'],
  })).map(({ code, path }) => [code, path])).toEqual([
    ['InvalidDnsSubdomain', 'ingressHosts[0]'], ['InvalidDnsSubdomain', 'priorityClasses[0]'], ['InvalidRegistry', 'registries[0]'], ['InvalidDnsSubdomain', 'storageClasses[0]'],
  ]);
});

test('every registry is a star, which nobody can write as a registry', () => {
  expect(AdmissionAnnotations.of({ anyRegistry: true, registries: ['registry.example.com'] })).toEqual({ 'viridial.com/registries': '*' });
  expect(refused(() => AdmissionAnnotations.of({ registries: ['*'] })).map(({ code }) => code)).toEqual(['InvalidRegistry']);
});
