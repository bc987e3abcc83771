import { setup } from 'xstate';
import type { Message } from '../../src/model/network.js';
import { type Asked, answers } from '../answers.js';
import { EBUSY } from '../words.js';

/** An owner that says -EBUSY to everything. */
export const refusing = setup({
  types: { events: {} as Asked, emitted: {} as Message },
  actions: { no: answers(EBUSY) },
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
