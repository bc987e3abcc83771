import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { candidate, dependsOn, fetchDebs, type Package } from './apt.js';
import { cacheRoot, finished } from './cache.js';
import { adaptHeaders } from './headers.js';
import type { kernels } from './kernels.js';
import { run } from './program.js';
import { KernelUnavailable } from './unavailable.js';

/** A Debian kernel series, by its name on the command line. */
export type DebianKernel = (typeof kernels)[number]['name'];

/** The files and the version of a kernel. */
export interface KernelFiles {
  /** The bzImage to boot. */
  image: string;
  /** The build folder for external modules. */
  kdir: string;
  /** The package version, or the release of a custom kernel (`unknown` if it names none). */
  version: string;
}

/** The metapackages that depend on the newest kernel of each series. */
const META: Record<DebianKernel, { image: string; headers: string }> = {
  'debian:6.1': { image: 'linux-image-cloud-amd64', headers: 'linux-headers-cloud-amd64' },
  'debian:6.12': {
    image: 'linux-image-6.12-cloud-amd64',
    headers: 'linux-headers-6.12-cloud-amd64',
  },
};

/** The first of `names` with that prefix. Throws `KernelUnavailable`, naming `of`, if there is none. */
function pick(names: string[], prefix: string, of: string): string {
  const found = names.find((name) => name.startsWith(prefix));
  if (!found) throw new KernelUnavailable(`package ${of} names no ${prefix}* here: apt-get update`);
  return found;
}

/** The image package, and the real names of the packages that an external module needs. */
async function resolvePackages(kernel: DebianKernel): Promise<{ image: Package; rest: string[] }> {
  const meta = META[kernel];
  const image = pick(await dependsOn(meta.image), 'linux-image-', meta.image);
  const headers = pick(await dependsOn(meta.headers), 'linux-headers-', meta.headers);
  const needs = await dependsOn(headers);
  const common = pick(needs, 'linux-headers-', headers);
  const kbuild = pick(needs, 'linux-kbuild-', headers);
  return { image: await candidate(image), rest: [headers, common, kbuild] };
}

async function unpack(names: string[], folder: string): Promise<void> {
  const debs = await mkdtemp(join(folder, 'debs-'));
  await fetchDebs(names, debs);
  for (const deb of await readdir(debs)) {
    const { code, stderr } = await run('dpkg', ['-x', join(debs, deb), folder]);
    if (code !== 0) throw new KernelUnavailable(`dpkg cannot unpack ${deb}: ${stderr.trim()}`);
  }
  await rm(debs, { recursive: true });
}

/** Finds the files in an unpacked kernel. */
async function filesIn(folder: string, version: string): Promise<KernelFiles> {
  const boot = await readdir(join(folder, 'boot'));
  const src = await readdir(join(folder, 'usr/src'));
  const image = boot.find((name) => name.startsWith('vmlinuz-'));
  const kdir = src.find((name) => name.startsWith('linux-headers-') && !name.endsWith('-common'));
  if (!image || !kdir) throw new KernelUnavailable(`${folder} holds no kernel: delete it`);
  return { image: join(folder, 'boot', image), kdir: join(folder, 'usr/src', kdir), version };
}

/** Records the version that apt resolved last, for later runs in which apt fails. */
async function remember(root: string, kernel: DebianKernel, version: string): Promise<void> {
  const path = join(root, kernel.replace(':', '-'));
  await writeFile(`${path}.${process.pid}`, version);
  await rename(`${path}.${process.pid}`, path);
}

async function remembered(root: string, kernel: DebianKernel): Promise<KernelFiles | undefined> {
  const path = join(root, kernel.replace(':', '-'));
  if (!existsSync(path)) return undefined;
  const version = (await readFile(path, 'utf8')).trim();
  const folder = join(root, version);
  return existsSync(folder) ? filesIn(folder, version) : undefined;
}

/**
 * The newest kernel of a Debian series as files in the cache, fetched if needed. If apt fails, the version that it
 * resolved last. Throws `KernelUnavailable` with the packages to install.
 */
export async function debianKernel(
  kernel: DebianKernel,
  progress: (line: string) => void = () => {},
): Promise<KernelFiles> {
  const root = cacheRoot();
  try {
    const { image, rest } = await resolvePackages(kernel);
    const folder = await finished(join(root, image.version), async (half) => {
      progress(`fetching ${image.name} ${image.version} and its headers`);
      await unpack([image.name, ...rest], half);
      await adaptHeaders(half);
    });
    await remember(root, kernel, image.version);
    return filesIn(folder, image.version);
  } catch (error) {
    const known = error instanceof KernelUnavailable && (await remembered(root, kernel));
    if (known) return known;
    throw error;
  }
}
