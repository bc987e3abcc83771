import { existsSync } from 'node:fs';
import { rootPath } from './buildRoot.js';
import type { KernelLine } from './kernelLine.js';
import { machineRelease } from './sources.js';

/** The requirements for the modules of a kernel line on this machine: a compiler of the host, or a root of another release. */
export async function needsOf(line: KernelLine): Promise<string> {
  const { compiler, release } = line;
  if (release === (await machineRelease())) return compiler;
  const root = `${compiler} in a root of Debian ${release}`;
  if (existsSync(rootPath(line))) return `${root}, which is in the cache; root to enter it`;
  return `${root}: mmdebstrap, and root to make and enter it`;
}
