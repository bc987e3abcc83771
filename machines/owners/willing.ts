import { emit, setup } from 'xstate';
import type { Command } from '../words.js';

/** An owner that always says yes, and shares from the first yes until it is told that sharing ended. */
export const willing = setup({
  types: { events: {} as { type: Command | 'detached'; ops: string } },
  actions: {
    yes: emit({ type: 'answer', to: 'ftrace', errno: 0 }),
    tell: emit(({ event }) => ({
      type: 'callback',
      ops: event.ops,
      command: event.type,
      errno: 0,
    })),
  },
}).createMachine({
  id: 'willing',
  initial: 'alone',
  states: {
    alone: {
      on: {
        SELF: { target: 'sharing', actions: ['tell', 'yes'] },
        PEER: { target: 'sharing', actions: ['tell', 'yes'] },
        DISABLE: { actions: ['tell', 'yes'] },
        detached: {},
      },
    },
    sharing: {
      on: {
        SELF: { actions: ['tell', 'yes'] },
        PEER: { actions: ['tell', 'yes'] },
        DISABLE: { target: 'alone', actions: ['tell', 'yes'] },
        detached: 'alone',
      },
    },
  },
});
