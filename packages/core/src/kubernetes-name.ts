import { show } from './private/compare';
import { Problems } from './problems';

const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const QUALIFIED = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/**
 * The forms of names that Kubernetes accepts.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export class KubernetesName {
  /**
   * Whether a text is a DNS label (RFC 1123): the form of a namespace's or a Service's name.
   *
   * @param text the text
   */
  public static isDnsLabel(text: string): boolean {
    return typeof text === 'string' && LABEL.test(text);
  }

  /**
   * Whether a text is a DNS subdomain (RFC 1123): the form of most objects' names.
   *
   * @param text the text
   */
  public static isDnsSubdomain(text: string): boolean {
    return typeof text === 'string' && text.length <= 253 && text.split('.').every((part) => /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(part));
  }

  /**
   * Whether a text can be the key of a label or an annotation: a name of at most 63 characters, perhaps behind a DNS subdomain and a slash.
   *
   * @param text the text
   */
  public static isLabelKey(text: string): boolean {
    if (typeof text !== 'string') return false;
    const slash = text.indexOf('/');
    if (slash >= 0 && !KubernetesName.isDnsSubdomain(text.slice(0, slash))) return false;
    return QUALIFIED.test(text.slice(slash + 1));
  }

  /**
   * Whether a text can be the value of a label: at most 63 characters, perhaps none.
   *
   * @param text the text
   */
  public static isLabelValue(text: string): boolean {
    return text === '' || (typeof text === 'string' && QUALIFIED.test(text));
  }

  /**
   * Reports a text that is not a DNS label, with code `InvalidDnsLabel`.
   *
   * @param problems where what is wrong goes
   * @param path property path of the text
   * @param text the text
   * @param what what the text names, for the message: `tenant name`
   */
  public static collectDnsLabel(problems: Problems, path: string, text: string, what: string): void {
    if (KubernetesName.isDnsLabel(text)) return;
    const allowed = '1 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends';
    KubernetesName.refuse(problems, { code: 'InvalidDnsLabel', path, text, what, allowed, form: 'DNS label', similar: similar(text, 63, /[^a-z0-9]+/g) });
  }

  /**
   * Reports a text that is not a DNS subdomain, with code `InvalidDnsSubdomain`.
   *
   * @param problems where what is wrong goes
   * @param path property path of the text
   * @param text the text
   * @param what what the text names, for the message: `host name`
   */
  public static collectDnsSubdomain(problems: Problems, path: string, text: string, what: string): void {
    if (KubernetesName.isDnsSubdomain(text)) return;
    const allowed = '1 to 253 lower-case letters, digits, hyphens and dots, with a letter or digit at both ends of each part';
    KubernetesName.refuse(problems, { code: 'InvalidDnsSubdomain', path, text, what, allowed, form: 'DNS subdomain', similar: similar(text, 253, /[^a-z0-9.]+/g) });
  }

  /**
   * Reports a text that cannot be a label key, with code `InvalidLabelKey`.
   *
   * @param problems where what is wrong goes
   * @param path property path of the text
   * @param text the text
   * @param what what the text names, for the message: `label key`
   */
  public static collectLabelKey(problems: Problems, path: string, text: string, what: string): void {
    if (KubernetesName.isLabelKey(text)) return;
    const allowed = 'a name of 1 to 63 letters, digits, hyphens, underscores and dots, perhaps behind a DNS subdomain and a slash';
    KubernetesName.refuse(problems, { code: 'InvalidLabelKey', path, text, what, allowed, form: 'label key' });
  }

  /**
   * Reports a text that cannot be a label value, with code `InvalidLabelValue`.
   *
   * @param problems where what is wrong goes
   * @param path property path of the text
   * @param text the text
   * @param what what the text names, for the message: `label value`
   */
  public static collectLabelValue(problems: Problems, path: string, text: string, what: string): void {
    if (KubernetesName.isLabelValue(text)) return;
    const allowed = 'at most 63 letters, digits, hyphens, underscores and dots, with a letter or digit at both ends';
    KubernetesName.refuse(problems, { code: 'InvalidLabelValue', path, text, what, allowed, form: 'label value' });
  }

  private static refuse(problems: Problems, fault: Fault): void {
    const { code, path, text, what, allowed, form } = fault;
    const cure = fault.similar === undefined ? undefined : `write '${fault.similar}'`;
    problems.error({ code, path, message: `${what} ${show(text)} is not a ${form}`, value: text, allowed, cure });
  }

  private constructor() {}
}

interface Fault {
  readonly code: string;
  readonly path: string;
  readonly text: string;
  readonly what: string;
  readonly allowed: string;
  readonly form: string;
  readonly similar?: string;
}

/** A valid name that looks like the given one, where there is one. */
function similar(text: unknown, most: number, foreign: RegExp): string | undefined {
  if (typeof text !== 'string') return undefined;
  const candidate = text.toLowerCase().replace(foreign, '-').slice(0, most).replace(/^[-.]+|[-.]+$/g, '');
  return (most === 63 ? KubernetesName.isDnsLabel(candidate) : KubernetesName.isDnsSubdomain(candidate)) ? candidate : undefined;
}
