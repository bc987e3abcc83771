import { readdirSync } from 'node:fs';
import { extname } from 'node:path';

/** Names of the plugins in a folder, sorted: one file each, of the same name. `folder` is relative to src. */
export const namesIn = (folder: string): string[] =>
  readdirSync(new URL(`../../${folder}/`, import.meta.url))
    .filter((file) => /(?<!\.d)\.[jt]s$/.test(file))
    .map((file) => file.replace(/\.[jt]s$/, ''))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

/** Imports the plugin `name` of a folder, and returns its export `key`. */
export const fileNamed = async <T>(folder: string, name: string, key: string): Promise<T> =>
  (
    await import(
      new URL(`../../${folder}/${name}${extname(import.meta.url)}`, import.meta.url).href
    )
  )[key];
