import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { packageRoot } from './version.js';

type Load = (url: string, context: object, next: (url: string, context: object) => unknown) => void;
/** Node has it from 22.15 on. */
const { registerHooks } = module as {
  registerHooks?: (hooks: { load: Load }) => { deregister(): void };
};

/** For older ones: hooks run in a thread of their own, which tells what it loads. */
const HOOKS = `let port;
export function initialize(given) { port = given; }
export function load(url, context, next) { port.postMessage(url); return next(url, context); }`;

/**
 * Finds out which files are loaded from now on as code: modules, what they import and require, in whatever language.
 * What it returns ends that, and gives the digest of their contents; empty where no file was loaded.
 */
export function recordLoads(): () => string {
  const urls: string[] = [];
  const { cache } = createRequire(import.meta.url);
  const before = new Set(Object.keys(cache));
  const end = recordImports(urls);
  return () => {
    end();
    const files = [
      ...urls
        .filter((url) => url.startsWith('file:'))
        .map((url) => fileURLToPath(url.split('?')[0]!)),
      ...Object.keys(cache).filter((file) => !before.has(file)),
    ];
    return digestOf(files.filter((file) => isAbsolute(file) && !isOurs(file)));
  };
}

function recordImports(urls: string[]): () => void {
  if (registerHooks !== undefined) {
    const load: Load = (url, context, next) => {
      urls.push(url);
      return next(url, context);
    };
    const hooks = registerHooks({ load });
    return () => hooks.deregister();
  }
  const { port1, port2 } = new MessageChannel();
  port1.unref();
  module.register(`data:text/javascript,${encodeURIComponent(HOOKS)}`, {
    data: port2,
    transferList: [port2],
  });
  return () => {
    for (let told = receiveMessageOnPort(port1); told; told = receiveMessageOnPort(port1))
      urls.push(told.message);
  };
}

const isOurs = (file: string): boolean =>
  file.startsWith(fileURLToPath(new URL('dist/', packageRoot)));

/** Where a project stands does not matter, only what is in it. */
function digestOf(files: readonly string[]): string {
  if (files.length === 0) return '';
  const hash = createHash('sha256');
  for (const file of [...new Set(files)].sort()) {
    hash.update(`${relative(process.cwd(), file)}\0`);
    hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}
