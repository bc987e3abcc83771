import { emit, setup } from 'xstate';
import type { Message } from '../../src/model/network.js';
import { EAGAIN, EBUSY } from '../events.js';
import { type PendingCall, replies } from '../replies.js';

/**
 * The owner of one function in the direct ops that all BPF trampolines share, from Linux 7.0 on:
 * bpf_tramp_ftrace_ops_func() of a trampoline that calls the original function. `alone` has neither
 * BPF_TRAMP_F_SHARE_IPMODIFY nor BPF_TRAMP_F_ORIG_STACK, `asked` has the first, `sharing` has both.
 *
 * SELF also comes when a call on another function of the ops asks about this one. Only a caller that adds or modifies
 * this function rebuilds the trampoline (bpf_trampoline_update()), so `asked` can meet SELF again, and then WARNs. The
 * caller rebuilds before its call, and keeps the result if the call succeeds. Rebuilding during PEER and DISABLE
 * succeeds here: the model of the clients has the call of update_ftrace_direct_mod() that it takes.
 */
export const bpfByIp = setup({
  types: { events: {} as PendingCall, emitted: {} as Message },
  actions: {
    yes: replies(0),
    'try again': replies(EAGAIN),
    no: replies(EBUSY),
    warn: emit({ type: 'WARN' }),
  },
}).createMachine({
  id: 'bpf by ip',
  initial: 'alone',
  states: {
    alone: {
      on: {
        SELF: { target: 'asked', actions: 'try again' },
        PEER: { target: 'sharing', actions: 'yes' },
        DISABLE: { actions: 'yes' },
        rebuild: {},
      },
    },
    asked: {
      on: {
        SELF: { actions: ['warn', 'no'] },
        PEER: { target: 'sharing', actions: 'yes' },
        DISABLE: { target: 'alone', actions: 'yes' },
        rebuild: 'rebuilt',
      },
    },
    /** Until the call returns, the trampoline that leaves room for a changed ip is not yet in use. */
    rebuilt: {
      on: {
        SELF: { actions: 'yes' },
        'in use': 'sharing',
        'not in use': 'asked',
      },
    },
    sharing: {
      on: {
        SELF: { actions: 'yes' },
        PEER: { actions: 'yes' },
        DISABLE: { target: 'alone', actions: 'yes' },
        rebuild: {},
      },
    },
  },
  on: { detached: '.alone', 'in use': {}, 'not in use': {} },
});
