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

  /** Path of the collection that an object is created in; of all namespaces when `everywhere`. */
  async collection(object: Record<string, any>, everywhere = false): Promise<string> {
    const resource = await this.resourceOf(object);
    const root = rootOf(object);
    return resource.namespaced && !everywhere ? `${root}/namespaces/${object.metadata.namespace ?? 'default'}/${resource.name}` : `${root}/${resource.name}`;
  }

  /** Path of an object. */
  async place(object: Record<string, any>): Promise<string> {
    return `${await this.collection(object)}/${object.metadata.name}`;
  }

  /** Group and resource as rules name them. */
  async names(object: Record<string, any>): Promise<{ readonly apiGroup: string; readonly resource: string; readonly namespaced: boolean }> {
    const { name, namespaced } = await this.resourceOf(object);
    return { apiGroup: object.apiVersion.includes('/') ? object.apiVersion.split('/')[0] : '', resource: name, namespaced };
  }

  private async resourceOf(object: Record<string, any>): Promise<Resource> {
    const root = rootOf(object);
    if (!this.known.has(root)) this.known.set(root, this.client.must('GET', root).then(({ resources }) => resources as Resource[]));
    const resource = (await this.known.get(root)!).find((each) => each.kind === object.kind && !each.name.includes('/'));
    if (resource === undefined) throw new Error(`the API server has no ${object.kind} in ${object.apiVersion}`);
    return resource;
  }
}

function rootOf({ apiVersion }: Record<string, any>): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
