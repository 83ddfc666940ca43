import { bootstrapObjects } from '../../src/eks/bootstrap-objects';
import { nagFindings } from '../../src/eks/nag-check';

const template = (manifest: unknown) => ({ Resources: { M: { Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { Manifest: manifest } } } });

test('objects are read from the template, with a stand-in where only the deployment knows the value', () => {
  const joined = { 'Fn::Join': ['', ['[{"kind":"StorageClass","parameters":{"fileSystemId":"', { 'Fn::ImportValue': 'data:FileSystemABC' }, '"}}]']] };
  const { objects, used, findings } = bootstrapObjects([template(joined), template('[{"kind":"Namespace"}]')]);
  expect(objects).toEqual([{ kind: 'StorageClass', parameters: { fileSystemId: 'fs-0123456789abcdef0' } }, { kind: 'Namespace' }]);
  expect(used.map(({ value }) => value)).toEqual(['fs-0123456789abcdef0']);
  expect(findings).toEqual([]);
});

test('a value without a stand-in is a finding', () => {
  const { findings } = bootstrapObjects([template({ 'Fn::Join': ['', ['[{"kind":"', { Ref: 'Something' }, '"}]']] })]);
  expect(findings).toEqual(['a manifest holds {"Ref":"Something"}, for which there is no stand-in']);
});

test('open findings, and acknowledgements that may not be given or give no reason, are found', () => {
  const reason = 'upstream policy, restricted by conditions';
  expect(nagFindings([], [{ path: 'a', id: 'AwsSolutions-IAM4[Policy::x]', reason }])).toEqual([]);
  expect(nagFindings([], [{ path: 'a', id: 'AwsSolutions-VPC3', reason }])).toEqual([]);
  expect(nagFindings([], [{ path: 'a', id: 'AwsSolutions-VPC7', reason }])).toEqual(['AwsSolutions-VPC7 at a may not be accepted']);
  expect(nagFindings([{ rule: 'AwsSolutions-EKS1', path: 'p', description: 'd' }], [])).toEqual(['AwsSolutions-EKS1 at p: d']);
  expect(nagFindings([], [{ path: 'a', id: 'AwsSolutions-EKS1', reason }])).toEqual(['AwsSolutions-EKS1 at a may not be accepted']);
  expect(nagFindings([], [{ path: 'a', id: 'AwsSolutions-L1', reason: 'x' }])).toEqual(['AwsSolutions-L1 at a is accepted without a reason']);
});
