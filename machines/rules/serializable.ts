import type { Rule } from '../../src/model/network.js';
import { errnoOf } from '../outcome.js';
import type { World } from '../world.js';

/** The number of a caller in the name of the component that executes its calls. */
const CALLER = /^ftrace (\d)$/;

export const rule: Rule<World> = {
  id: 'serializable',
  description:
    'Two calls that overlap end like the same calls one after the other, in one of the two orders: with the same return values, flags, entries and states of owners.',
  source: 'direct_mutex and ftrace_lock in kernel/trace/ftrace.c; Papadimitriou 1979',
  serializable: {
    process: ({ to }) => (CALLER.test(to) ? to : undefined),
    isIdle: (world, process) => world.idle(Number(CALLER.exec(process)![1])),
    result: errnoOf,
  },
};
