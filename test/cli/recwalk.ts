import { execFile, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const main = join(root, 'dist/src/cli/main.js');
/** The program that `npx recwalk` runs. */
export const launcher = join(root, 'bin/recwalk.js');
export const fixture = (name: string) => join('test/cli/fixtures', name);

/** The output and exit code of a finished program. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Pipes for output, no color settings, and no PATH, so that no QEMU is found. */
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

/** Builds dist/ if a source has changed. Test files run in parallel: one builds, and the others wait. */
export function build(): void {
  const { status, stderr } = spawnSync(process.execPath, [launcher, '--version'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}
