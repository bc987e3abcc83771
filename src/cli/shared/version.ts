import { existsSync, readFileSync } from 'node:fs';

const urlOf = (path: string) => new URL(path, import.meta.url);

/** package.json is three folders above this file in the sources, and four in the build. */
const isBuilt = !existsSync(urlOf('../../../package.json'));

/** URL of the installed package. */
export const packageRoot = urlOf(isBuilt ? '../../../../' : '../../../');

/** The version of recwalk. */
export const version: string = JSON.parse(
  readFileSync(new URL('package.json', packageRoot), 'utf8'),
).version;

/** Digest of the sources of this build; undefined if the sources themselves run. */
export const builtFrom: string | undefined = isBuilt
  ? readFileSync(urlOf('../../../sources.sha256'), 'utf8').trim()
  : undefined;
