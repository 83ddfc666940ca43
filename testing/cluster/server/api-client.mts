// Speaks to the API server over connections that stay open, with many requests in flight.
import { request, Agent } from 'node:https';

/** An answer of the API server. */
export interface Answer {
  readonly status: number;
  readonly body: any;
  /** The texts of its Warning headers. */
  readonly warnings: string[];
}

/** Who asks, when it is not the administrator himself. */
export interface Impersonation {
  readonly user: string;
  readonly groups: string[];
}

/** What a request may say beside its path. */
export interface RequestOptions {
  readonly body?: unknown;
  readonly as?: Impersonation;
  readonly contentType?: string;
}

/** How many requests are in flight at once: enough to keep two cores busy. */
const IN_FLIGHT = 24;

/** A client with one credential. */
export class ApiClient {
  private readonly port: number;
  private readonly token: string;
  private readonly agent: Agent;

  constructor({ port, token, ca }: { readonly port: number; readonly token: string; readonly ca: Buffer }) {
    this.port = port;
    this.token = token;
    this.agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT, ca });
  }

  /** Sends a request; whatever the server answers is an answer. */
  async send(method: string, path: string, { body, as, contentType = 'application/json' }: RequestOptions = {}): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers: Record<string, string | string[]> = {
      authorization: `Bearer ${this.token}`,
      accept: 'application/json',
      ...(text === undefined ? {} : { 'content-type': contentType, 'content-length': String(Buffer.byteLength(text)) }),
      ...(as === undefined ? {} : { 'impersonate-user': as.user, 'impersonate-group': as.groups }),
    };
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: this.port, path, method, headers, agent: this.agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(chunks).toString()), warnings: warningsOf(response.rawHeaders) }));
      });
      sent.on('error', reject);
      sent.end(text);
    });
  }

  /** Sends a request that has to succeed, and returns what came back. */
  async must(method: string, path: string, options: RequestOptions = {}): Promise<any> {
    const { status, body } = await this.send(method, path, options);
    if (status < 300) return body;
    throw new Error(`${method} ${path} was answered with ${status}: ${body?.message ?? JSON.stringify(body)}\n${JSON.stringify(options.body)}`);
  }

  /** Closes its connections. */
  close(): void {
    this.agent.destroy();
  }
}

/** Does something with every item, many at once, and keeps the order. */
export async function forEachAtOnce<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index]!, index);
  };
  await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, items.length) }, worker));
  return results;
}

function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `299 - "text"`, as RFC 7234 writes a warning. */
function warningsOf(rawHeaders: string[]): string[] {
  return rawHeaders.flatMap((name, index) => {
    if (index % 2 === 1 || name.toLowerCase() !== 'warning') return [];
    const text = /^299 \S+ "(.*)"$/s.exec(rawHeaders[index + 1]!);
    return text === null ? [] : [text[1]!.replace(/\\(.)/g, '$1')];
  });
}
