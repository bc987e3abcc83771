import { emit, setup } from 'xstate';
import { type Command, EAGAIN } from '../words.js';

/**
 * The BPF trampoline's owner, reduced to what it tells ftrace (bpf_tramp_ftrace_ops_func() of a
 * trampoline that calls the original function): asked for itself while it is not ready to share,
 * it makes itself ready and says -EAGAIN; the next time it says yes.
 */
export const bpf = setup({
  types: { events: {} as { type: Command | 'detached'; ops: string } },
  actions: {
    yes: emit({ type: 'answer', to: 'ftrace', errno: 0 }),
    'tell yes': emit(({ event }) => ({
      type: 'callback',
      ops: event.ops,
      command: event.type,
      errno: 0,
    })),
    'try again': emit({ type: 'answer', to: 'ftrace', errno: EAGAIN }),
    'tell try again': emit(({ event }) => ({
      type: 'callback',
      ops: event.ops,
      command: event.type,
      errno: EAGAIN,
    })),
  },
}).createMachine({
  id: 'bpf',
  initial: 'alone',
  states: {
    alone: {
      on: {
        SELF: { target: 'sharing', actions: ['tell try again', 'try again'] },
        PEER: { target: 'sharing', actions: ['tell yes', 'yes'] },
        DISABLE: { actions: ['tell yes', 'yes'] },
        detached: {},
      },
    },
    sharing: {
      on: {
        SELF: { actions: ['tell yes', 'yes'] },
        PEER: { actions: ['tell yes', 'yes'] },
        DISABLE: { target: 'alone', actions: ['tell yes', 'yes'] },
        detached: 'alone',
      },
    },
  },
});
