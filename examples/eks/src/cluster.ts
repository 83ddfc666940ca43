import { EksPlatformProps, GitOps, Subnets } from '@viridial/eks-platform';
import { access, nodeGroups, settings } from './settings';
import { platform } from '../../platform';

/** Everything that one cluster of the example is made of. */
export function clusterProps(name: string): EksPlatformProps {
  if (!Object.hasOwn(settings, name)) throw new Error(`there is no cluster '${name}'; known are ${Object.keys(settings).join(', ')}`);
  const own = settings[name];
  return {
    platform,
    region: 'eu-west-1',
    clusterName: own.clusterName,
    environments: own.environments,
    subnets: Subnets.exact(`${own.network}.0.0/16`, {
      public: [`${own.network}.1.0/24`, `${own.network}.2.0/24`, `${own.network}.3.0/24`],
      private: [`${own.network}.10.0/24`, `${own.network}.20.0/24`, `${own.network}.30.0/24`],
    }),
    natGateways: own.natGateways,
    nodeGroups: nodeGroups(own),
    access: access(own),
    keepData: own.keepData,
    gitOps: GitOps.argoCd({ repository: 'https://github.com/viridial/platform', path: 'argocd' }),
  };
}
