import { realpathSync, statSync } from 'node:fs';
import { lock } from '../../../bin/lock.js';
import { UserError } from '../../model/userError.js';

/**
 * Keeps other processes from a checkpoint until it is released or this process ends. Throws RW056 if a process that runs
 * has it, RW030 if no lock can be written beside it.
 */
export function lockCheckpoint(file: string): { release(): void } {
  try {
    // Of two names of one file both are locked.
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
