import { SupportWindow } from '../support-window';

/**
 * Support by Amazon EKS: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html#kubernetes-release-calendar
 * (1.36 from the calendar of 2026-09 in AWS' sample-apex-skills, and from `aws eks describe-cluster-versions` of 2026-07-28).
 */
export const EKS_SUPPORT: { [minor: string]: SupportWindow } = {
  1.31: { standardUntil: '2025-11-26', extendedUntil: '2026-11-26' },
  1.32: { standardUntil: '2026-03-23', extendedUntil: '2027-03-23' },
  1.33: { standardUntil: '2026-07-29', extendedUntil: '2027-07-29' },
  1.34: { standardUntil: '2026-12-02', extendedUntil: '2027-12-02' },
  1.35: { standardUntil: '2027-03-27', extendedUntil: '2028-03-27' },
  1.36: { standardUntil: '2027-08-02', extendedUntil: '2028-08-02' },
};

/** Support by the Kubernetes project itself: https://kubernetes.io/releases/ (end of life of each minor version). */
export const KUBERNETES_SUPPORT: { [minor: string]: SupportWindow } = {
  1.33: { standardUntil: '2026-06-28' },
  1.34: { standardUntil: '2026-10-27' },
  1.35: { standardUntil: '2027-02-28' },
  1.36: { standardUntil: '2027-06-28' },
  1.37: { standardUntil: '2027-10-28' },
};
