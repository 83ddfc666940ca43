/**
 * The first program a consumer of @viridial/eks-platform writes. It is the contract of the public interface: every release
 * compiles and runs it as it stands, so it is never edited to make a build pass.
 */
// EKS: three stacks, nothing to await
import { App } from 'aws-cdk-lib';
import { CertManager, EksPlatform, GitOps, Jaeger, KubePrometheusStack, NodeGroup, Platform, Subnets, Tenant } from '@viridial/eks-platform';

const platform = new Platform({
  name: 'viridial', environments: ['staging', 'production'], sharedNamespaces: ['monitoring'],
  tenants: [new Tenant('viridial', { budget: { cpu: '40', memory: '80Gi' }, ingressHosts: ['*.viridial.com'] })],
  addOns: [new CertManager({ email: 'ops@viridial.com' }), new KubePrometheusStack(), new Jaeger()],
});
const app = new App();
const eks = new EksPlatform(app, 'production', {
  platform, region: 'eu-west-1',
  subnets: Subnets.exact('10.0.0.0/16', { public: ['10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24'], private: ['10.0.10.0/24', '10.0.20.0/24', '10.0.30.0/24'] }),
  nodeGroups: { 'system-nodes': NodeGroup.of(['t3.medium', 't3.large'], { min: 3, max: 6, desired: 3 }), 'app-nodes': NodeGroup.of(['c5.large', 'c5.xlarge', 'm5.large'], { min: 3, max: 20, desired: 6 }) },
  gitOps: GitOps.argoCd({ repository: 'https://github.com/viridial/platform', path: 'argocd' }),
});
// eks.plan, eks.proof, eks.repository.write(dir), eks.cluster (escape hatch)
