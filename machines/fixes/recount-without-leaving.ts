import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'recount-without-leaving',
  description:
    'When a filter change takes an ops off a record, the ops itself is not counted among those that need registers there.',
  where: 'test_rec_ops_needs_regs() as called by ftrace_hash_rec_disable_modify()',
  drawback:
    'The walk must know which ops leaves; or the filter must be swapped first, as 6.1 does when notrace entries change.',
  change: { recountIncludesLeaving: false },
};
