import { readFileSync } from 'node:fs';

/** Where the package is installed. */
export const packageRoot = new URL(
  import.meta.url.includes('/dist/') ? '../../../' : '../../',
  import.meta.url,
);

export const version: string = JSON.parse(
  readFileSync(new URL('package.json', packageRoot), 'utf8'),
).version;
