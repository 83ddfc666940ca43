// Loaded before a program (NODE_OPTIONS=--import …): every attempt to leave the machine fails as it does without a
// network, and is written down in the file that NO_NETWORK_LOG names.
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';

function refused(what: string): Error {
  appendFileSync(process.env.NO_NETWORK_LOG!, `${what}\n`);
  return Object.assign(new Error(`no network here: ${what}`), { code: 'ENETUNREACH' });
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  const [target] = (Array.isArray(args[0]) ? args[0] : args) as [{ path?: string; host?: string; port?: number } | string | number];
  if (typeof target === 'object' && target.path) return connect.apply(this, args as never); // a socket of this machine
  const error = refused(`connect ${typeof target === 'object' ? `${target.host ?? 'localhost'}:${target.port}` : String(target)}`);
  process.nextTick(() => this.destroy(error));
  return this;
};

for (const lookup of ['lookup', 'resolve', 'resolve4', 'resolve6'] as const) {
  Object.assign(dns, {
    [lookup]: (name: string, ...rest: unknown[]) => {
      const error = refused(`${lookup} ${name}`);
      process.nextTick(rest.at(-1) as (error: Error) => void, error);
    },
  });
  Object.assign(dns.promises, { [lookup]: async (name: string) => { throw refused(`${lookup} ${name}`); } });
}
