import { setup } from 'xstate';
import type { Message } from '../../src/model/network.js';
import { type PendingCall, replies } from '../replies.js';

/** An owner that always agrees, and shares from its first agreement until DISABLE or `detached`. */
export const willing = setup({
  types: { events: {} as PendingCall, emitted: {} as Message },
  actions: { yes: replies(0) },
}).createMachine({
  id: 'willing',
  initial: 'alone',
  states: {
    alone: {
      on: {
        SELF: { target: 'sharing', actions: 'yes' },
        PEER: { target: 'sharing', actions: 'yes' },
        DISABLE: { actions: 'yes' },
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
