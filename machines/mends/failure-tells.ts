import type { Mend } from '../mend.js';

export const mend: Mend = {
  name: 'failure-tells',
  description: 'When a call fails after owners agreed (PEER), they are told (DISABLE).',
  where: 'the error paths of register_ftrace_function()',
  against:
    'An owner that just rebuilt its image rebuilds it again. Whom to tell must be remembered.',
  change: { failureTells: true },
};
