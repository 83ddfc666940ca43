import { KubernetesName } from './kubernetes-name';
import { compareText } from './private/compare';
import { Problems } from './problems';

/** What is known of a secret before it has a value. */
export interface SecretSlotProps {
  /** Name of the Secret. */
  readonly name: string;

  /** Namespace of the Secret. */
  readonly namespace: string;

  /** The keys that must be in it. */
  readonly keys: string[];

  /** What it is for, in a sentence. */
  readonly purpose: string;

  /**
   * The least rights that the secret's principal needs where the secret is used: `Zone.DNS edit on viridial.com`.
   *
   * @default - the secret grants nothing outside the cluster
   */
  readonly rights?: string;

  /**
   * Whether things work without it.
   *
   * @default false - an unfilled slot is an error
   */
  readonly optional?: boolean;

  /**
   * Labels the Secret must carry, because its readers find it by them.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Entries beside `keys` that are no secret, which the filler writes as they are: an address, a user name. They are shown in plans and reports.
   *
   * @default - none
   */
  readonly publicData?: { [key: string]: string };
}

/** A secret that somebody has to fill. It has no value here and never will. */
export class SecretSlot {
  /** Name of the Secret. */
  public readonly name: string;

  /** Namespace of the Secret. */
  public readonly namespace: string;

  /** The keys that must be in it, sorted. */
  public readonly keys: string[];

  /** What it is for. */
  public readonly purpose: string;

  /**
   * The least rights that the secret's principal needs.
   *
   * @default - the secret grants nothing outside the cluster
   */
  public readonly rights?: string;

  /** Whether things work without it. */
  public readonly optional: boolean;

  /** Labels the Secret must carry, sorted by key. */
  public readonly labels: { [key: string]: string };

  /** Entries beside `keys` that are no secret, sorted by key. */
  public readonly publicData: { [key: string]: string };

  /** What identifies the slot in a cluster: `namespace/name`. */
  public readonly id: string;

  /**
   * @param props what is known of the secret
   * @throws InvalidInputError when a name or key is one that Kubernetes refuses, a key is missing or twice
   */
  constructor(props: SecretSlotProps) {
    const problems = new Problems();
    const { labels = {}, publicData = {} } = props;
    KubernetesName.collectDnsSubdomain(problems, 'name', props.name, 'secret name');
    KubernetesName.collectDnsLabel(problems, 'namespace', props.namespace, 'namespace');
    checkKeys(problems, props.keys, publicData);
    for (const [key, value] of Object.entries(labels)) {
      KubernetesName.collectLabelKey(problems, `labels.${key}`, key, 'label key');
      KubernetesName.collectLabelValue(problems, `labels.${key}`, value, `value of label ${key}`);
    }
    problems.throwIfErrors(`secret slot '${props.namespace}/${props.name}'`);

    this.name = props.name;
    this.namespace = props.namespace;
    this.keys = [...props.keys].sort();
    this.purpose = props.purpose;
    this.rights = props.rights;
    this.optional = props.optional ?? false;
    this.labels = sortedByKey(labels);
    this.publicData = sortedByKey(publicData);
    this.id = `${props.namespace}/${props.name}`;
  }
}

function sortedByKey(map: { [key: string]: string }): { [key: string]: string } {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => compareText(a, b)));
}

function checkKeys(problems: Problems, keys: string[], publicData: { [key: string]: string }): void {
  if (keys.length === 0) {
    problems.error({ code: 'NoSecretKey', path: 'keys', message: 'the secret has no key', allowed: 'at least one key', cure: 'name the keys that its readers expect' });
  }
  keys.forEach((key, index) => {
    checkKey(problems, `keys[${index}]`, key);
    if (keys.indexOf(key) < index || Object.hasOwn(publicData, key)) {
      problems.error({ code: 'DuplicateSecretKey', path: `keys[${index}]`, message: `key '${key}' is there twice`, value: key, cure: 'name it once, in keys or in publicData' });
    }
  });
  for (const key of Object.keys(publicData)) checkKey(problems, `publicData.${key}`, key);
}

function checkKey(problems: Problems, path: string, key: string): void {
  if (/^[-._a-zA-Z0-9]{1,253}$/.test(key)) return;
  problems.error({ code: 'InvalidSecretKey', path, message: `'${key}' is not a key of a secret`, value: key, allowed: '1 to 253 letters, digits, hyphens, underscores and dots' });
}
