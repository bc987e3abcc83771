import { type ActorRefFrom, assign, fromTransition, sendTo, setup } from 'xstate';

const item = fromTransition(
  (isDone: boolean, event: { type: string }) => (event.type === 'tick' ? !isDone : isDone),
  false,
);

/** A list that keeps references to the actors that it spawns. */
export default setup({
  types: {} as { context: { items: ActorRefFrom<typeof item>[] } },
  actors: { item },
  guards: { 'has room': ({ context }) => context.items.length < 2 },
}).createMachine({
  id: 'todos',
  context: { items: [] },
  on: {
    add: {
      guard: 'has room',
      actions: assign({
        items: ({ context, spawn }) => [
          ...context.items,
          spawn('item', { id: `item${context.items.length}` }),
        ],
      }),
    },
    tick: {
      guard: ({ context }) => context.items.length > 0,
      actions: sendTo(({ context }) => context.items.at(-1)!, { type: 'tick' }),
    },
  },
});
