import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from './version.js';

/** The user's file that is being loaded. */
let loading: string | undefined;
/** The user's files whose code may run at any time from now on. */
const loaded = new Set<string>();

/** Loads a user's file, and records it, so that later errors and exits can be attributed to it. */
export async function loadingFile<T>(file: string, load: () => Promise<T>): Promise<T> {
  loading = file;
  loaded.add(file);
  try {
    const result = await load();
    // Code that the file left for the next turn of the event loop fails here, and not after a verdict.
    await new Promise(setImmediate);
    return result;
  } finally {
    loading = undefined;
  }
}

/** The user's file that is being loaded; undefined if none is. */
export const fileBeingLoaded = (): string | undefined => loading;

/** The user's code, named by the loaded files; undefined if no file was loaded. */
export const userCode = (): string | undefined =>
  loaded.size === 0 ? undefined : `code of ${loading ?? [...loaded].join(' or ')}`;

/**
 * The user's code and the line in it that threw an error; undefined if recwalk threw it. `unless` is the result if the
 * error does not identify the code.
 */
export function throwerOf(error: unknown, unless: string | undefined): string | undefined {
  if (loaded.size === 0) return undefined;
  const place = placesOf(error).find(({ file }) => isOurs(file) || !/\/node_modules\//.test(file));
  if (place === undefined) return unless;
  if (isOurs(place.file)) return undefined;
  const file = [...loaded].find((one) => resolve(one) === place.file) ?? place.file;
  return `code of ${file}, line ${place.line},`;
}

/** The frames of an error's stack that are not Node's own, the innermost first. */
function placesOf(error: unknown): { readonly file: string; readonly line: string }[] {
  const stack = error instanceof Error ? error.stack : undefined;
  if (typeof stack !== 'string') return [];
  return [...stack.matchAll(/^ +at (?:.*[ (])?(?:file:\/\/)?(\/[^:\n]+):(\d+):\d+\)?$/gm)].map(
    ([, file, line]) => ({ file: file!, line: line! }),
  );
}

const OURS = ['dist/', 'src/'].map((folder) => fileURLToPath(new URL(folder, packageRoot)));
const isOurs = (file: string): boolean => OURS.some((folder) => file.startsWith(folder));
