import { ChartRelease } from './chart-release';
import { InvalidInputError } from './invalid-input-error';
import { KubernetesVersion } from './kubernetes-version';
import { CHART_RELEASES } from './private/chart-releases';
import { EKS_ADD_ONS } from './private/eks-add-ons';
import { EKS_SUPPORT, KUBERNETES_SUPPORT } from './private/support-windows';
import { Problem } from './problem';
import { SupportWindow } from './support-window';

/**
 * The one place with versions of other people's software.
 *
 * It is dated: one version of this package says the same for ever, a newer one brings a newer catalogue. Nothing in it
 * was guessed; what is not known is refused, with what is known in the message.
 */
export class Catalogue {
  /** Day of the catalogue. Support windows are judged against it, never against the clock. */
  public static readonly DATE = '2026-11-21';

  /** Names of all charts, sorted. */
  public static get chartNames(): string[] {
    return CHART_RELEASES.map(({ name }) => name).sort();
  }

  /** Names of all managed add-ons of Amazon EKS, sorted. */
  public static get eksAddOnNames(): string[] {
    return [...new Set(Object.values(EKS_ADD_ONS).flatMap((versions) => Object.keys(versions)))].sort();
  }

  /** Minor versions of Kubernetes for which managed add-ons of Amazon EKS are known, oldest first. */
  public static get eksMinors(): string[] {
    return sortedMinors(EKS_ADD_ONS);
  }

  /**
   * The pinned release of a chart.
   *
   * @param name name in the catalogue
   * @throws InvalidInputError with code `UnknownChart` when there is no such chart
   */
  public static chart(name: string): ChartRelease {
    const release = CHART_RELEASES.find((candidate) => candidate.name === name);
    if (release === undefined) throw unknown('UnknownChart', `chart '${name}'`, name, Catalogue.chartNames);
    return { ...release, crds: [...release.crds] };
  }

  /**
   * The pinned version of a managed add-on of Amazon EKS.
   *
   * @param name name of the add-on: `vpc-cni`
   * @param kubernetesMinor version of the cluster, of which the minor version counts: `1.35`
   * @throws InvalidInputError with code `UnknownEksAddOn` or `UnknownEksAddOnVersion`
   */
  public static eksAddOn(name: string, kubernetesMinor: string): string {
    if (!Catalogue.eksAddOnNames.includes(name)) throw unknown('UnknownEksAddOn', `EKS add-on '${name}'`, name, Catalogue.eksAddOnNames);
    const minor = KubernetesVersion.parse(kubernetesMinor).minorText;
    const version = EKS_ADD_ONS[minor]?.[name];
    if (version === undefined) {
      const known = Catalogue.eksMinors.filter((candidate) => name in EKS_ADD_ONS[candidate]);
      throw unknown('UnknownEksAddOnVersion', `EKS add-on '${name}' for Kubernetes ${minor}`, minor, known);
    }
    return version;
  }

  /**
   * Until when Amazon EKS supports a minor version of Kubernetes.
   *
   * @param minor version of the cluster, of which the minor version counts: `1.35`
   * @throws InvalidInputError with code `UnknownEksVersion` when the catalogue does not know the version
   */
  public static eksSupport(minor: string): SupportWindow {
    return windowOf(EKS_SUPPORT, minor, 'UnknownEksVersion', 'of Amazon EKS');
  }

  /**
   * Until when the Kubernetes project supports a minor version.
   *
   * @param minor version of the cluster, of which the minor version counts: `1.35`
   * @throws InvalidInputError with code `UnknownKubernetesVersion` when the catalogue does not know the version
   */
  public static kubernetesSupport(minor: string): SupportWindow {
    return windowOf(KUBERNETES_SUPPORT, minor, 'UnknownKubernetesVersion', 'of the Kubernetes project');
  }

  private constructor() {}
}

function windowOf(windows: { [minor: string]: SupportWindow }, minor: string, code: string, whose: string): SupportWindow {
  const { minorText } = KubernetesVersion.parse(minor);
  const window = windows[minorText];
  if (window === undefined) throw unknown(code, `support window ${whose} for Kubernetes ${minorText}`, minorText, sortedMinors(windows));
  return { ...window };
}

function sortedMinors(byMinor: { [minor: string]: unknown }): string[] {
  return Object.keys(byMinor).map((minor) => KubernetesVersion.parse(minor)).sort((a, b) => a.compareTo(b)).map(({ minorText }) => minorText);
}

function unknown(code: string, what: string, value: string, known: string[]): InvalidInputError {
  return new InvalidInputError('catalogue', [Problem.error({
    code,
    path: '',
    message: `the catalogue of ${Catalogue.DATE} has no ${what}`,
    value,
    allowed: known.join(', '),
    cure: 'take one of these, or a newer version of @viridial/core',
  })]);
}
