import { existsSync, readFileSync } from 'node:fs';

const beside = (path: string) => new URL(path, import.meta.url);

/** This file is three folders deep in the sources, and four in the build. */
const isBuilt = !existsSync(beside('../../../package.json'));

/** Where the package is installed. */
export const packageRoot = beside(isBuilt ? '../../../../' : '../../../');

export const version: string = JSON.parse(
  readFileSync(new URL('package.json', packageRoot), 'utf8'),
).version;

/** The digest of the sources that this build was made of; undefined where the sources run themselves. */
export const builtFrom: string | undefined = isBuilt
  ? readFileSync(beside('../../../sources.sha256'), 'utf8').trim()
  : undefined;
