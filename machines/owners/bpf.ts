import { emit, setup } from 'xstate';
import type { Message } from '../../src/model/network.js';
import { EAGAIN } from '../events.js';
import { type PendingCall, replies } from '../replies.js';

/**
 * The BPF trampoline's owner, reduced to what it tells ftrace (bpf_tramp_ftrace_ops_func() of a
 * trampoline that calls the original function): asked for itself while it is not ready to share,
 * it makes itself ready and says -EAGAIN; the next time it says yes. Being ready it marks its ops,
 * which counts where a direct ops must carry SHARE_IPMODIFY (patch 5/5 of v2).
 */
export const bpf = setup({
  types: { events: {} as PendingCall, emitted: {} as Message },
  actions: {
    yes: replies(0),
    'try again': replies(EAGAIN),
    'mark ops': emit(({ event }) => ({ type: 'mark', to: event.ops })),
    'say not yet': emit({ type: 'answer', to: 'ftrace', errno: EAGAIN }),
  },
}).createMachine({
  id: 'bpf',
  initial: 'alone',
  states: {
    alone: {
      on: {
        SELF: { target: 'sharing', actions: 'try again' },
        PEER: { target: 'sharing', actions: ['mark ops', 'yes'] },
        DISABLE: { actions: 'yes' },
        'shares?': { target: 'sharing', actions: ['mark ops', 'say not yet'] },
        detached: {},
      },
    },
    sharing: {
      on: {
        SELF: { actions: 'yes' },
        PEER: { actions: 'yes' },
        DISABLE: { target: 'alone', actions: 'yes' },
        detached: 'alone',
      },
    },
  },
});
