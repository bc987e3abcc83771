import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'notify-on-failure',
  description: 'A call that fails after owners agreed (PEER) sends them DISABLE.',
  where: 'the error paths of register_ftrace_function()',
  drawback:
    'An owner that just rebuilt its image rebuilds it again. The call must remember which owners agreed.',
  change: { notifiesOnFailure: true },
};
