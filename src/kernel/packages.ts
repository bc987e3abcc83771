import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { candidate, dependsOn, fetchDebs, type Package, packagesNamed } from './apt.js';
import { type Archive, archiveOf } from './archive.js';
import { cacheRoot, finished } from './cache.js';
import { adaptHeaders } from './headers.js';
import type { KernelLine } from './kernelLine.js';
import { type DebianKernel, kernelNamed } from './kernels.js';
import { newestOf } from './newest.js';
import { run } from './program.js';
import { machineRelease } from './sources.js';
import { KernelUnavailable } from './unavailable.js';

/** The files and the version of a kernel. */
export interface KernelFiles {
  /** The bzImage to boot. */
  image: string;
  /** The build folder for external modules. */
  kdir: string;
  /** The package version, or the release of a custom kernel (`unknown` if it names none). */
  version: string;
  /** Modules build in a root of another Debian release; undefined: on the host. */
  buildRoot?: {
    /** The Debian release and its compiler, for example trixie and gcc-14. */
    readonly release: string;
    readonly compiler: string;
    /** The folder that the headers were unpacked to, a parent of `kdir`. */
    readonly unpacked: string;
  };
}

/** Callbacks for reports during a search for a kernel. */
export interface Reporter {
  /** One line before each slow task. */
  progress?: ((line: string) => void) | undefined;
  /** One line about a change since an earlier run. */
  notice?: ((line: string) => void) | undefined;
}

/** The first of `names` with that prefix. Throws `KernelUnavailable`, naming `of`, if there is none. */
function pick(names: string[], prefix: string, of: string): string {
  const found = names.find((name) => name.startsWith(prefix));
  if (!found) throw new KernelUnavailable(`package ${of} names no ${prefix}* here: apt-get update`);
  return found;
}

/** The names of the image and headers packages of the newest version. */
async function newestPackages(
  { image, headers }: KernelLine['packages'],
  archive: Archive,
): Promise<{ image: string; headers: string }> {
  if (!image.includes('*'))
    return {
      image: pick(await dependsOn(image, archive), 'linux-image-', image),
      headers: pick(await dependsOn(headers, archive), 'linux-headers-', headers),
    };
  const newest = newestOf(await packagesNamed(image.split('*')[0]!, archive), image);
  if (!newest)
    throw new KernelUnavailable(
      `there is no package ${image} in ${archive.suite ?? 'the package lists'}`,
    );
  return { image: newest.name, headers: headers.replace('*', newest.version) };
}

/** The image package, and the real names of the packages that an external module needs. */
async function resolvePackages(
  line: KernelLine,
  archive: Archive,
): Promise<{ image: Package; rest: string[] }> {
  const { image, headers } = await newestPackages(line.packages, archive);
  const needs = await dependsOn(headers, archive);
  const common = pick(
    needs.filter((name) => name.endsWith('-common')),
    'linux-headers-',
    headers,
  );
  const kbuild = pick(needs, 'linux-kbuild-', headers);
  return { image: await candidate(image, archive), rest: [headers, common, kbuild] };
}

async function unpack(names: string[], folder: string, archive: Archive): Promise<void> {
  const debs = await mkdtemp(join(folder, 'debs-'));
  await fetchDebs(names, debs, archive);
  for (const deb of await readdir(debs)) {
    const { code, stderr } = await run('dpkg', ['-x', join(debs, deb), folder]);
    if (code !== 0) throw new KernelUnavailable(`dpkg cannot unpack ${deb}: ${stderr.trim()}`);
  }
  await rm(debs, { recursive: true });
}

/** Finds the files in an unpacked kernel. */
async function filesIn(folder: string, line: KernelLine, version: string): Promise<KernelFiles> {
  const trees = await readdir(join(folder, 'usr/src'));
  const tree = trees.find((name) => name.startsWith('linux-headers-') && !name.endsWith('-common'));
  const release = tree?.slice('linux-headers-'.length);
  const image = join(folder, line.image.replace('*', release ?? ''));
  if (!tree || !existsSync(image))
    throw new KernelUnavailable(`${folder} holds no kernel: delete it`);
  const files = { image, kdir: join(folder, 'usr/src', tree), version };
  if (line.release === (await machineRelease())) return files;
  const { compiler } = line;
  return { ...files, buildRoot: { release: line.release, compiler, unpacked: folder } };
}

const memoryOf = (kernel: DebianKernel): string => join(cacheRoot(), kernel.replace(':', '-'));

/** Records the version that apt resolved last, for later runs in which apt fails. */
async function remember(kernel: DebianKernel, version: string): Promise<void> {
  const path = memoryOf(kernel);
  await writeFile(`${path}.${process.pid}`, version);
  await rename(`${path}.${process.pid}`, path);
}

/** The version of a kernel that apt resolved last and that is in the cache; undefined if there is none. */
export async function cachedVersion(kernel: DebianKernel): Promise<string | undefined> {
  const path = memoryOf(kernel);
  if (!existsSync(path)) return undefined;
  const version = (await readFile(path, 'utf8')).trim();
  return existsSync(join(cacheRoot(), version)) ? version : undefined;
}

/**
 * The newest kernel of a Debian line as files in the cache, fetched if needed. If apt fails, the version that it
 * resolved last. Throws `KernelUnavailable` with the packages to install.
 */
export async function debianKernel(
  kernel: DebianKernel,
  { progress, notice }: Reporter = {},
): Promise<KernelFiles> {
  const line = kernelNamed(kernel);
  if (!line) throw new KernelUnavailable(`there is no kernel ${kernel}`);
  const root = cacheRoot();
  const before = await cachedVersion(kernel);
  try {
    const archive = await archiveOf(line);
    const { image, rest } = await resolvePackages(line, archive);
    const folder = await finished(join(root, image.version), async (half) => {
      progress?.(`fetching ${image.name} ${image.version} and its headers`);
      await unpack([image.name, ...rest], half, archive);
      await adaptHeaders(half);
    });
    if (before !== undefined && before !== image.version)
      notice?.(`${kernel} is now ${image.version}; evidence is of ${before}`);
    await remember(kernel, image.version);
    return await filesIn(folder, line, image.version);
  } catch (error) {
    if (!(error instanceof KernelUnavailable) || before === undefined) throw error;
    return filesIn(join(root, before), line, before);
  }
}
