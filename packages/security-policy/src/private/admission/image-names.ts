/** The registry that names without one mean. */
const DEFAULT_REGISTRY = 'docker.io';

/** Stands for every registry in a list of prefixes; no image can begin with it. */
export const ANY_REGISTRY = '*';

/** A registry as a host, perhaps with a port, and the path of repositories below it. */
const REGISTRY = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*\/?$/;

/** Whether a text can be the beginning of image names. */
export function isRegistry(text: string): boolean {
  return REGISTRY.test(text) && hasHost(text);
}

/**
 * The beginning of image names that a registry stands for: a host ends with a slash, so that it is not the beginning of
 * another host; a path does not, because it may be a repository itself.
 */
export function registryPrefix(registry: string): string {
  const text = registry.replace(/\/$/, '').replace(/^index\.docker\.io(?=\/|$)/, DEFAULT_REGISTRY);
  return text.includes('/') ? text : `${text}/`;
}

/**
 * CEL: the full name of an image, as container runtimes complete it. The first part is a host when it has a dot, a colon or
 * an upper-case letter, or is `localhost` (github.com/distribution/reference, `splitDockerDomain`).
 * @param images a list of image names
 */
export function fullNames(images: string): string {
  const first = "image.split('/')[0]";
  const host = `${first}.contains('.') || ${first}.contains(':') || ${first} == 'localhost' || ${first} != ${first}.lowerAscii()`;
  return [
    images,
    `.map(image, image.contains('/') && (${host}) ? image : '${DEFAULT_REGISTRY}/' + image)`,
    '.map(image, image.startsWith(\'index.docker.io/\') ? image.substring(6) : image)',
    `.map(image, image.startsWith('${DEFAULT_REGISTRY}/') && !image.substring(10).contains('/') ? '${DEFAULT_REGISTRY}/library/' + image.substring(10) : image)`,
  ].join('');
}

/**
 * CEL: whether a full name lies below a prefix.
 * @param name the full name
 * @param prefix a prefix made by `registryPrefix`
 */
export function liesBelow(name: string, prefix: string): string {
  const repository = `${name} == ${prefix} || ${name}.startsWith(${prefix} + '/') || ${name}.startsWith(${prefix} + ':') || ${name}.startsWith(${prefix} + '@')`;
  return `(${prefix}.endsWith('/') ? ${name}.startsWith(${prefix}) : (${repository}))`;
}

/** CEL: the last part of an image's name, where the tag is; a port stands before it. */
export function lastPart(image: string): string {
  return `${image}.substring(${image}.lastIndexOf('/') + 1)`;
}

function hasHost(text: string): boolean {
  const first = text.split('/')[0];
  return first.includes('.') || first.includes(':') || first === 'localhost';
}
