import { ClusterAddOn } from '@aws-quickstart/eks-blueprints';
import { AddOnOwner } from '@viridial/platform-addons';
import { Stack } from 'aws-cdk-lib';
import { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { chartAddOn } from './chart-add-on';
import { managedAddOn } from './managed-add-on';
import { NetworkStack } from './network-stack';
import { podIdentityRole } from './pod-identity';
import { EksPlan } from '../plan/eks-plan';
import { SubnetUse } from '../plan/network-plan';

/** Without these a node does not become ready, or a pod gets neither address nor identity. */
const BEFORE_NODES = ['eks-pod-identity-agent', 'kube-proxy', 'vpc-cni'];

type Roles = { [addOn: string]: { [serviceAccount: string]: Role } };

function rolesOf(stack: Stack, plan: EksPlan): Roles {
  const roles: Roles = {};
  for (const identity of plan.podIdentities) {
    const role = podIdentityRole(stack, `Identity-${identity.addOn}-${identity.serviceAccount}`, identity, plan.cluster.name);
    roles[identity.addOn] = { ...roles[identity.addOn], [identity.serviceAccount]: role };
  }
  return roles;
}

/**
 * Configuration of the network plugin: policies are enforced; with a range of their own, pods of a node in a zone get
 * addresses of that zone's subnet for pods (amazon-vpc-cni-k8s, "Custom networking"; schema of the add-on).
 */
function cniConfiguration(plan: EksPlan, network: NetworkStack, nodes: ISecurityGroup): { [key: string]: any } {
  const enforced = { enableNetworkPolicy: 'true' };
  if (plan.network.secondaryCidr === undefined) return enforced;
  const zones = plan.network.subnets.filter((subnet) => subnet.use === SubnetUse.PODS).map((subnet) => subnet.zone);
  return {
    ...enforced,
    env: { AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true', ENI_CONFIG_LABEL_DEF: 'topology.kubernetes.io/zone' },
    eniConfig: {
      create: true,
      region: plan.region,
      subnets: Object.fromEntries(zones.map((zone, index) => [zone, {
        id: network.podSubnets[index].subnetId,
        securityGroups: [nodes.securityGroupId],
      }])),
    },
  };
}

function managedAddOns(plan: EksPlan, network: NetworkStack, nodes: ISecurityGroup, roles: Roles): ClusterAddOn[] {
  return plan.addOns.filter((addOn) => addOn.owner === AddOnOwner.MANAGED).map(({ name, version }) => managedAddOn({
    name,
    version,
    roles: roles[name],
    configuration: name === 'vpc-cni' ? () => cniConfiguration(plan, network, nodes) : undefined,
    beforeNodes: BEFORE_NODES.includes(name),
  }));
}

function chartAddOns(plan: EksPlan, network: NetworkStack, roles: Roles, identities: Construct): ClusterAddOn[] {
  const { bootstrap, installations, owners } = plan.rendered;
  const namespaces = bootstrap.filter((manifest) => manifest.kind === 'Namespace');
  const rest = bootstrap.filter((manifest) => manifest.kind !== 'Namespace');
  return installations.filter(({ name }) => owners[name] === AddOnOwner.BLUEPRINT).map((installation) => chartAddOn({
    installation,
    roles: roles[installation.name],
    // pods cannot ask the metadata service where they are: its answers travel one hop only
    values: installation.name === 'aws-load-balancer-controller' ? { region: plan.region, vpcId: network.vpc.vpcId } : undefined,
    before: namespaces.filter((namespace) => namespace.metadata.name === installation.namespace),
    after: installation.name === 'argo-cd' ? rest : [],
    afterNeeds: identities,
  }));
}

/** Identities of add-ons that somebody else installs. A pod gets its identity when it is made, or never. */
function associations(plan: EksPlan, roles: Roles, scope: Construct): ClusterAddOn {
  const here = [AddOnOwner.MANAGED, AddOnOwner.BLUEPRINT];
  const owners = Object.fromEntries(plan.addOns.map(({ name, owner }) => [name, owner]));
  const elsewhere = plan.podIdentities.filter(({ addOn }) => !here.includes(owners[addOn]));
  return {
    id: 'identities',
    deploy: ({ cluster }) => elsewhere.forEach(({ addOn, namespace, serviceAccount }) => {
      new CfnPodIdentityAssociation(scope, `${addOn}-${serviceAccount}`, {
        clusterName: cluster.clusterName, namespace, serviceAccount, roleArn: roles[addOn][serviceAccount].roleArn,
      });
    }),
  };
}

/** The add-ons that are installed with the cluster, and the identities of all that are on it. */
export function clusterAddOns(stack: Stack, plan: EksPlan, network: NetworkStack, nodes: ISecurityGroup): ClusterAddOn[] {
  const roles = rolesOf(stack, plan);
  const identities = new Construct(stack, 'Associations');
  return [...managedAddOns(plan, network, nodes, roles), associations(plan, roles, identities), ...chartAddOns(plan, network, roles, identities)];
}
