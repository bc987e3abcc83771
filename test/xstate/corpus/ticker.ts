import { assign, fromObservable, setup } from 'xstate';
import type { MachineOptions } from '../../../src/xstate/machineNetwork.js';

const prices = fromObservable<number, undefined>(() => ({
  subscribe: () => ({ unsubscribe: () => {} }),
}));

/** Prices from an observable. */
export default setup({
  types: {} as { context: { price: number | undefined } },
  actors: { prices },
}).createMachine({
  id: 'ticker',
  context: { price: undefined },
  initial: 'open',
  states: {
    open: {
      invoke: {
        src: 'prices',
        onSnapshot: { actions: assign({ price: ({ event }) => event.snapshot.context }) },
        onDone: 'closed',
        onError: 'failed',
      },
    },
    closed: { type: 'final' },
    failed: { on: { again: 'open' } },
  },
});

export const recwalk: MachineOptions = { actors: { prices: { next: [1, 2] } } };
