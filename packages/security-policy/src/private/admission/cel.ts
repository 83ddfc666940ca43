/** CEL: a text literal. */
export function text(value: string): string {
  return `'${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n')}'`;
}

/** CEL: a list of texts, in one order and each once. */
export function textList(values: readonly string[]): string {
  return `[${[...new Set(values)].sort().map(text).join(', ')}]`;
}

/** CEL: a field that is a list, or an empty one. */
export function listOf(owner: string, field: string): string {
  return `(has(${owner}.${field}) ? ${owner}.${field} : [])`;
}

/**
 * CEL: whether the labels or annotations of an object have a key.
 * @param owner the object
 * @param map `labels` or `annotations`
 * @param key the key
 */
export function hasKey(owner: string, map: 'annotations' | 'labels', key: string): string {
  return `(has(${owner}.metadata.${map}) && ${text(key)} in ${owner}.metadata.${map})`;
}

/**
 * CEL: the list that an annotation of the request's namespace holds.
 * @param annotation key of the annotation
 * @param otherwise what holds where the namespace says nothing
 */
export function factList(annotation: string, otherwise: readonly string[]): string {
  return `${hasKey('namespaceObject', 'annotations', annotation)} ? namespaceObject.metadata.annotations[${text(annotation)}].split(',') : ${textList(otherwise)}`;
}
