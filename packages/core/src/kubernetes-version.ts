import { show } from './private/compare';
import { Problem } from './problem';
import { Problems } from './problems';

const FORM = /^v?(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(?:\.(0|[1-9][0-9]*))?([-+][0-9A-Za-z.+-]+)?$/;

/** How many minor versions a kubelet may lag behind its API server. */
const KUBELET_LAG = 3;

/** A version of Kubernetes: a minor version (`1.35`), perhaps with a patch and a distributor's suffix (`1.35.2+k3s1`). */
export class KubernetesVersion {
  /**
   * Reads a version.
   *
   * @param text `1.35`, `1.35.2`, `v1.35.2-eks-1234567`
   * @throws InvalidInputError when the text is no version of Kubernetes 1
   */
  public static parse(text: string): KubernetesVersion {
    const problems = new Problems();
    const version = KubernetesVersion.collect(problems, 'version', text);
    problems.throwIfErrors(`Kubernetes version '${text}'`);
    return version!;
  }

  /**
   * Reads a version that is part of a larger input.
   *
   * @param problems where what is wrong goes, with code `InvalidKubernetesVersion`
   * @param path property path of the text
   * @param text the version
   * @returns the version, or nothing when a problem was added
   */
  public static collect(problems: Problems, path: string, text: string): KubernetesVersion | undefined {
    const match = typeof text === 'string' ? FORM.exec(text) : null;
    const [major, minor, patch] = match ? [Number(match[1]), Number(match[2]), match[3]] : [NaN, NaN, undefined];
    if (match && major === 1 && Number.isSafeInteger(minor)) {
      return new KubernetesVersion(major, minor, patch === undefined ? undefined : Number(patch), match[4] ?? '');
    }
    problems.error({
      code: 'InvalidKubernetesVersion',
      path,
      message: `${show(text)} is not a version of Kubernetes`,
      value: text,
      allowed: "a version of Kubernetes 1 as text, such as '1.35' or '1.35.2'",
      cure: typeof text === 'number' ? 'write it in quotes: as a number, 1.30 is 1.3' : undefined,
    });
    return undefined;
  }

  /** The first number; always 1. */
  public readonly major: number;

  /** The second number: 35 of `1.35.2`. */
  public readonly minor: number;

  /**
   * The third number: 2 of `1.35.2`.
   *
   * @default - the text names a minor version only
   */
  public readonly patch?: number;

  /** The minor version as text: `1.35`. */
  public readonly minorText: string;

  private readonly suffix: string;

  private constructor(major: number, minor: number, patch: number | undefined, suffix: string) {
    this.major = major;
    this.minor = minor;
    this.patch = patch;
    this.minorText = `${major}.${minor}`;
    this.suffix = suffix;
  }

  /**
   * Whether this is that minor version or a later one.
   *
   * @param minor a minor version: `1.30`
   * @throws InvalidInputError when the text is no version
   */
  public isAtLeast(minor: string): boolean {
    return this.compareMinor(KubernetesVersion.parse(minor)) >= 0;
  }

  /**
   * Order by minor version, then by patch: negative when this is older, 0 when equal. A missing patch counts as 0 and a suffix not at all.
   *
   * @param other the other version
   */
  public compareTo(other: KubernetesVersion): number {
    return this.compareMinor(other) || (this.patch ?? 0) - (other.patch ?? 0);
  }

  /**
   * What is wrong with running kubelets of a version under an API server of this one.
   *
   * A kubelet is never newer than its API server and at most three minor versions older.
   *
   * @see https://kubernetes.io/releases/version-skew-policy/#kubelet
   * @param kubelet version of the kubelets
   * @param path property path of the kubelets' version
   * @returns nothing, or one error with code `KubeletNewerThanApiServer` or `KubeletTooOld`
   */
  public skewProblems(kubelet: KubernetesVersion, path: string): Problem[] {
    const lag = this.minor - kubelet.minor;
    if (lag >= 0 && lag <= KUBELET_LAG) return [];
    const oldest = `${this.major}.${Math.max(0, this.minor - KUBELET_LAG)}`;
    const fault = { path, value: kubelet.toString(), allowed: `${oldest} to ${this.minorText}` };
    if (lag < 0) {
      return [Problem.error({
        ...fault,
        code: 'KubeletNewerThanApiServer',
        message: `kubelet ${kubelet.toString()} is newer than the API server's ${this.toString()}`,
        cure: `upgrade the control plane to ${kubelet.minorText} first`,
      })];
    }
    return [Problem.error({
      ...fault,
      code: 'KubeletTooOld',
      message: `kubelet ${kubelet.toString()} is ${lag} minor versions older than the API server's ${this.toString()}`,
      cure: `upgrade the nodes to ${oldest} or later first`,
    })];
  }

  /** The version without a leading v: `1.35`, `1.35.2`, `1.35.2+k3s1`. */
  public toString(): string {
    const patch = this.patch === undefined ? '' : `.${this.patch}`;
    return `${this.minorText}${patch}${this.suffix}`;
  }

  private compareMinor(other: KubernetesVersion): number {
    return this.major - other.major || this.minor - other.minor;
  }
}
