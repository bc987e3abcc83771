import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { mirrorFor } from './archive.js';
import { cacheRoot, finished } from './cache.js';
import type { KernelFiles } from './packages.js';
import { type Finished, run } from './program.js';
import { sourceStanza } from './sources.js';
import { KernelUnavailable } from './unavailable.js';

type BuildRoot = NonNullable<KernelFiles['buildRoot']>;

/** The folder of a root in the cache. */
export const rootPath = ({ release, compiler }: Pick<BuildRoot, 'release' | 'compiler'>): string =>
  join(cacheRoot(), 'roots', `${release}-${compiler}`);

/** Libraries of the programs in linux-kbuild-*, by their names since Debian 13. */
const LIBRARIES = ['libelf1t64', 'libssl3t64', 'zlib1g'];

async function install(folder: string, { release, compiler }: BuildRoot): Promise<void> {
  const sources = `${folder}.sources`;
  await writeFile(sources, sourceStanza(await mirrorFor(release), release));
  const packages = [compiler, 'make', 'libc6-dev', ...LIBRARIES].join(',');
  const { code, stderr } = await run('mmdebstrap', [
    ...['--mode=root', '--variant=minbase', `--include=${packages}`],
    ...['--format=directory', release, folder, sources],
  ]).finally(() => rm(sources));
  if (code !== 0) {
    const complaint = /^E: .*$/m.exec(stderr)?.[0] ?? `it ended with ${code}`;
    throw new KernelUnavailable(`mmdebstrap cannot make a root of ${release}: ${complaint}`);
  }
  for (const place of ['kernel', 'build']) await mkdir(join(folder, place));
}

/**
 * Mounts the headers ($2), the sources ($3) and /proc in the root ($1), and runs make there. objtool reads /proc. The
 * mounts exist in a namespace of this shell only, and end with it.
 */
const IN_ROOT = `set -e
root=$1
mount -t proc proc "$root/proc"
mount --bind "$2" "$root/kernel"
mount --bind "$3" "$root/build"
shift 3
exec chroot "$root" env PATH=/usr/sbin:/usr/bin:/sbin:/bin make "$@"`;

/**
 * Runs make on the sources in `folder` in a root with the compiler that the headers require. The root is made once, in
 * about two minutes. Throws `KernelUnavailable` for a user other than root, or without mmdebstrap.
 */
export async function makeInRoot(
  folder: string,
  kernel: KernelFiles & { buildRoot: BuildRoot },
  args: readonly string[],
  progress: (line: string) => void,
): Promise<Finished> {
  const { buildRoot, kdir } = kernel;
  const { release, compiler, unpacked } = buildRoot;
  if (process.getuid?.() !== 0)
    throw new KernelUnavailable(
      `the headers of ${kernel.version} require ${compiler}, in a root of Debian ${release}: run this command once as root, which needs mmdebstrap`,
    );
  await run('mmdebstrap', ['--version']);
  await run('unshare', ['--version']);
  const root = await finished(rootPath(buildRoot), (half) => {
    progress(`making a root of Debian ${release} with ${compiler} (once, about two minutes)`);
    return install(half, buildRoot);
  });
  const inside = join('/kernel', relative(unpacked, kdir));
  const words = ['-C', inside, 'M=/build', ...args];
  return run('unshare', ['-m', 'sh', '-c', IN_ROOT, 'sh', root, unpacked, folder, ...words]);
}
