import type { Mend } from '../mend.js';

export const mend: Mend = {
  name: 'modify-asks',
  description: 'A modify asks the owner again (SELF) for every IPMODIFY record.',
  where: '__modify_ftrace_direct() (commit 3e9a18e1c3e9)',
  against: 'A modify can fail with -EAGAIN, so its caller needs a loop.',
  change: { modifyAsks: true },
};
