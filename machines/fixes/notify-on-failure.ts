import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'notify-on-failure',
  description: 'When a call fails after owners agreed (PEER), they are told (DISABLE).',
  where: 'the error paths of register_ftrace_function()',
  drawback:
    'An owner that just rebuilt its image rebuilds it again. Whom to tell must be remembered.',
  change: { notifiesOnFailure: true },
};
