import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The text of a header tree's Makefile, freed from its absolute place.
 *
 * Debian writes `include /usr/src/linux-headers-*-common/Makefile`; in an unpacked copy the common
 * tree is the neighbour, and a relative name survives a moved cache.
 */
export function adaptedMakefile(text: string): string {
  return text.replace(
    /^include \/usr\/src\//gm,
    'include $(dir $(abspath $(lastword $(MAKEFILE_LIST))))../',
  );
}

/** Fixes every header tree in an unpacked set of packages. */
export async function adaptHeaders(folder: string): Promise<void> {
  for (const tree of await readdir(join(folder, 'usr/src'))) {
    if (!tree.startsWith('linux-headers-') || tree.endsWith('-common')) continue;
    const path = join(folder, 'usr/src', tree, 'Makefile');
    await writeFile(path, adaptedMakefile(await readFile(path, 'utf8')));
  }
}
