import type { Rule } from '../../src/model/network.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'every-call-returns',
  description: 'From every state, all calls under way can return: no calls wait for each other.',
  source:
    'bpf_tramp_ftrace_ops_func() in kernel/bpf/trampoline.c, which takes its lock by mutex_trylock() "to avoid deadlock in race condition"',
  recoverable: (world) => world.quiet,
};
