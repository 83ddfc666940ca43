/**
 * The first program a consumer of @viridial/tenancy writes. It is the contract of the public interface: every release
 * compiles and runs it as it stands, so it is never edited to make a build pass.
 */
// Tenancy alone, in any cdk8s app
import { App } from 'cdk8s';
import { ClusterProfile, Cni } from '@viridial/core';
import { Role, Tenancy, TenancyChart, Tenant } from '@viridial/tenancy';

const tenancy = new Tenancy({ environments: ['staging', 'production'], tenants: [
  new Tenant('shop', { budget: { cpu: '8', memory: '16Gi' }, members: [Role.developer('group:shop')], talksTo: ['payments'] }),
  new Tenant('payments', { budget: { cpu: '4', memory: '8Gi' }, acceptsFrom: ['shop'] }),
] });
const app = new App();
new TenancyChart(app, 'tenancy', { tenancy, profile: ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO }) });
app.synth();
