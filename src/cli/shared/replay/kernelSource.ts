import { join } from 'node:path';
import type { KernelSource } from '../../../kernel/find.js';
import { bootGuest, type Guest } from '../../../kernel/guest.js';
import type { GuestKind } from '../../../kernel/guestSources.js';
import { headersGone } from '../../../kernel/headersGone.js';
import { kernelNamed, kernels } from '../../../kernel/kernels.js';
import { KernelUnavailable } from '../../../kernel/unavailable.js';
import { UserError } from '../../../model/userError.js';
import type { ProgressReporter } from '../progress.js';
import { unreadable } from '../readText.js';

/**
 * The kernel named after a flag. Throws `KernelUnavailable` if its headers are gone, RW020 if there is no such kernel,
 * RW021 if it is a file without its build folder, RW058 if the build folder has no readable Module.symvers.
 */
export function kernelSource(flag: string, kernel: string, kdir: string | undefined): KernelSource {
  const named = kernelNamed(kernel);
  if (named !== undefined) return named.name;
  if (headersGone(kernel))
    throw new KernelUnavailable(
      `${kernel}: Debian no longer has the headers of this kernel, so no module builds for it; it is in the model only`,
    );
  if (unreadable(kernel) !== undefined)
    throw new UserError(
      'RW020',
      `--${flag} ${kernel}: neither ${kernels.map(({ name }) => name).join(', ')} nor a readable file (${unreadable(kernel)}); give a bzImage with its --${kdirOf(flag)}`,
    );
  if (kdir === undefined)
    throw new UserError(
      'RW021',
      `--${flag} ${kernel} needs --${kdirOf(flag)} BUILD, its build folder, to build the guest's modules`,
    );
  const why = unreadable(join(kdir, 'Module.symvers'));
  if (why !== undefined)
    throw new UserError(
      'RW058',
      `--${kdirOf(flag)} ${kdir} has no readable Module.symvers (${why}); give the build folder of the kernel, after make`,
    );
  return { image: kernel, kdir };
}

const kdirOf = (flag: string): string => (flag === 'kernel' ? 'kdir' : `${flag}-kdir`);

/** The name of the kernel that a guest runs. */
export const kernelName = (source: KernelSource, { kernel }: Guest): string =>
  typeof source === 'string' ? `Debian ${kernel}` : kernel;

/** Milliseconds. A step of clients may attach and detach dozens of programs, on a busy machine too. */
const STEP_LIMIT: Readonly<Record<GuestKind, number>> = { calls: 30_000, clients: 120_000 };

/** Boots `count` guests of one kernel. */
export async function bootGuests(
  source: KernelSource,
  kind: GuestKind,
  count: number,
  reporter: ProgressReporter,
): Promise<Guest[]> {
  const progress = (line: string) => reporter.progress(line);
  const notice = (line: string) => reporter.notice(line);
  // One after the other: the first guest fetches and builds the files that all need.
  const guests: Guest[] = [];
  try {
    while (guests.length < count)
      guests.push(await bootGuest(source, { kind, progress, notice, stepLimit: STEP_LIMIT[kind] }));
  } catch (error) {
    await Promise.all(guests.map((guest) => guest.close()));
    throw error;
  }
  return guests;
}
