import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { UserError } from '../../model/userError.js';

/** The reason why a path is not a readable file: the system's error code or `no file`; undefined if it is readable. */
export function unreadable(path: string): string | undefined {
  try {
    if (!statSync(path).isFile()) return 'no file';
    accessSync(path, constants.R_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}

/**
 * Throws RW014 if there is no such file, RW057 if it cannot be read. `instead` is the advice at the end of the message.
 */
export function assertReadable(file: string, instead: string): void {
  const why = unreadable(file);
  if (why === undefined) return;
  if (['no file', 'ENOENT', 'ENOTDIR'].includes(why))
    throw new UserError('RW014', `there is no file ${file}; ${instead}`);
  throw new UserError('RW057', `${file} cannot be read (${why}); ${instead}`);
}

/** The text of a file that the user named. Throws as `assertReadable` does. */
export function readText(file: string, instead: string): string {
  assertReadable(file, instead);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // A file may be too large for a string.
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError('RW057', `${file} cannot be read (${code}); ${instead}`);
  }
}
