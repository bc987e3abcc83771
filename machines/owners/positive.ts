import { setup } from 'xstate';
import type { Message } from '../../src/model/network.js';
import { type Asked, answers } from '../answers.js';

/** An owner that answers 1 to everything: neither the 0 nor the negative errno that ops_func is documented to return. */
export const positive = setup({
  types: { events: {} as Asked, emitted: {} as Message },
  actions: { one: answers(1) },
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
