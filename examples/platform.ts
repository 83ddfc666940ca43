import {
  ArgoCd, CertManager, ExternalDns, Fluentd, Jaeger, KubePrometheusStack, MetricsServer, Need, Platform,
} from '@viridial/platform-addons';
import { Role, Tenant } from '@viridial/tenancy';

/** Domain under which the platform publishes. */
const domain = 'viridial.com';

/**
 * The platform of all examples: what is wanted everywhere, with no cloud in it. Each ground meets its needs in its own way.
 */
export const platform = new Platform({
  name: 'viridial',
  environments: ['staging', 'production'],
  sharedNamespaces: ['monitoring'],
  needs: [Need.INGRESS, Need.BLOCK_STORAGE, Need.SHARED_STORAGE],
  tenants: [
    new Tenant('viridial', {
      budget: { cpu: '40', memory: '80Gi', storage: '400Gi', shares: { staging: 1, production: 3 } },
      members: [
        Role.developer('group:viridial-developers', { environments: ['staging'] }),
        Role.viewer('group:viridial-developers', { environments: ['production'] }),
        Role.admin('group:viridial-operators'),
      ],
      ingressHosts: [`*.${domain}`],
    }),
  ],
  addOns: [
    new MetricsServer(),
    new ArgoCd(),
    new CertManager({ email: `ops@${domain}` }),
    new ExternalDns({ domainFilters: [domain] }),
    new KubePrometheusStack(),
    new Jaeger(),
    new Fluentd(),
  ],
});
