import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { lock } from './lock.js';

export const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');
/** The file of a build that holds the digest of its sources. */
const DIGEST = 'sources.sha256';
/** The folder in which a build is made before it replaces the current one. */
const workshop = join(root, '.build');

/** The folders and files that the digest covers. */
const FOLDERS = ['src', 'machines'];
const FILES = ['bin/build.js', 'bin/lock.js', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Whether this is a clone, which has the sources beside the build. An installed package has only the build. */
export const isClone = () => existsSync(join(root, 'src/cli/main.ts'));

/** Whether a build of the current sources exists. */
export const isFresh = () => digestOf(dist) === digestOfSources();

/** @param {string} build */
function digestOf(build) {
  try {
    return readFileSync(join(build, DIGEST), 'utf8').trim();
  } catch {
    return undefined;
  }
}

function digestOfSources() {
  const sources = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(tsx?|js|css)$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  );
  const hash = createHash('sha256');
  for (const file of [...sources.sort(), ...FILES]) {
    const path = join(root, file);
    const text = existsSync(path) ? readFileSync(path) : '';
    hash.update(`${file}\n${text.length}\n`).update(text);
  }
  return hash.digest('hex');
}

/**
 * Builds in a folder of its own and then replaces the current build. If the sources do not compile, the current build
 * stays. One process builds at a time, and the others wait for it.
 *
 * @param {boolean} always build even if the build is fresh
 * @returns {Promise<string | undefined>} the reason why there is no fresh build, in one line
 */
export async function build(always) {
  try {
    mkdirSync(workshop, { recursive: true });
    const release = await waitForLock();
    try {
      if (!always && isFresh()) return undefined;
      do {
        const fault = await buildOnce();
        if (fault !== undefined) return fault;
        // A source may have been edited meanwhile.
      } while (!isFresh());
      return undefined;
    } finally {
      release();
    }
  } catch (error) {
    const { message, code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === undefined) throw error;
    return message;
  }
}

async function waitForLock() {
  for (;;) {
    const taken = lock(join(workshop, 'lock'));
    if ('release' in taken) return taken.release;
    await setTimeout(100);
  }
}

async function buildOnce() {
  for (const left of readdirSync(workshop))
    if (left !== 'lock') rmSync(join(workshop, left), { recursive: true, force: true });
  const next = join(workshop, `next-${process.pid}`);
  const digest = digestOfSources();
  const tools = [
    ['typescript/bin/tsc', '-p', 'tsconfig.json', '--outDir', next],
    [
      'rolldown/bin/cli.mjs',
      ...['-c', 'src/explorer/view/rolldown.config.js', '-o', join(next, 'explorer.js')],
    ],
  ];
  for (const [tool = '', ...args] of tools) {
    const path = join(root, 'node_modules', tool);
    if (!existsSync(path)) return `${tool} is not installed; run npm ci`;
    const fault = await run(path, args);
    if (fault === undefined) continue;
    rmSync(next, { recursive: true, force: true });
    return fault;
  }
  writeFileSync(join(next, DIGEST), `${digest}\n`);
  takePlace(next);
  return undefined;
}

/** @param {string} next */
function takePlace(next) {
  const last = join(workshop, `last-${process.pid}`);
  const before = existsSync(dist);
  if (before) renameSync(dist, last);
  try {
    renameSync(next, dist);
  } catch (error) {
    if (before) renameSync(last, dist);
    throw error;
  }
  rmSync(last, { recursive: true, force: true });
}

/**
 * Runs a tool to its end; returns its first error line and the number of further ones, or undefined on success.
 *
 * @param {string} path
 * @param {readonly string[]} args
 * @returns {Promise<string | undefined>}
 */
async function run(path, args) {
  const child = spawn(process.execPath, [path, ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => {
      output += text;
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve(status ?? signal));
  });
  if (code === 0) return undefined;
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const errors = lines.filter((line) => /\berror\b/i.test(line));
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `${errors[0] ?? lines[0] ?? `${path} ended with ${code}`}${more}`;
}

// npm run prepare
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const fault = await build(true);
  if (fault !== undefined) {
    process.stderr.write(
      `recwalk: RW055: the sources do not build, and the last build stays unchanged: ${fault}\n`,
    );
    process.exitCode = 2;
  }
}
