import { assign, cancel, raise, setup } from 'xstate';

/** A search that waits until nobody has typed for a while. */
export default setup({
  types: {} as { context: { searched: number }; events: { type: 'type' | 'search' } },
  actions: { count: assign({ searched: ({ context }) => (context.searched + 1) % 2 }) },
}).createMachine({
  id: 'debounce',
  context: { searched: 0 },
  on: {
    type: { actions: [cancel('wait'), raise({ type: 'search' }, { id: 'wait', delay: 300 })] },
    search: { actions: 'count' },
  },
});
