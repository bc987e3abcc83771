import type { DebianKernel } from '../../src/kernel/find.js';
import type { Guest } from '../../src/kernel/guest.js';

/** `1`: kernels whose headers this machine's own compilers build; `all`: also 7.3, which needs a build root. */
const { RECWALK_KERNEL_TESTS: kernelTests } = process.env;
/** Whether the tests that boot real kernels run. */
export const bootsKernels = kernelTests === '1' || kernelTests === 'all';
/** The kernels that they boot. */
export const testedKernels: readonly DebianKernel[] = [
  'debian:6.1',
  'debian:6.12',
  ...(kernelTests === 'all' ? (['debian:7.3'] as const) : []),
];

/** The title of such tests. If they are skipped, it gives the reason. */
export const title = bootsKernels
  ? 'a real kernel'
  : 'a real kernel (not run: it boots two kernels in QEMU for a minute; set RECWALK_KERNEL_TESTS=1)';

/** Resets the guest and plays a story; returns the outcome of each step. */
export async function play(guest: Guest, steps: string[]): Promise<string[]> {
  await guest.reset();
  const outcomes: string[] = [];
  for (const command of steps) {
    const result = await guest.step(command);
    outcomes.push(result.kind === 'answered' ? result.outcome : `lost: ${result.how}`);
  }
  return outcomes;
}
