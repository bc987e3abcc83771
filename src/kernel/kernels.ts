import { readdirSync } from 'node:fs';
import type { KernelLine } from './kernelLine.js';

/** The name of a Debian kernel on the command line. */
export type DebianKernel = `debian:${string}`;

/** A line of kernels with its name. */
export interface NamedKernel extends KernelLine {
  readonly name: DebianKernel;
}

const folder = new URL('./kernels/', import.meta.url);

const named = async (file: string): Promise<NamedKernel> => ({
  name: `debian:${file.replace(/\.[jt]s$/, '')}`,
  ...((await import(new URL(file, folder).href)) as { kernel: KernelLine }).kernel,
});

/**
 * The kernels that have a name, oldest first: one file each in the folder `kernels`, named after the line. The user
 * gives any other kernel by its bzImage and build folder.
 */
export const kernels: readonly NamedKernel[] = await Promise.all(
  readdirSync(folder)
    .filter((file) => /(?<!\.d)\.[jt]s$/.test(file))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map(named),
);

/** The kernel line of that name; undefined if there is none. */
export const kernelNamed = (name: string): NamedKernel | undefined =>
  kernels.find((kernel) => kernel.name === name);
