import { realpathSync, statSync } from 'node:fs';
import { lock } from '../../../bin/lock.js';
import { UserError } from '../../model/userError.js';

/**
 * Locks a checkpoint against other processes until its release or the end of this process. Throws RW056 if a running
 * process holds the lock, RW030 if no lock can be written next to the checkpoint.
 */
export function lockCheckpoint(file: string): { release(): void } {
  try {
    // Resolve links: one file has one lock under all of its names.
    const isThere = statSync(file, { throwIfNoEntry: false }) !== undefined;
    const taken = lock(`${isThere ? realpathSync(file) : file}.lock`);
    if ('release' in taken) return taken;
    throw new UserError(
      'RW056',
      `checkpoint ${file} is in use by process ${taken.heldBy}; wait until it ends, or give another file`,
    );
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new UserError(
      'RW030',
      `checkpoint ${file} cannot be written (${code}); give the path of a file`,
    );
  }
}
