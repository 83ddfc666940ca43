// Where objects live on the API server, as its discovery documents say.
import type { ApiClient } from './api-client.mts';

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Paths of objects. */
export class Resources {
  private readonly client: ApiClient;
  private readonly known = new Map<string, Promise<Resource[]>>();

  constructor(client: ApiClient) {
    this.client = client;
  }

  /** Path of the collection that an object is created in. */
  async collection({ apiVersion, kind, metadata }: Record<string, any>): Promise<string> {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    if (!this.known.has(root)) this.known.set(root, this.client.must('GET', root).then(({ resources }) => resources as Resource[]));
    const resource = (await this.known.get(root)!).find((each) => each.kind === kind && !each.name.includes('/'));
    if (resource === undefined) throw new Error(`the API server has no ${kind} in ${apiVersion}`);
    return resource.namespaced ? `${root}/namespaces/${metadata.namespace ?? 'default'}/${resource.name}` : `${root}/${resource.name}`;
  }

  /** Path of an object. */
  async place(object: Record<string, any>): Promise<string> {
    return `${await this.collection(object)}/${object.metadata.name}`;
  }
}
