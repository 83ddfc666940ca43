/**
 * Who installs an add-on on one cluster and keeps it there. Every add-on has exactly one owner, because
 * two installers that reconcile the same objects undo each other's work for ever.
 */
export enum AddOnOwner {
  /** The provider runs it as its own service, such as an EKS managed add-on. */
  MANAGED = 'managed',
  /** The infrastructure program installs it, such as a Helm chart that EKS Blueprints deploys with the cluster. */
  BLUEPRINT = 'blueprint',
  /** The bootstrap of the cluster installs it once, before GitOps runs, such as the GitOps engine itself. */
  BOOTSTRAP = 'bootstrap',
  /** The GitOps tree installs it: it has an Application of its own. */
  TREE = 'tree',
}
