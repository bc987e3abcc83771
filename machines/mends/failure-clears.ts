import type { Mend } from '../mend.js';

export const mend: Mend = {
  name: 'failure-clears',
  description:
    'A register of a direct ops that fails leaves nothing set, so that it can be made again.',
  where: 'register_ftrace_direct() (commit 56b3c85e153b)',
  against: 'None known.',
  change: { failedRegisterSpoils: false, failedRegisterLeavesEntries: false },
};
