import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { Fault } from '../model/fault.js';

/** Characters that are written at once. */
const CHUNK = 1 << 16;

/**
 * Writes pieces to a file, or to stdout where none is named. The file has its name only when it is
 * whole; false if the signal came before, and then there is none. Throws RW028 if it cannot be written.
 */
export async function writeOut(
  pieces: Iterable<string> | AsyncIterable<string>,
  file: string | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  if (file !== undefined) return writeFile(pieces, file, signal);
  for await (const chunk of chunks(pieces)) {
    if (!process.stdout.write(chunk))
      await new Promise((resolve) => process.stdout.once('drain', resolve));
    // Ctrl-C is heard between two turns of the event loop only.
    await new Promise(setImmediate);
    if (signal.aborted) return false;
  }
  return true;
}

async function writeFile(
  pieces: Iterable<string> | AsyncIterable<string>,
  file: string,
  signal: AbortSignal,
) {
  const there = await stat(file).catch(() => undefined);
  if (there !== undefined && !there.isFile())
    throw new Fault('RW028', `-o ${file} is there and no file; give the path of a file`);
  // What a link points to is written, and the link stays.
  const path = there === undefined ? file : await realpath(file);
  const draft = `${path}.${process.pid}.part`;
  try {
    const handle = await open(draft, 'w');
    try {
      for await (const chunk of chunks(pieces)) {
        await handle.write(chunk);
        if (signal.aborted) return false;
      }
    } finally {
      await handle.close();
    }
    await rename(draft, path);
    return true;
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new Fault('RW028', `-o ${file} cannot be written (${code}); give the path of a file`);
  } finally {
    // Where it could not be made it is not there.
    await rm(draft, { force: true }).catch(() => {});
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
