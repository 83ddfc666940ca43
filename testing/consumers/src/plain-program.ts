/**
 * The packages without any framework: a plain script that renders tenants and proves what it rendered. It prints
 * the manifests on standard output and the verdict on standard error, and fails when the verdict is no.
 */
import { CanonicalYaml, ClusterProfile, Cni } from '@viridial/core';
import { Proof } from '@viridial/proof';
import { Role, Tenancy, Tenant } from '@viridial/tenancy';

const profile = ClusterProfile.kubeadm({ version: '1.36', cni: Cni.CALICO });
const { manifests, expectations } = new Tenancy({
  environments: ['staging', 'production'],
  tenants: [
    new Tenant('shop', { budget: { cpu: '8', memory: '16Gi' }, members: [Role.developer('group:shop')], talksTo: ['payments'] }),
    new Tenant('payments', { budget: { cpu: '4', memory: '8Gi' }, acceptsFrom: ['shop'] }),
  ],
}).render(profile);
const report = Proof.of(manifests, { profile, expectations }).report();

process.stdout.write(CanonicalYaml.stringifyAll(manifests));
process.stderr.write(`${report.toText()}\n`);
process.exitCode = report.ok ? 0 : 1;
