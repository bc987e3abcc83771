import { mkdir, readdir, rename, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DeviceFailure, isOfDevice } from '../../model/deviceFailure.js';
import { UserError } from '../../model/userError.js';
import { withDraft } from './drafts.js';

/** A file to write into a folder; its name may contain folders. */
export interface Named {
  readonly name: string;
  readonly text: string;
}

/**
 * Writes files into a new folder, which gets its name only when all files are whole. Returns false if the signal
 * aborted first; then there is no folder. Creates parent folders. Throws RW039 if the folder exists and is not empty,
 * or cannot be written: nothing is overwritten.
 */
export const writeDirAtomic = (
  files: AsyncIterable<Named>,
  folder: string,
  signal: AbortSignal,
): Promise<boolean> =>
  draftOf(folder, async (draft, path) => {
    for await (const { name, text } of files) {
      const file = join(draft, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    if (signal.aborted) return false;
    await rmdir(path).catch(() => {});
    await rename(draft, path);
    return true;
  });

/**
 * Throws RW039 unless the folder can be created, or exists and is empty. For use before the work whose result it will
 * hold.
 */
export async function assertFree(folder: string): Promise<void> {
  await draftOf(folder, async () => false);
}

async function draftOf(
  folder: string,
  write: (draft: string, path: string) => Promise<boolean>,
): Promise<boolean> {
  try {
    await assertEmpty(folder);
    const path = resolve(folder);
    return await withDraft(path, async (draft) => {
      await mkdir(draft);
      return write(draft, path);
    });
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    if (isOfDevice(code)) throw new DeviceFailure(`-o ${folder}`, code);
    throw new UserError(
      'RW039',
      `-o ${folder} cannot be written (${code}); give the path of a new folder`,
    );
  }
}

async function assertEmpty(folder: string): Promise<void> {
  const there = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (there === undefined) return;
  if (!there.isDirectory())
    throw new UserError(
      'RW039',
      `-o ${folder} exists and is not a folder; give the path of a new folder`,
    );
  if ((await readdir(folder)).length > 0)
    throw new UserError(
      'RW039',
      `-o ${folder} exists and is not empty; give the path of a new folder`,
    );
}
