import { emit, setup } from 'xstate';
import type { Message } from '../../src/model/network.js';
import { ownerOf } from '../events.js';
import { type PendingCall, replies } from '../replies.js';

/**
 * An owner that on PEER first removes a record from the filter of its own ops (ftrace_set_filter_ip(); no lock
 * prevents that), ignores the result, and then agrees.
 */
export const moving = setup({
  types: { events: {} as PendingCall, emitted: {} as Message },
  actions: {
    yes: replies(0),
    'leave a record': emit(({ event }) => ({
      type: 'leave first',
      to: event.ops,
      from: ownerOf(event.ops, event.record),
      by: event.from,
    })),
  },
}).createMachine({
  id: 'moving',
  initial: 'alone',
  states: {
    alone: {
      on: {
        SELF: { target: 'sharing', actions: 'yes' },
        PEER: { target: 'sharing', actions: ['leave a record', 'yes'] },
        DISABLE: { actions: 'yes' },
        detached: {},
      },
    },
    sharing: {
      on: {
        SELF: { actions: 'yes' },
        PEER: { actions: ['leave a record', 'yes'] },
        DISABLE: { target: 'alone', actions: 'yes' },
        detached: 'alone',
      },
    },
  },
  // The result of the filter change, which it ignores.
  on: { returns: {} },
});
