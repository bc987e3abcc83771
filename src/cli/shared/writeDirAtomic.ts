import { mkdir, readdir, rename, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DeviceFailure, isOfDevice } from '../../model/deviceFailure.js';
import { UserError } from '../../model/userError.js';
import { withDraft } from './drafts.js';

/** A file of a folder that is written; its name may hold folders. */
export interface Named {
  readonly name: string;
  readonly text: string;
}

/**
 * Writes files into a folder of their own, which has its name only when all of them are whole; false if the signal came before,
 * and then there is none. Parent folders are made. Throws RW039 if the folder is there and not empty, or cannot be written:
 * nothing of anybody's is overwritten.
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

/** Throws RW039 unless a folder can be made there, or is there and empty, before the work whose result it is to hold. */
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
      `-o ${folder} cannot be written (${code}); give a folder to be made`,
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
    throw new UserError('RW039', `-o ${folder} is there and no folder; give a folder to be made`);
  if ((await readdir(folder)).length > 0)
    throw new UserError('RW039', `-o ${folder} is there and not empty; give a folder to be made`);
}
