// A control plane on loopback: etcd and kube-apiserver, and the two controllers of kube-controller-manager that a verdict waits for.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from './api-client.mts';
import { Processes } from './processes.mts';
import type { Program } from './programs.mts';

/** Longer than any machine needs. */
const PATIENCE = 60_000;

/** Controllers that a verdict waits for; any other would change what a case asks about. */
const CONTROLLERS: readonly string[] = ['clusterrole-aggregation-controller', 'validatingadmissionpolicy-status-controller'];

/** A running control plane. */
export class ControlPlane {
  /**
   * Makes its temporary folder; `stop` or `kill` has to follow, whether it was started or not.
   *
   * @param more controllers beside those that a verdict waits for
   */
  static prepare(programs: ReadonlyMap<Program, string>, more: readonly string[] = []): ControlPlane {
    return new ControlPlane(mkdtempSync(path.join(tmpdir(), 'viridial-cluster-')), programs, [...CONTROLLERS, ...more]);
  }

  private readonly folder: string;
  private readonly programs: ReadonlyMap<Program, string>;
  private readonly controllers: readonly string[];
  private readonly processes: Processes;
  private readonly tokens = { admin: randomBytes(24).toString('hex'), controllers: randomBytes(24).toString('hex') };
  private api: ApiClient | undefined;
  private port = 0;
  private server = { major: 0, minor: 0, text: '' };

  private constructor(folder: string, programs: ReadonlyMap<Program, string>, controllers: readonly string[]) {
    this.folder = folder;
    this.programs = programs;
    this.controllers = controllers;
    this.processes = new Processes(folder);
  }

  /** An administrator's client. */
  get client(): ApiClient {
    return this.api!;
  }

  /** The version that the server says it has. */
  get version(): { readonly major: number; readonly minor: number; readonly text: string } {
    return this.server;
  }

  /** Ends everything and removes the folder. */
  async stop(): Promise<void> {
    this.api?.close();
    await this.processes.stop();
    this.removeFolder();
  }

  /** The same at once, when a signal ends the process. */
  kill(): void {
    this.processes.kill();
    this.removeFolder();
  }

  /** Starts the programs and waits until the API server is ready. */
  async start(): Promise<void> {
    const [etcdPort, peerPort, port] = await freePorts(3) as [number, number, number];
    this.port = port;
    const etcd = `http://127.0.0.1:${etcdPort}`;
    const peers = `http://127.0.0.1:${peerPort}`;
    this.processes.start('etcd', this.programs.get('etcd')!, [
      '--name', 'test', '--data-dir', path.join(this.folder, 'etcd'), '--unsafe-no-fsync', '--log-level', 'warn',
      '--listen-client-urls', etcd, '--advertise-client-urls', etcd,
      '--listen-peer-urls', peers, '--initial-advertise-peer-urls', peers, '--initial-cluster', `test=${peers}`,
    ]);
    const { certificates, key } = this.writeKeys();
    this.processes.start('kube-apiserver', this.programs.get('kube-apiserver')!, [
      '--etcd-servers', etcd, '--bind-address', '127.0.0.1', '--advertise-address', '127.0.0.1', '--secure-port', String(port),
      '--endpoint-reconciler-type', 'none', // an address on loopback is no valid endpoint
      '--cert-dir', certificates, '--token-auth-file', path.join(this.folder, 'tokens.csv'),
      '--authorization-mode', 'RBAC', '--allow-privileged', '--service-cluster-ip-range', '10.96.0.0/16',
      '--service-account-issuer', 'https://kubernetes.default.svc.cluster.local',
      '--service-account-key-file', key, '--service-account-signing-key-file', key,
    ]);
    await this.until('the API server is ready', async () => this.isReady(certificates));
    const { gitVersion, major, minor } = await this.client.must('GET', '/version');
    this.server = { major: parseInt(major, 10), minor: parseInt(minor, 10), text: gitVersion };
    const manager = this.programs.get('kube-controller-manager');
    if (manager !== undefined) this.startControllers(manager, certificates);
  }

  /** Waits for something, as long as every program runs. */
  readonly until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
    const deadline = performance.now() + PATIENCE;
    while (!await holds()) {
      this.processes.check();
      if (performance.now() > deadline) throw new Error(`waited ${PATIENCE / 1000} s in vain until ${what}`);
      await sleep(100);
    }
  };

  private writeKeys(): { certificates: string; key: string } {
    const certificates = path.join(this.folder, 'certificates');
    mkdirSync(certificates, { mode: 0o700 });
    const key = path.join(this.folder, 'service-accounts.key');
    writeFileSync(key, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
    writeFileSync(path.join(this.folder, 'tokens.csv'),
      `${this.tokens.admin},admin,admin,"system:masters"\n${this.tokens.controllers},system:kube-controller-manager,controllers,"system:masters"\n`, { mode: 0o600 });
    return { certificates, key };
  }

  private async isReady(certificates: string): Promise<boolean> {
    try {
      this.api ??= new ApiClient({ port: this.port, token: this.tokens.admin, ca: readFileSync(path.join(certificates, 'apiserver.crt')) });
      return (await this.api.send('GET', '/readyz')).status === 200;
    } catch (error) {
      if (/CERT/.test((error as NodeJS.ErrnoException).code ?? '')) throw error; // waiting cures what is not there yet, but not this
      return false;
    }
  }

  private startControllers(manager: string, certificates: string): void {
    const kubeconfig = path.join(this.folder, 'controllers.kubeconfig');
    writeFileSync(kubeconfig, JSON.stringify({
      'apiVersion': 'v1',
      'kind': 'Config',
      'current-context': 'test',
      'clusters': [{ name: 'test', cluster: { 'server': `https://127.0.0.1:${this.port}`, 'certificate-authority': path.join(certificates, 'apiserver.crt') } }],
      'users': [{ name: 'controllers', user: { token: this.tokens.controllers } }],
      'contexts': [{ name: 'test', context: { cluster: 'test', user: 'controllers' } }],
    }), { mode: 0o600 });
    this.processes.start('kube-controller-manager', manager, [
      '--kubeconfig', kubeconfig, '--authentication-kubeconfig', kubeconfig, '--authorization-kubeconfig', kubeconfig,
      '--leader-elect=false', '--secure-port', '0',
      '--controllers', this.controllers.join(','),
    ]);
  }

  private removeFolder(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(servers.map(async (server) => new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  })));
  await Promise.all(servers.map(async (server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
