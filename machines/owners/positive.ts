import { setup } from 'xstate';
import type { Message } from '../../src/model/network.js';
import { type PendingCall, replies } from '../replies.js';

/** An owner that answers 1 to everything: neither the 0 nor the negative errno that ops_func is documented to return. */
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
