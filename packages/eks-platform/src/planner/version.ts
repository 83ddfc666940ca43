import { Catalogue, InvalidInputError, KubernetesVersion, Problems, SupportWindow } from '@viridial/core';
import { EksPlatformProps } from '../eks-platform-props';

/** The version of clusters that name none. */
export const DEFAULT_VERSION = '1.35';

/** Add-ons that EKS itself installs and updates. */
export const MANAGED_ADD_ONS = ['aws-ebs-csi-driver', 'aws-efs-csi-driver', 'coredns', 'eks-pod-identity-agent', 'kube-proxy', 'vpc-cni'] as const;

/** A version whose support ends sooner than this is treated as if it had ended: nobody should start on it. */
const NOTICE_DAYS = 30;
const MILLISECONDS_OF_A_DAY = 86_400_000;
const HIGHEST_MINOR = 60;

/** Version of the control plane, and whether its support costs extra. */
export interface VersionPlan {
  /** Minor version: `1.35`. */
  readonly minor: string;
  /** Whether its support costs extra. */
  readonly support: 'STANDARD' | 'EXTENDED';
}

/** Runs a look-up in the catalogue; what the catalogue does not know is nothing. */
function known<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (InvalidInputError.isInvalidInputError(error)) return undefined;
    throw error;
  }
}

/** Whether a day lies before the end of the notice; calendar arithmetic only, no clock is read. */
function endsSoon(day: string): boolean {
  return Date.parse(day) < Date.parse(Catalogue.DATE) + NOTICE_DAYS * MILLISECONDS_OF_A_DAY;
}

function supported(window: SupportWindow | undefined): boolean {
  const last = window?.extendedUntil ?? window?.standardUntil;
  return last !== undefined && !endsSoon(last);
}

/** Versions on which a cluster may be made, oldest first. */
function allowedVersions(): string[] {
  return Array.from({ length: HIGHEST_MINOR }, (_, minor) => `1.${minor}`).filter((minor) => supported(known(() => Catalogue.eksSupport(minor))));
}

function checkSupport(problems: Problems, text: string, minor: string): VersionPlan['support'] {
  const window = known(() => Catalogue.eksSupport(minor));
  if (!window || !supported(window)) {
    const until = window?.extendedUntil ? `: its extended support ends on ${window.extendedUntil}` : '';
    problems.error({
      code: 'UnsupportedKubernetesVersion',
      path: 'version',
      message: `Kubernetes ${minor} is not supported on EKS${until}`,
      value: text,
      allowed: allowedVersions().join(', '),
      cure: `use ${DEFAULT_VERSION}; raise an existing cluster by one minor version at a time`,
    });
    return 'STANDARD';
  }
  const { standardUntil } = window;
  if (standardUntil === undefined) return 'STANDARD';
  if (standardUntil < Catalogue.DATE) {
    problems.warning({
      code: 'ExtendedSupport',
      path: 'version',
      message: `standard support of Kubernetes ${minor} ended on ${standardUntil}: every hour of the control plane costs six times as much`,
      value: text,
      cure: `raise version towards ${DEFAULT_VERSION}, one minor version at a time`,
    });
    return 'EXTENDED';
  }
  if (endsSoon(standardUntil)) {
    problems.warning({
      code: 'StandardSupportEnds',
      path: 'version',
      message: `standard support of Kubernetes ${minor} ends on ${standardUntil}; EKS then raises the cluster by itself`,
      value: text,
      cure: `raise version to ${DEFAULT_VERSION} before that`,
    });
  }
  return 'STANDARD';
}

/** Plans the version of the control plane. */
export function planVersion(problems: Problems, props: EksPlatformProps): VersionPlan {
  const text = props.version ?? DEFAULT_VERSION;
  const version = KubernetesVersion.collect(problems, 'version', text);
  if (!version) return { minor: text, support: 'STANDARD' };
  if (version.toString() !== version.minorText) {
    problems.error({
      code: 'PatchVersionNotChosen',
      path: 'version',
      message: `'${text}' says more than a minor version, but EKS chooses the patch itself`,
      value: text,
      allowed: version.minorText,
      cure: `use ${version.minorText}`,
    });
  }
  return { minor: version.minorText, support: checkSupport(problems, text, version.minorText) };
}

/** Versions of the managed add-ons, by name: always explicit, never chosen by AWS at deployment. */
export function planManagedVersions(problems: Problems, props: EksPlatformProps, minor: string): { [name: string]: string } {
  const given = props.addOnVersions ?? {};
  for (const name of Object.keys(given)) {
    const path = `addOnVersions.${name}`;
    if (!(MANAGED_ADD_ONS as readonly string[]).includes(name)) {
      problems.error({
        code: 'UnknownManagedAddOn', path, message: `'${name}' is no add-on that EKS manages on this platform`, value: name, allowed: MANAGED_ADD_ONS.join(', '),
      });
    } else if (!/^v[0-9]+\.[0-9]+\.[0-9]+-eksbuild\.[0-9]+$/.test(given[name])) {
      problems.error({
        code: 'MalformedAddOnVersion', path, message: `'${given[name]}' is no version of an EKS add-on`, value: given[name], allowed: 'the form v1.20.4-eksbuild.2',
      });
    }
  }
  const versions: { [name: string]: string } = {};
  const missing: string[] = [];
  for (const name of MANAGED_ADD_ONS) {
    const version = given[name] ?? known(() => Catalogue.eksAddOn(name, minor));
    if (version === undefined) missing.push(name);
    else versions[name] = version;
  }
  // an unsupported version is reported as such; that nothing is known of it adds nothing
  if (missing.length > 0 && supported(known(() => Catalogue.eksSupport(minor)))) {
    problems.error({
      code: 'NoManagedAddOnVersion',
      path: 'addOnVersions',
      message: `the catalogue of ${Catalogue.DATE} has no version of ${missing.join(', ')} for Kubernetes ${minor}`,
      value: missing,
      cure: `use Kubernetes ${DEFAULT_VERSION}, or name the versions in addOnVersions (aws eks describe-addon-versions --kubernetes-version ${minor})`,
    });
  }
  return versions;
}
