import { setup } from 'xstate';
import type { Message } from '../../src/model/network.js';
import { EBUSY } from '../events.js';
import { type PendingCall, replies } from '../replies.js';

/** An owner that returns -EBUSY to every command. */
export const refusing = setup({
  types: { events: {} as PendingCall, emitted: {} as Message },
  actions: { no: replies(EBUSY) },
}).createMachine({
  id: 'refusing',
  initial: 'alone',
  states: {
    alone: {
      on: {
        SELF: { actions: 'no' },
        PEER: { actions: 'no' },
        DISABLE: { actions: 'no' },
        detached: {},
      },
    },
  },
});
