import type { Guest } from '../../src/kernel/guest.js';

/** Whether the tests that boot real kernels run. */
export const asked = process.env.RECWALK_KERNEL_TESTS === '1';

/** The title of such tests. If they are skipped, it gives the reason. */
export const title = asked
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
