import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Folder for kernels and built guests: $RECWALK_CACHE, or recwalk in the user's cache folder. */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  if (env.RECWALK_CACHE) return env.RECWALK_CACHE;
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'recwalk');
}

/**
 * The folder `path`, filled by `fill` unless it is there already.
 *
 * It is filled under another name and renamed when complete, so a folder with the right name is
 * always a finished one, also after a crash and with two processes filling it at once.
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
    // Somebody else was faster, and theirs is as good.
    if (!existsSync(path)) throw error;
  }
  return path;
}
