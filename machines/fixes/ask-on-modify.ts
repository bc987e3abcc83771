import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'ask-on-modify',
  description: 'A modify asks the owner again (SELF) for every IPMODIFY record.',
  where: '__modify_ftrace_direct() (commit 3e9a18e1c3e9)',
  drawback: 'A modify can fail with -EAGAIN, so its caller needs a loop.',
  change: { asksOnModify: true },
};
