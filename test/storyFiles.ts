import { readdirSync } from 'node:fs';

/** The folder of all stories. */
export const storyFolder = new URL('stories/', import.meta.url);

/** The files of all stories by their path in `storyFolder`. */
export const storyFiles: readonly string[] = readdirSync(storyFolder, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.story'))
  .sort();
