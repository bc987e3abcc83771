import { rmSync } from 'node:fs';
import { mkdir, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Files and folders that are being written and have not got their names yet. */
const open = new Set<string>();

process.on('exit', () => {
  for (const draft of open) remove(draft);
});

/**
 * Calls `write` with the path at which a file or folder is written until it is whole; it then renames the draft to `path`
 * and returns true. Parent folders are made. However the process ends, but for a kill -9, no draft is left, and no folder
 * that was made for nothing.
 *
 * @param path an absolute path
 */
export async function withDraft(
  path: string,
  write: (draft: string) => Promise<boolean>,
): Promise<boolean> {
  const draft = `${path}.${process.pid}.part`;
  const made = await mkdir(dirname(path), { recursive: true });
  let isKept = false;
  open.add(draft);
  try {
    isKept = await write(draft);
    return isKept;
  } finally {
    remove(draft);
    open.delete(draft);
    if (!isKept && made !== undefined) await removeEmpty(dirname(path), made);
  }
}

function remove(draft: string): void {
  try {
    rmSync(draft, { recursive: true, force: true });
  } catch {
    // Where it could not be made it is not there.
  }
}

/** Removes empty folders, from `folder` up to `first`. */
async function removeEmpty(folder: string, first: string): Promise<void> {
  try {
    for (let one = folder; one.length >= first.length; one = dirname(one)) await rmdir(one);
  } catch {
    // Another program has put something into it.
  }
}
