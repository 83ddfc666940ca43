import { AddOnOwner, GitOps } from '../../src';
import { ownersOf } from '../../src/private/owners';
import { OtherAddOn } from '../support/example';

const ADD_ONS = ['argo-cd', 'shop', 'mail'].map((name) => new OtherAddOn({ name }));
const gitOps = GitOps.argoCd({ repository: 'https://github.com/viridial/platform' });

test('with a tree, everything but the engine belongs to it', () => {
  expect(ownersOf(ADD_ONS, { clusterName: 'c', gitOps }).owners).toEqual({ 'argo-cd': 'bootstrap', 'mail': 'tree', 'shop': 'tree' });
});

test('without a tree, everything belongs to the bootstrap', () => {
  expect(new Set(Object.values(ownersOf(ADD_ONS, { clusterName: 'c' }).owners))).toEqual(new Set([AddOnOwner.BOOTSTRAP]));
});

test('what is asked for wins', () => {
  const { owners, problems } = ownersOf(ADD_ONS, { clusterName: 'c', gitOps, owners: { 'argo-cd': AddOnOwner.TREE, 'shop': AddOnOwner.MANAGED } });
  expect([owners['argo-cd'], owners.shop, owners.mail]).toEqual(['tree', 'managed', 'tree']);
  expect(problems).toEqual([]);
});

test('owners are in the order of names', () => {
  expect(Object.keys(ownersOf([...ADD_ONS].reverse(), { clusterName: 'c' }).owners)).toEqual(['argo-cd', 'mail', 'shop']);
});

test('an owner of what is not there is an error that lists what is', () => {
  expect(ownersOf(ADD_ONS, { clusterName: 'c', owners: { toString: AddOnOwner.MANAGED } }).problems.map(String)).toEqual([
    "owners.toString: there is no add-on 'toString' to own (UnknownAddOn); allowed: argo-cd, mail, shop",
  ]);
});

test('a tree that is not there owns nothing', () => {
  expect(ownersOf(ADD_ONS, { clusterName: 'c', owners: { shop: AddOnOwner.TREE } }).problems.map(String)).toEqual([
    "owners.shop: the tree owns 'shop', and there is no tree (TreeWithoutRepository); cure: set gitOps, or give it another owner",
  ]);
});
