/** How somebody becomes more than their rules say. */
export enum EscalationTechnique {
  /** Acting as somebody else with the verb `impersonate`. */
  IMPERSONATION = 'impersonation',

  /** Binding a role whose rules one does not have, with the verb `bind`. */
  ROLE_BINDING = 'role-binding',

  /** Writing rules that one does not have into a role of one's own, with the verb `escalate`. */
  ROLE_ESCALATION = 'role-escalation',

  /** Having a token made for a service account. */
  TOKEN_REQUEST = 'token-request',

  /** Reading a token of a service account out of a Secret. */
  SECRET_READING = 'secret-reading',

  /** Running a pod as a service account of the namespace. */
  POD_CREATION = 'pod-creation',

  /** Entering a pod that somebody else runs, by `exec`, `attach`, an ephemeral container or another image. */
  POD_ENTRY = 'pod-entry',

  /** Running a pod that is root on its node, in a namespace that admits it. */
  HOST_ACCESS = 'host-access',

  /** Taking Pod Security off a namespace by its labels, and then running a pod that is root on its node. */
  NAMESPACE_LABELS = 'namespace-labels',

  /** Mounting a path of a node as a PersistentVolume, which Pod Security does not see. */
  PERSISTENT_VOLUME = 'persistent-volume',

  /** Running commands in any pod of a node through its kubelet, past audit and admission. */
  NODE_PROXY = 'node-proxy',

  /** Having a client certificate issued for somebody else. */
  CERTIFICATE_SIGNING = 'certificate-signing',

  /** Changing what admission does to requests of others. */
  ADMISSION_CHANGE = 'admission-change',

  /** Answering requests in place of the API server. */
  API_SERVICE = 'api-service',

  /** Taking tokens of pods off the node that they run on. */
  NODE_TOKENS = 'node-tokens',
}
