import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** The folder for kernels and built guests: $RECWALK_CACHE, or recwalk in the user's cache folder. */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  if (env.RECWALK_CACHE) return env.RECWALK_CACHE;
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'recwalk');
}

/**
 * The folder `path`; `fill` creates its contents unless the folder exists.
 *
 * The folder is filled under another name and renamed when complete. A folder of this name is therefore always
 * complete, even after a crash or when two processes fill it at once. Throws what `fill` throws.
 */
export async function finished(
  path: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  if (existsSync(path)) return path;
  await mkdir(dirname(path), { recursive: true });
  const half = await mkdtemp(`${path}.half-`);
  try {
    await fill(half);
    await rename(half, path);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    // Another process may have finished first; its folder is equivalent.
    if (!existsSync(path)) throw error;
  }
  return path;
}
