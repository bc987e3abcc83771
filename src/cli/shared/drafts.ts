import { rmSync } from 'node:fs';
import { mkdir, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Files and folders being written, which do not have their final names yet. */
const open = new Set<string>();

process.on('exit', () => {
  for (const draft of open) remove(draft);
});

/**
 * Calls `write` with a draft path next to `path`. `write` renames the draft to `path` when the file or folder is whole,
 * and returns true. Creates parent folders. However the process ends, except by kill -9, no draft remains, and no
 * parent folder that was created for nothing.
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
    // A draft that could not be created does not exist.
  }
}

/** Removes empty folders, from `folder` up to `first`. */
async function removeEmpty(folder: string, first: string): Promise<void> {
  try {
    for (let one = folder; one.length >= first.length; one = dirname(one)) await rmdir(one);
  } catch {
    // Another program has put something into the folder.
  }
}
