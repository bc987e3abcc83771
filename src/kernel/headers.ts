import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder of the Makefile that make reads, with a slash at its end. */
const HERE = '$(dir $(abspath $(lastword $(MAKEFILE_LIST))))';

/**
 * The text of a header tree's Makefile with a relative path instead of the absolute one.
 *
 * Debian writes `include /usr/src/linux-headers-*-common/Makefile`, and from 7.2 on also
 * `KBUILD_OUTPUT=/usr/src/linux-headers-*`. In an unpacked copy the common tree is a sibling
 * folder, and a relative path stays valid when the cache moves.
 */
export function adaptedMakefile(text: string): string {
  return text
    .replace(/^KBUILD_OUTPUT=\/usr\/src\/.*$/gm, `KBUILD_OUTPUT:=${HERE}`)
    .replace(/^include \/usr\/src\//gm, `include ${HERE}../`);
}

/** Rewrites the Makefile of every header tree in an unpacked set of packages. */
export async function adaptHeaders(folder: string): Promise<void> {
  for (const tree of await readdir(join(folder, 'usr/src'))) {
    if (!tree.startsWith('linux-headers-') || tree.endsWith('-common')) continue;
    const path = join(folder, 'usr/src', tree, 'Makefile');
    await writeFile(path, adaptedMakefile(await readFile(path, 'utf8')));
  }
}
