import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from './version.js';

/** The file of the user's that is being loaded. */
let loading: string | undefined;
/** Files of the user's whose code may run at any time from now on. */
const loaded = new Set<string>();

/** Loads a file of the user's. Where its code throws or ends the process, then or later, the file is known. */
export async function loadingFile<T>(file: string, load: () => Promise<T>): Promise<T> {
  loading = file;
  loaded.add(file);
  try {
    const result = await load();
    // What it leaves for the next turn of the event loop fails here, and not after a verdict.
    await new Promise(setImmediate);
    return result;
  } finally {
    loading = undefined;
  }
}

export const fileBeingLoaded = (): string | undefined => loading;

/** The user's code, by the files that were loaded; undefined where there are none. */
export const userCode = (): string | undefined =>
  loaded.size === 0 ? undefined : `code of ${loading ?? [...loaded].join(' or ')}`;

/**
 * The user's code and the place in it that threw an error; undefined where our own code threw it. `unless` is the answer
 * where the error does not say.
 */
export function throwerOf(error: unknown, unless: string | undefined): string | undefined {
  if (loaded.size === 0) return undefined;
  const place = placesOf(error).find(({ file }) => isOurs(file) || !/\/node_modules\//.test(file));
  if (place === undefined) return unless;
  if (isOurs(place.file)) return undefined;
  const file = [...loaded].find((one) => resolve(one) === place.file) ?? place.file;
  return `code of ${file}, line ${place.line},`;
}

/** The places of an error's stack that are none of Node's own, the innermost first. */
function placesOf(error: unknown): { readonly file: string; readonly line: string }[] {
  const stack = error instanceof Error ? error.stack : undefined;
  if (typeof stack !== 'string') return [];
  return [...stack.matchAll(/^ +at (?:.*[ (])?(?:file:\/\/)?(\/[^:\n]+):(\d+):\d+\)?$/gm)].map(
    ([, file, line]) => ({ file: file!, line: line! }),
  );
}

const OURS = ['dist/', 'src/'].map((folder) => fileURLToPath(new URL(folder, packageRoot)));
const isOurs = (file: string): boolean => OURS.some((folder) => file.startsWith(folder));
