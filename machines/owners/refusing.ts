import { emit, setup } from 'xstate';
import { type Command, EBUSY } from '../words.js';

/** An owner that says -EBUSY to everything. */
export const refusing = setup({
  types: { events: {} as { type: Command | 'detached'; ops: string } },
  actions: {
    no: emit({ type: 'answer', to: 'ftrace', errno: EBUSY }),
    tell: emit(({ event }) => ({
      type: 'callback',
      ops: event.ops,
      command: event.type,
      errno: EBUSY,
    })),
  },
}).createMachine({
  id: 'refusing',
  initial: 'alone',
  states: {
    alone: {
      on: {
        SELF: { actions: ['tell', 'no'] },
        PEER: { actions: ['tell', 'no'] },
        DISABLE: { actions: ['tell', 'no'] },
        detached: {},
      },
    },
  },
});
