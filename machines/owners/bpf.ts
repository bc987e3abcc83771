import { emit, setup } from 'xstate';
import type { Message } from '../../src/model/network.js';
import { EAGAIN } from '../events.js';
import { type PendingCall, replies } from '../replies.js';

/**
 * The owner of a BPF trampoline, reduced to its answers to ftrace (bpf_tramp_ftrace_ops_func() of a trampoline that
 * calls the original function). On SELF while it is not ready to share, it makes itself ready and returns -EAGAIN; the
 * next time it returns 0. Once ready it marks its ops, which matters where a direct ops must carry SHARE_IPMODIFY
 * (patch 5/5 of v2).
 */
export const bpf = setup({
  types: { events: {} as PendingCall, emitted: {} as Message },
  actions: {
    yes: replies(0),
    'try again': replies(EAGAIN),
    'mark ops': emit(({ event }) => ({ type: 'mark', to: event.ops })),
    'say not yet': emit(({ event }) => ({ type: 'answer', to: event.from, errno: EAGAIN })),
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
