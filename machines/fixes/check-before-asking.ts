import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'check-before-asking',
  description:
    'Before an owner is asked, the record is looked at: with IPMODIFY the call fails at once, without DIRECT nobody is searched for.',
  where: 'prepare_direct_functions_for_ipmodify()',
  drawback:
    'The record of every function of the filter must be looked up (lookup_rec()), under ftrace_lock.',
  change: { checksBeforeAsking: true },
};
