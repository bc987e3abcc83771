import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'clear-on-failure',
  description:
    'A register of a direct ops that fails leaves nothing set, so that it can be made again.',
  where: 'register_ftrace_direct() (commit 56b3c85e153b)',
  drawback: 'None known.',
  change: { failedRegisterLeavesStaleFunc: false, failedRegisterLeavesEntries: false },
};
