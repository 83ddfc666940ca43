import { ClusterProfile, Distribution } from '@viridial/core';
import { AwsLoadBalancerController, EbsCsiDriver, EfsCsiDriver, Need } from '../../src';
import { contextOn, eks } from '../support/example';

const bare = () => contextOn(ClusterProfile.eks({ version: '1.35' }));

test('each driver meets one need, on EKS only', () => {
  const drivers = [new AwsLoadBalancerController(), new EbsCsiDriver(), new EfsCsiDriver()];
  expect(drivers.map((driver) => driver.meets)).toEqual([[Need.INGRESS], [Need.BLOCK_STORAGE], [Need.SHARED_STORAGE]]);
  for (const driver of drivers) expect(driver.distributions).toEqual([Distribution.EKS]);
});

test('load balancers reach pods without a NodePort and claim no Service', () => {
  const { values } = new AwsLoadBalancerController().install(contextOn(eks(), 'blue'));
  expect(values).toMatchObject({ clusterName: 'blue', defaultTargetType: 'ip', enableServiceMutatorWebhook: false, ingressClass: 'alb' });
  expect(values.ingressClassParams).toEqual({ name: 'alb' });
});

test('region and network are said where pods cannot ask for them', () => {
  const { values } = new AwsLoadBalancerController({ region: 'eu-west-1', vpcId: 'vpc-1' }).install(contextOn(eks()));
  expect(values).toMatchObject({ region: 'eu-west-1', vpcId: 'vpc-1' });
});

test('Ingresses share a load balancer only when that is asked for', () => {
  const { values } = new AwsLoadBalancerController({ sharedGroup: 'web' }).install(contextOn(eks()));
  expect(values.ingressClassParams.spec).toEqual({ group: { name: 'web' } });
});

test('the certificate that the chart makes anew at each rendering is left alone', () => {
  const { generatedFields } = new AwsLoadBalancerController().install(contextOn(eks()));
  expect(generatedFields.map((field) => `${field.kind} ${field.name}`)).toEqual([
    'Secret aws-load-balancer-tls', 'MutatingWebhookConfiguration aws-load-balancer-webhook', 'ValidatingWebhookConfiguration aws-load-balancer-webhook',
  ]);
});

test('block storage is encrypted gp3 in the zone of the pod, under the name that the profile has for it', () => {
  const [storageClass, ...others] = new EbsCsiDriver().manifests(contextOn(eks()));
  expect(others).toEqual([]);
  expect(storageClass).toMatchObject({
    kind: 'StorageClass',
    metadata: { name: 'gp3', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'ebs.csi.aws.com',
    parameters: { type: 'gp3', encrypted: 'true' },
    volumeBindingMode: 'WaitForFirstConsumer',
  });
});

test('a profile without storage classes gets gp3 as its default', () => {
  expect(new EbsCsiDriver().manifests(bare()).map((each) => each.metadata.name)).toEqual(['gp3']);
});

test('volumes are encrypted with the key of the user when there is one', () => {
  const kmsKeyArn = 'arn:aws:kms:eu-west-1:111122223333:key/1';
  expect(new EbsCsiDriver({ kmsKeyArn }).manifests(contextOn(eks()))[0].parameters.kmsKeyId).toBe(kmsKeyArn);
});

test('no test image of somebody else comes along', () => {
  expect(new EbsCsiDriver().install(contextOn(eks())).values.helmTester).toEqual({ enabled: false });
});

test('a shared volume is an access point of the file system', () => {
  const [storageClass] = new EfsCsiDriver({ fileSystemId: 'fs-0123456789abcdef0' }).manifests(contextOn(eks()));
  expect(storageClass).toMatchObject({
    metadata: { name: 'efs', annotations: { 'storageclass.kubernetes.io/is-default-class': 'false' } },
    parameters: { provisioningMode: 'efs-ap', fileSystemId: 'fs-0123456789abcdef0', directoryPerms: '700' },
  });
});

test('without a file system no class is made here', () => {
  expect(new EfsCsiDriver().manifests(contextOn(eks()))).toEqual([]);
  expect(new EfsCsiDriver().problems(contextOn(eks()))).toEqual([]);
});

test('an id that is known at deployment only is an error that names the way out', () => {
  const [problem] = new EfsCsiDriver({ fileSystemId: '${Token[FileSystem.123]}' }).problems(contextOn(eks()));
  expect(String(problem)).toContain("fileSystemId: '${Token[FileSystem.123]}' is not the id of a file system of cluster 'production' (InvalidFileSystemId)");
  expect(problem.cure).toContain('leave it out');
});

test('the controller of EFS is not privileged, and its driver object is no hook', () => {
  const { values } = new EfsCsiDriver().install(contextOn(eks()));
  expect(values.controller.containerSecurityContext).toEqual({ privileged: false, allowPrivilegeEscalation: false });
  expect(values.controller.deleteAccessPointRootDir).toBe(false);
  expect(values.useHelmHooksForCSIDriver).toBe(false);
});

test('drivers get the rights that AWS maintains for them, bound to the accounts of their charts', () => {
  const identities = [new EbsCsiDriver(), new EfsCsiDriver()].flatMap((driver) => driver.install(contextOn(eks())).identities);
  expect(identities.map((identity) => [identity.serviceAccount, identity.managedPolicies])).toEqual([
    ['ebs-csi-controller-sa', ['service-role/AmazonEBSCSIDriverPolicy']], ['efs-csi-controller-sa', ['service-role/AmazonEFSCSIDriverPolicy']],
  ]);
});
