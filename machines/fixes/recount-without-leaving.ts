import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'recount-without-leaving',
  description:
    'When a filter change takes an ops off a record, ftrace does not count that ops among those that need registers there.',
  where: 'test_rec_ops_needs_regs() as called by ftrace_hash_rec_disable_modify()',
  drawback:
    'The walk must know which ops leaves, or the call must swap the filter first, as 6.1 does when notrace entries change.',
  change: { recountIncludesLeaving: false },
};
