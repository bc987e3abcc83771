import { assign, setup } from 'xstate';
import type { From } from './events.js';

interface DirectMutex {
  /** The component that executes the call which holds the lock; null: the lock is free. */
  readonly holder: string | null;
}

/**
 * direct_mutex, between the segments of the calls of several callers. Most segments take it and release it again. Such
 * a segment begins only if the lock is free, and the lock is seen as held only where a call stands with it.
 */
export const directMutex = setup({
  types: {
    context: {} as DirectMutex,
    events: {} as ({ type: 'needed' | 'take' } & From) | { type: 'release' },
  },
  guards: {
    'is the holder': ({ context, event }) =>
      event.type === 'needed' && event.from === context.holder,
  },
  actions: {
    'note holder': assign({
      holder: ({ event }) => (event.type === 'take' ? event.from : null),
    }),
    'forget holder': assign({ holder: null }),
  },
}).createMachine({
  id: 'direct_mutex',
  context: { holder: null },
  initial: 'free',
  states: {
    free: { on: { needed: {}, take: { target: 'held', actions: 'note holder' } } },
    held: {
      on: {
        needed: { guard: 'is the holder' },
        release: { target: 'free', actions: 'forget holder' },
      },
    },
  },
});
