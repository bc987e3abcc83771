import { open, realpath, rename, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DeviceFailure, isOfDevice } from '../../model/deviceFailure.js';
import { UserError } from '../../model/userError.js';
import { withDraft } from './drafts.js';

/** Characters per write. */
const CHUNK = 1 << 16;

/**
 * Writes pieces to a file, or to stdout if `file` is undefined. The file gets its name only when it is whole. Returns
 * false if the signal aborted first; then there is no file. Creates parent folders. Throws RW028 if the file cannot be
 * written.
 */
export async function writeFileAtomic(
  pieces: Iterable<string> | AsyncIterable<string>,
  file: string | undefined,
  signal: AbortSignal,
  option = '-o',
): Promise<boolean> {
  if (file !== undefined) return writeFile(pieces, file, signal, option);
  for await (const chunk of chunks(pieces)) {
    if (!process.stdout.write(chunk))
      await new Promise((resolve) => process.stdout.once('drain', resolve));
    // Signals are handled only between turns of the event loop.
    await new Promise(setImmediate);
    if (signal.aborted) return false;
  }
  return true;
}

/** Throws RW028 if a file cannot be written. For use before the work whose result it will hold; leaves no file. */
export async function assertWritable(file: string | undefined, option = '-o'): Promise<void> {
  if (file === undefined) return;
  await refused(file, option, async () =>
    withDraft(await placeOf(file, option), async (draft) => {
      await (await open(draft, 'w')).close();
      return false;
    }),
  );
}

const writeFile = (
  pieces: Iterable<string> | AsyncIterable<string>,
  file: string,
  signal: AbortSignal,
  option: string,
): Promise<boolean> =>
  refused(file, option, async () => {
    const path = await placeOf(file, option);
    return withDraft(path, async (draft) => {
      const handle = await open(draft, 'w');
      try {
        for await (const chunk of chunks(pieces)) {
          await handle.writeFile(chunk);
          if (signal.aborted) return false;
        }
      } finally {
        await handle.close();
      }
      await rename(draft, path);
      return true;
    });
  });

/** The path to write: the target of a link, so that the link remains. */
async function placeOf(file: string, option: string): Promise<string> {
  const there = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && file !== '') return undefined;
    throw error;
  });
  if (there === undefined) return resolve(file);
  if (!there.isFile())
    throw new UserError(
      'RW028',
      `${option} ${file} exists and is not a file; give the path of a file`,
    );
  return realpath(file);
}

/** Turns system errors into UserErrors (RW028), or into DeviceFailure for a failing device. */
async function refused<T>(file: string, option: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    if (isOfDevice(code)) throw new DeviceFailure(`${option} ${file}`, code);
    throw new UserError(
      'RW028',
      `${option} ${file} cannot be written (${code}); give the path of a file`,
    );
  }
}

async function* chunks(pieces: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = '';
  for await (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
