import { KubernetesName } from './kubernetes-name';
import { compareText, show } from './private/compare';
import { rankOf } from './private/kind-order';
import { Problem } from './problem';
import { Problems } from './problems';

/** Operations over plain Kubernetes objects. */
export class Manifests {
  /**
   * What an object is called among all objects of a cluster: `Namespace shop-staging`, `Deployment.apps shop-staging/web`.
   * The API version is not part of it: two versions of one name are the same object.
   *
   * @param manifest a plain object with apiVersion, kind and metadata.name
   */
  public static identity(manifest: any): string {
    const { kind, metadata, group } = partsOf(manifest);
    const namespace = typeof metadata.namespace === 'string' && metadata.namespace !== '' ? `${metadata.namespace}/` : '';
    return `${kind}${group === '' ? '' : `.${group}`} ${namespace}${metadata.name}`;
  }

  /**
   * The objects in an order in which a cluster can take them: namespaces and definitions first, then what
   * workloads refer to, workloads, and custom resources last; then by kind, namespace and name.
   *
   * @param manifests plain objects in any order; the list is left as it is
   */
  public static order(manifests: any[]): any[] {
    return manifests
      .map((manifest) => ({ manifest, ...keyOf(manifest) }))
      .sort((a, b) => a.rank - b.rank || compareText(a.kind, b.kind) || compareText(a.namespace, b.namespace)
        || compareText(a.name, b.name) || compareText(a.apiVersion, b.apiVersion))
      .map(({ manifest }) => manifest);
  }

  /**
   * What is wrong with a list of objects before any schema is asked: no apiVersion, kind or name, a name that no
   * API server takes, labels and annotations that are not text, the same object twice.
   *
   * @param manifests plain objects
   */
  public static check(manifests: any[]): Problem[] {
    const problems = new Problems();
    const seen = new Set<string>();
    manifests.forEach((manifest, index) => {
      const found = checkOne(manifest, index);
      problems.addAll(found.all);
      if (found.hasErrors) return;
      const identity = Manifests.identity(manifest);
      if (seen.has(identity)) {
        problems.error({
          code: 'DuplicateManifest',
          path: identity,
          message: `${identity} is there more than once`,
          value: identity,
          cure: 'write it once; two owners of one object undo each other',
        });
      }
      seen.add(identity);
    });
    return problems.all;
  }

  private constructor() {}
}

function partsOf(manifest: any): { kind: string; group: string; apiVersion: string; metadata: any } {
  const apiVersion = typeof manifest?.apiVersion === 'string' ? manifest.apiVersion : '';
  const slash = apiVersion.indexOf('/');
  return { kind: String(manifest?.kind ?? ''), group: slash < 0 ? '' : apiVersion.slice(0, slash), apiVersion, metadata: manifest?.metadata ?? {} };
}

function keyOf(manifest: any): { rank: number; kind: string; namespace: string; name: string; apiVersion: string } {
  const { kind, group, apiVersion, metadata } = partsOf(manifest);
  return {
    rank: rankOf(kind),
    kind: `${kind}.${group}`,
    namespace: String(metadata.namespace ?? ''),
    name: String(metadata.name ?? ''),
    apiVersion,
  };
}

function checkOne(manifest: any, index: number): Problems {
  const problems = new Problems();
  const path = `manifests[${index}]`;
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) {
    problems.error({ code: 'ManifestNotObject', path, message: `${show(manifest)} is not a manifest`, allowed: 'a plain object', cure: 'give the objects themselves' });
    return problems;
  }
  if (/List$/.test(String(manifest.kind)) && Array.isArray(manifest.items)) {
    problems.error({ code: 'ManifestIsList', path, message: `${manifest.kind} holds other objects`, value: manifest.kind, cure: 'give its items one by one' });
    return problems;
  }
  requireText(problems, path, 'apiVersion', manifest.apiVersion, 'ManifestWithoutApiVersion');
  requireText(problems, path, 'kind', manifest.kind, 'ManifestWithoutKind');
  requireText(problems, path, 'metadata.name', manifest.metadata?.name, 'ManifestWithoutName');
  if (problems.hasErrors) return problems;
  checkName(problems, manifest);
  checkText(problems, manifest, 'labels');
  checkText(problems, manifest, 'annotations');
  return problems;
}

function requireText(problems: Problems, path: string, field: string, value: unknown, code: string): void {
  if (typeof value === 'string' && value !== '') return;
  problems.error({ code, path: `${path}.${field}`, message: `${field} is ${value === '' ? 'empty' : show(value)}`, allowed: 'text', cure: `set ${field}` });
}

function checkName(problems: Problems, manifest: any): void {
  const { kind, group, metadata } = partsOf(manifest);
  const path = `${Manifests.identity(manifest)}.metadata`;
  if (metadata.namespace !== undefined) KubernetesName.collectDnsLabel(problems, `${path}.namespace`, metadata.namespace, 'namespace');
  if (kind === 'Namespace') {
    KubernetesName.collectDnsLabel(problems, `${path}.name`, metadata.name, 'namespace');
  } else if (group !== 'rbac.authorization.k8s.io') {
    KubernetesName.collectDnsSubdomain(problems, `${path}.name`, metadata.name, `${kind} name`);
  } else if (/[/%]/.test(metadata.name) || metadata.name === '.' || metadata.name === '..') {
    // roles may have colons in their names: they only have to fit into one part of a URL
    problems.error({ code: 'InvalidPathSegment', path: `${path}.name`, message: `${kind} name '${metadata.name}' cannot be part of a URL`, value: metadata.name, allowed: "text without '/' and '%'" });
  }
}

function checkText(problems: Problems, manifest: any, field: 'labels' | 'annotations'): void {
  const path = `${Manifests.identity(manifest)}.metadata.${field}`;
  for (const [key, value] of Object.entries(manifest.metadata[field] ?? {})) {
    KubernetesName.collectLabelKey(problems, `${path}.${key}`, key, `key of ${field}`);
    if (value === undefined) continue;
    if (typeof value !== 'string') {
      problems.error({ code: 'MetadataNotText', path: `${path}.${key}`, message: `value of ${key} is ${show(value)}`, allowed: 'text', cure: `write it in quotes: '${value}'` });
    } else if (field === 'labels') {
      KubernetesName.collectLabelValue(problems, `${path}.${key}`, value, `value of ${key}`);
    }
  }
}
