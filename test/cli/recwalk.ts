import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const main = join(root, 'dist/src/cli/main.js');
const script = join(root, 'dist/explorer.js');
export const fixture = (name: string) => join('test/cli/fixtures', name);

/** What a finished program left. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A pipe on both ends, and no wish for colours; no PATH, so that no QEMU is ever found. */
export const plain = { HOME: tmpdir(), PATH: '/nonexistent' };

/** Runs the built program to its end. */
export function recwalk(args: readonly string[], env: NodeJS.ProcessEnv = plain): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const options = { cwd: root, env, maxBuffer: 2 ** 28 };
    execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else
        resolve({ code: error === null ? 0 : (error.code as unknown as number), stdout, stderr });
    });
  });
}

const newest = (folder: string): number =>
  Math.max(
    ...readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(tsx?|css)$/.test(entry.name))
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );

const isStale = (): boolean => {
  const built = [main, script].map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs);
  return Math.min(...built.map((at) => at ?? 0)) < Math.max(newest('src'), newest('machines'));
};

/** What `npm run prepare` runs. */
const TOOLS = [
  ['typescript/bin/tsc', '-p', '.'],
  ['rolldown/bin/cli.mjs', '-c', 'src/explorer/view/rolldown.config.js'],
] as const;

/** Longest time that a build may take, in milliseconds; a lock that is older was left by the dead. */
const LONGEST = 180_000;

/**
 * Builds dist/ if a source is newer than it. Test files run side by side, so one builds and the
 * others wait.
 */
export function build(): void {
  const lock = join(tmpdir(), `recwalk-build-${createHash('sha256').update(root).digest('hex')}`);
  while (isStale()) {
    try {
      mkdirSync(lock);
    } catch {
      const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > LONGEST) rmSync(lock, { recursive: true, force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      continue;
    }
    try {
      if (!isStale()) return;
      for (const [tool, ...args] of TOOLS) {
        const { status, stdout, stderr } = spawnSync(
          process.execPath,
          [join(root, 'node_modules', tool), ...args],
          { cwd: root, encoding: 'utf8' },
        );
        if (status !== 0) throw new Error(`the sources do not compile:\n${stdout}${stderr}`);
      }
      chmodSync(main, 0o755);
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
}
