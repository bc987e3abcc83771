import { mkdir, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '../model/fault.js';

/** A file of a folder that is written; its name may hold folders. */
export interface Named {
  readonly name: string;
  readonly text: string;
}

/**
 * Writes files into a folder of their own, which has its name only when all of them are whole; false if the signal came before,
 * and then there is none. Throws RW039 if the folder is there and not empty, or cannot be written: nothing of anybody's is overwritten.
 */
export async function writeFolder(
  files: AsyncIterable<Named>,
  folder: string,
  signal: AbortSignal,
): Promise<boolean> {
  await assertFree(folder);
  const draft = `${folder.replace(/\/+$/, '')}.${process.pid}.part`;
  try {
    await mkdir(draft);
    for await (const { name, text } of files) {
      const path = join(draft, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
    if (signal.aborted) return false;
    await rmdir(folder).catch(() => {});
    await rename(draft, folder);
    return true;
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new Fault('RW039', `-o ${folder} cannot be written (${code}); give a folder to be made`);
  } finally {
    // Where it could not be made it is not there.
    await rm(draft, { recursive: true, force: true }).catch(() => {});
  }
}

/** Throws RW039 unless a folder can be made there, or is there and empty. */
export async function assertFree(folder: string): Promise<void> {
  const there = await stat(folder).catch(() => undefined);
  if (there === undefined) return;
  if (!there.isDirectory())
    throw new Fault('RW039', `-o ${folder} is there and no folder; give a folder to be made`);
  if ((await readdir(folder)).length > 0)
    throw new Fault('RW039', `-o ${folder} is there and not empty; give a folder to be made`);
}
