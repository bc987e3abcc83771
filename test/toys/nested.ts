import { assign, emit, setup } from 'xstate';
import type { Network } from '../../src/model/network.js';

/** Calls itself `depth` times, and emits a message to the world when each of these calls has returned. */
export const nested = (depth: number): Network => ({
  name: 'nested',
  description: `a call that is nested ${depth} deep, and ends`,
  components: [{ name: 'it', machine: caller, input: depth }],
  stimuli: [{ to: 'it', message: { type: 'go' }, description: 'go' }],
  world: () => undefined,
});

const caller = setup({
  types: {} as { context: { left: number }; input: number },
  guards: { more: ({ context }) => context.left > 0 },
  actions: {
    down: assign({ left: ({ context }) => context.left - 1 }),
    'once more': emit({ type: 'go', to: 'it' }),
    back: emit({ type: 'back' }),
  },
}).createMachine({
  context: ({ input }) => ({ left: input }),
  on: { go: [{ guard: 'more', actions: ['down', 'once more', 'back'] }, {}] },
});
