import { execFile, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const main = join(root, 'dist/src/cli/main.js');
/** What `npx recwalk` runs. */
export const launcher = join(root, 'bin/recwalk.js');
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

/** Builds dist/ if a source is not as it was built from. Test files run side by side: one builds, the others wait. */
export function build(): void {
  const { status, stderr } = spawnSync(process.execPath, [launcher, '--version'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}
