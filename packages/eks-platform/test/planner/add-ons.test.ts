import { AddOnOwner, ArgoCd, AwsLoadBalancerController, GitOps, Platform } from '@viridial/platform-addons';
import { Tenant } from '@viridial/tenancy';
import { ownersOn, withDrivers } from '../../src/planner/add-ons';

const gitOps = GitOps.argoCd({ repository: 'https://github.com/viridial/platform' });
const bare = () => new Platform({ name: 'p', environments: ['dev'], tenants: [new Tenant('t')] });

test('a platform gets the drivers of EKS, and keeps those it has', () => {
  expect(withDrivers(bare()).addOnNames).toEqual(['aws-ebs-csi-driver', 'aws-efs-csi-driver', 'aws-load-balancer-controller']);
  const own = new AwsLoadBalancerController();
  const platform = withDrivers(bare().with(own));
  expect(platform.addOns.filter((addOn) => addOn === own)).toHaveLength(1);
  expect(platform.addOnNames).toEqual(withDrivers(bare()).addOnNames);
});

test('the platform itself is left as it is, for the next target', () => {
  const platform = bare();
  withDrivers(platform);
  expect(platform.addOnNames).toEqual([]);
});

test('owners are named for add-ons that are there, and for the engine that comes with the repository', () => {
  expect(ownersOn(bare())).toEqual({});
  expect(ownersOn(bare(), gitOps)).toEqual({ 'argo-cd': AddOnOwner.BLUEPRINT });
  expect(ownersOn(bare().with(new ArgoCd()))).toEqual({ 'argo-cd': AddOnOwner.BLUEPRINT });
  expect(ownersOn(withDrivers(bare()))).toEqual({
    'aws-ebs-csi-driver': AddOnOwner.MANAGED, 'aws-efs-csi-driver': AddOnOwner.MANAGED, 'aws-load-balancer-controller': AddOnOwner.BLUEPRINT,
  });
});
