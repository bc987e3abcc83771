import { readdirSync } from 'node:fs';
import { extname } from 'node:path';

/** Names of what a folder holds, each in a file that is named as it is; the folder is named from src on. */
export const namesIn = (folder: string): string[] =>
  readdirSync(new URL(`../../${folder}/`, import.meta.url))
    .filter((file) => /(?<!\.d)\.[jt]s$/.test(file))
    .map((file) => file.replace(/\.[jt]s$/, ''))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

/** What one of these files exports as `key`; a file is imported when it is asked for. */
export const fileNamed = async <T>(folder: string, name: string, key: string): Promise<T> =>
  (
    await import(
      new URL(`../../${folder}/${name}${extname(import.meta.url)}`, import.meta.url).href
    )
  )[key];
