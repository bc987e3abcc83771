import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'clear-on-failure',
  description: 'A failed register of a direct ops leaves nothing set, so the caller can repeat it.',
  where: 'register_ftrace_direct() (commit 56b3c85e153b)',
  drawback: 'None known.',
  change: { failedRegisterLeavesStaleFunc: false, failedRegisterLeavesEntries: false },
};
