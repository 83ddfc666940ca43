import { storageClasses, StorageClassKind } from '../../src/private/storage-classes';

const KIND: StorageClassKind = { provisioner: 'a.example.com', parameters: { type: 'fast' }, volumeBindingMode: 'Immediate', allowVolumeExpansion: true };
const USUAL = { name: 'usual', provisioner: 'a.example.com', isDefault: true };
const names = (classes: any[]) => classes.map((each) => each.metadata.name);

test('a profile that names classes of the driver gets those and no other', () => {
  const classes = storageClasses(KIND, [{ name: 'fast', provisioner: 'a.example.com' }, { name: 'slow', provisioner: 'b.example.com' }], USUAL);
  expect(names(classes)).toEqual(['fast']);
});

test('a profile that names none of the driver gets the usual one', () => {
  expect(names(storageClasses(KIND, [{ name: 'slow', provisioner: 'b.example.com' }], USUAL))).toEqual(['usual']);
});

test('a class says whether it is the default, because two defaults and none are both surprises', () => {
  const classes = storageClasses(KIND, [{ name: 'one', provisioner: 'a.example.com', isDefault: true }, { name: 'two', provisioner: 'a.example.com' }], USUAL);
  expect(classes.map((each) => each.metadata.annotations['storageclass.kubernetes.io/is-default-class'])).toEqual(['true', 'false']);
});

test('a class carries what its driver is told', () => {
  expect(storageClasses(KIND, [], USUAL)[0]).toMatchObject({
    apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', provisioner: 'a.example.com', parameters: { type: 'fast' }, volumeBindingMode: 'Immediate', allowVolumeExpansion: true,
  });
});
