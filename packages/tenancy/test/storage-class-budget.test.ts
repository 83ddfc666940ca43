import { ClusterProfile, Cni } from '@viridial/core';
import { Budget, StorageClassBudget, Tenancy, Tenant } from '../src';
import { KUBEADM } from './support/grounds';
import { objectOf, objectsOf } from './support/objects';
import { places, refused } from './support/refused';

const PROFILE = ClusterProfile.kubeadm({
  version: '1.36', cni: Cni.CALICO, storageClasses: ['fast', 'shared', 'slow'].map((name) => ({ name, provisioner: 'csi.example.com' })),
});

const BUDGET: Budget = { cpu: '8', memory: '16Gi', storage: '100Gi', persistentVolumeClaims: 10, shares: { staging: 1, production: 3 } };

function render(storageClasses?: StorageClassBudget[], profile: ClusterProfile = PROFILE): any[] {
  return new Tenancy({ environments: ['staging', 'production'], tenants: [new Tenant('shop', { budget: BUDGET, storageClasses })] }).render(profile).manifests;
}

test('a class has its share of its own bound, and the classes that are not named are closed', () => {
  const manifests = render([{ name: 'fast', storage: '40Gi', persistentVolumeClaims: 4 }, { name: 'slow' }]);
  expect(objectOf(manifests, 'ResourceQuota', 'storage-classes', 'shop-production').spec.hard).toEqual({
    'fast.storageclass.storage.k8s.io/persistentvolumeclaims': '3',
    'fast.storageclass.storage.k8s.io/requests.storage': '30Gi',
    'shared.storageclass.storage.k8s.io/persistentvolumeclaims': '0',
    'shared.storageclass.storage.k8s.io/requests.storage': '0',
  });
});

test('a tenant that names none may use every class, within its storage', () => {
  expect(objectsOf(render(), 'ResourceQuota').map(({ metadata }) => metadata.name)).not.toContain('storage-classes');
});

test('the namespaces say which classes there are, for admission policies', () => {
  expect(objectOf(render([{ name: 'slow' }, { name: 'fast' }]), 'Namespace', 'shop-staging').metadata.annotations).toMatchObject({ 'viridial.com/storage-classes': 'fast,slow' });
});

test('a class that the cluster does not have is refused with those that it has', () => {
  expect(refused(() => render([{ name: 'quick' }])).map(String)).toEqual([
    'tenants.shop.storageClasses[0].name: kubeadm has no storage class quick (UnknownStorageClass); allowed: fast, shared, slow; cure: correct the name, or add the class to the profile',
  ]);
});

test('classes of a cluster of which none is known are refused, because the others could not be closed', () => {
  expect(refused(() => render([{ name: 'fast' }], KUBEADM)).map(({ message }) => message)).toEqual(['the profile of kubeadm names no storage class, so the others cannot be closed']);
});

test('a class that is named twice, has more than all classes, or an amount that is none is refused', () => {
  expect(places(refused(() => render([{ name: 'fast', storage: '1Ti' }, { name: 'fast' }, { name: 'slow', storage: 'much', persistentVolumeClaims: -1 }])))).toEqual([
    'StorageClassAboveBudget at tenants.shop.storageClasses[0].storage',
    'DuplicateName at tenants.shop.storageClasses[1]', 'InvalidCount at tenants.shop.storageClasses[2].persistentVolumeClaims', 'InvalidQuantity at tenants.shop.storageClasses[2].storage',
  ]);
});

test('classes without bounds of the tenant are refused, because they are bounded by a quota', () => {
  expect(places(refused(() => new Tenancy({ environments: ['staging'], tenants: [new Tenant('shop', { bounded: false, storageClasses: [{ name: 'fast' }] })] })))).toEqual([
    'QuotaWithoutLimits at tenants.shop.storageClasses',
  ]);
});
