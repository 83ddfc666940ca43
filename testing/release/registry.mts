// A registry of our own on loopback: our scope is kept in a temporary folder, everything else comes from the
// registry that this machine uses.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where to put it and what it stands in front of. */
export interface RegistryOptions {
  readonly folder: string;
  readonly scope: string;
  readonly upstream: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What the registry knows of one package. */
export interface PublishedPackage {
  readonly versions: string[];
  readonly latest?: string;
}

/** A running Verdaccio and a throw-away user of it. */
export class Registry {
  /** Starts it and signs up the user that publishes. */
  static async start(options: RegistryOptions): Promise<Registry> {
    const { folder, scope, upstream, env } = options;
    mkdirSync(folder, { recursive: true });
    const config = path.join(folder, 'config.yaml'); // JSON is YAML
    writeFileSync(config, JSON.stringify({
      storage: path.join(folder, 'storage'),
      web: { enable: false },
      auth: { htpasswd: { file: path.join(folder, 'htpasswd') } },
      uplinks: { upstream: { url: upstream, cache: false } },
      packages: {
        [`${scope}/*`]: { access: '$all', publish: '$authenticated' }, // no uplink: a released version never shows through
        '**': { access: '$all', proxy: 'upstream' },
      },
      log: { type: 'stdout', format: 'pretty', level: 'warn' },
    }));
    const log = path.join(folder, 'verdaccio.log');
    const out = openSync(log, 'w');
    const child = fork(path.join(import.meta.dirname, 'registry-server.mts'), [config], { cwd: folder, env, stdio: ['ignore', out, out, 'ipc'] });
    const [port] = await Promise.race([
      once(child, 'message') as Promise<number[]>,
      once(child, 'exit').then(() => { throw new Error(`Verdaccio did not start:\n${readFileSync(log, 'utf8')}`); }),
    ]);
    const registry = new Registry(`http://127.0.0.1:${port}/`, scope, () => child.kill());
    await registry.signUp();
    return registry;
  }

  readonly url: string;
  readonly scope: string;
  readonly stop: () => void;
  private token = '';

  private constructor(url: string, scope: string, stop: () => void) {
    this.url = url;
    this.scope = scope;
    this.stop = stop;
  }

  /** The .npmrc of a project that publishes: our scope goes here, the rest comes from where the user has it from. */
  get publisher(): string {
    return `${this.scope}:registry=${this.url}\n//${new URL(this.url).host}/:_authToken=${this.token}\n`;
  }

  /** The .npmrc of a project that installs; its lockfile shows where each package came from. */
  get consumer(): string {
    return `${this.scope}:registry=${this.url}\nomit-lockfile-registry-resolved=false\n`;
  }

  /** The .npmrc of a project that knows this registry only. */
  get everything(): string {
    return `registry=${this.url}\nomit-lockfile-registry-resolved=false\n`;
  }

  /** What has been published under a name. */
  async published(name: string): Promise<PublishedPackage> {
    const response = await fetch(`${this.url}${name.replace('/', '%2f')}`);
    if (response.status === 404) return { versions: [] };
    if (!response.ok) throw new Error(`${name}: the registry answered ${response.status}`);
    const document = await response.json() as { 'versions': Record<string, unknown>; 'dist-tags': { latest?: string } };
    return { versions: Object.keys(document.versions).sort(), latest: document['dist-tags'].latest };
  }

  private async signUp(): Promise<void> {
    const body = JSON.stringify({ name: 'release-test', password: crypto.randomUUID() });
    const response = await fetch(`${this.url}-/user/org.couchdb.user:release-test`, {
      method: 'PUT', headers: { 'content-type': 'application/json' }, body,
    });
    if (!response.ok) throw new Error(`the registry refused a user: ${response.status} ${await response.text()}`);
    this.token = (await response.json() as { token: string }).token;
  }
}
