import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'check-before-asking',
  description:
    'Before a call asks an owner, it checks the record: with IPMODIFY the call fails at once, without DIRECT it searches for no owner.',
  where: 'prepare_direct_functions_for_ipmodify()',
  drawback:
    'The call must look up the record of every function in the filter (lookup_rec()) under ftrace_lock.',
  change: { checksBeforeAsking: true },
};
