import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { packageRoot } from './version.js';

type Load = (url: string, context: object, next: (url: string, context: object) => unknown) => void;
/** Available from Node 22.15. */
const { registerHooks } = module as {
  registerHooks?: (hooks: { load: Load }) => { deregister(): void };
};

/** For older versions of Node: these hooks run in a thread of their own, which posts each URL that it loads. */
const HOOKS = `let port;
export function initialize(given) { port = given; }
export function load(url, context, next) { port.postMessage(url); return next(url, context); }`;

/**
 * Records the files that are loaded as code from now on: modules, and what they import and require, in any language.
 * The returned function stops the recording and returns the digest of their contents, or an empty string if no file was
 * loaded.
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
    for (let posted = receiveMessageOnPort(port1); posted; posted = receiveMessageOnPort(port1))
      urls.push(posted.message);
  };
}

const isOurs = (file: string): boolean =>
  file.startsWith(fileURLToPath(new URL('dist/', packageRoot)));

/**
 * Digest of the contents and of the paths relative to the working directory: the location of a project does not matter.
 */
function digestOf(files: readonly string[]): string {
  if (files.length === 0) return '';
  const hash = createHash('sha256');
  for (const file of [...new Set(files)].sort()) {
    hash.update(`${relative(process.cwd(), file)}\0`);
    hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}
