import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DebianKernel } from './kernels.js';
import { debianKernel, type KernelFiles, type Reporter } from './packages.js';
import { KernelUnavailable } from './unavailable.js';

export type { DebianKernel } from './kernels.js';

/** A kernel as the user names it: a line of Debian kernels, or a bzImage with its build folder. */
export type KernelSource = DebianKernel | { image: string; kdir: string };

/** The kernel release of a build folder, or `unknown`. */
async function releaseOf(kdir: string): Promise<string> {
  const path = join(kdir, 'include/config/kernel.release');
  return existsSync(path) ? (await readFile(path, 'utf8')).trim() : 'unknown';
}

/** Finds the files of a kernel. Throws `KernelUnavailable` with one line that names the missing part. */
export async function findKernel(
  source: KernelSource,
  reporter: Reporter = {},
): Promise<KernelFiles> {
  if (typeof source === 'string') return debianKernel(source, reporter);
  const { image, kdir } = source;
  if (!existsSync(image)) throw new KernelUnavailable(`no kernel image at ${image}`);
  if (!existsSync(join(kdir, 'Module.symvers'))) {
    throw new KernelUnavailable(
      `no Module.symvers in ${kdir}: --kdir takes the build folder of that kernel, after make`,
    );
  }
  return { image, kdir, version: await releaseOf(kdir) };
}
