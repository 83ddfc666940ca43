import { EscalationTechnique } from '../../escalation-technique';

/** What to do about a technique, and where the rule against it comes from. */
export interface EscalationAdvice {
  /**
   * What to change, as an order.
   *
   * @param stronger says of a service account that it has more than who uses it; absent when that is not the point
   */
  readonly cure: (stronger?: string) => string;
  readonly references: string[];
}

const separate = (stronger: string | undefined) => (stronger === undefined ? '' : `; keep a service account ${stronger} in a namespace of its own`);

/** Advice by technique. The items are those of the CIS Kubernetes Benchmark 1.12, section 5.1. */
export const ESCALATION_ADVICE: { readonly [technique in EscalationTechnique]: EscalationAdvice } = {
  [EscalationTechnique.IMPERSONATION]: {
    cure: (stronger) => `take the verb impersonate out of the role, or name whom it is about with resourceNames${separate(stronger)}`, references: ['CIS 5.1.8'],
  },
  [EscalationTechnique.ROLE_BINDING]: {
    cure: () => 'name the roles that may be bound with resourceNames on the verb bind, none of them stronger than the subject', references: ['CIS 5.1.8'],
  },
  [EscalationTechnique.ROLE_ESCALATION]: {
    cure: () => 'take the verb escalate out of the role; without it the API server lets nobody hand out what they do not have', references: ['CIS 5.1.8'],
  },
  [EscalationTechnique.TOKEN_REQUEST]: {
    cure: (stronger) => `take create on serviceaccounts/token out of the role, or name the service accounts with resourceNames${separate(stronger)}`, references: ['CIS 5.1.13'],
  },
  [EscalationTechnique.SECRET_READING]: {
    cure: (stronger) => `take secrets out of the role, or read them by name with resourceNames and create none${separate(stronger)}`, references: ['CIS 5.1.2'],
  },
  [EscalationTechnique.POD_CREATION]: {
    cure: (stronger) => (stronger === undefined ? 'let only a deployer in another namespace make pods here' : 'move the stronger service account into a namespace where the subject makes no pods'),
    references: ['CIS 5.1.4'],
  },
  [EscalationTechnique.POD_ENTRY]: {
    cure: (stronger) => (stronger === undefined ? 'take pods/exec, pods/attach, pods/ephemeralcontainers and changes of pods out of the role'
      : 'move what runs under the stronger service account into another namespace, or take pods/exec, pods/attach and pods/ephemeralcontainers out of the role'),
    references: ['CIS 5.1.4'],
  },
  [EscalationTechnique.HOST_ACCESS]: {
    cure: () => 'enforce Pod Security level baseline or restricted on the namespace, or let only its owner make pods there', references: ['CIS 5.1.4', 'CIS 5.2.1'],
  },
  [EscalationTechnique.NAMESPACE_LABELS]: {
    cure: () => 'take update and patch on namespaces out of the role, or guard the labels of namespaces with an admission policy', references: ['CIS 5.2.1'],
  },
  [EscalationTechnique.PERSISTENT_VOLUME]: {
    cure: () => 'take create on persistentvolumes out of the role; a StorageClass makes volumes for claims', references: ['CIS 5.1.9'],
  },
  [EscalationTechnique.NODE_PROXY]: {
    cure: () => 'take nodes/proxy out of the role; nodes/metrics and nodes/stats are enough to watch a node', references: ['CIS 5.1.10'],
  },
  [EscalationTechnique.CERTIFICATE_SIGNING]: {
    cure: () => 'take certificatesigningrequests/approval or the verb approve on signers out of the role, or name a signer whose certificates the API server does not take', references: ['CIS 5.1.11'],
  },
  [EscalationTechnique.ADMISSION_CHANGE]: {
    cure: () => 'let only the platform itself write webhook configurations and admission policies', references: ['CIS 5.1.12'],
  },
  [EscalationTechnique.API_SERVICE]: {
    cure: () => 'let only the platform itself write apiservices', references: [],
  },
  [EscalationTechnique.NODE_TOKENS]: { cure: () => 'keep strong service accounts off nodes that others reach', references: ['CIS 5.1.6'] },
};
