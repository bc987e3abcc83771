import { assign, fromPromise, setup } from 'xstate';

/** A request that is tried again after a pause that grows. */
export default setup({
  types: {} as { context: { tries: number; error?: unknown } },
  actors: { request: fromPromise(async () => 'the answer') },
  delays: { pause: ({ context }) => 1000 * 2 ** context.tries },
}).createMachine({
  id: 'retry',
  context: { tries: 0 },
  initial: 'asking',
  states: {
    asking: {
      entry: assign({ tries: ({ context }) => context.tries + 1 }),
      invoke: {
        src: 'request',
        onDone: 'answered',
        onError: [
          { guard: ({ context }) => context.tries < 3, target: 'pausing' },
          { target: 'failed', actions: assign({ error: ({ event }) => event.error }) },
        ],
      },
    },
    pausing: { after: { pause: 'asking' } },
    answered: { type: 'final' },
    failed: { type: 'final' },
  },
});
