import { setup } from 'xstate';
import type { Message } from '../../src/model/network.js';
import { type PendingCall, replies } from '../replies.js';

/** An owner that returns 1 to every command, although ops_func is documented to return 0 or a negative errno. */
export const positive = setup({
  types: { events: {} as PendingCall, emitted: {} as Message },
  actions: { one: replies(1) },
}).createMachine({
  id: 'positive',
  initial: 'alone',
  states: {
    alone: {
      on: {
        SELF: { actions: 'one' },
        PEER: { actions: 'one' },
        DISABLE: { actions: 'one' },
        detached: {},
      },
    },
  },
});
