import assert from 'node:assert/strict';
import { allTransitions } from 'recwalk/xstate-test';
import { assign, setup } from 'xstate';
import { createTestModel } from 'xstate/graph';

/** Holds three pieces at most. */
const cart = setup({
  types: {} as {
    context: { pieces: number };
    events: { type: 'add'; pieces: number } | { type: 'remove' };
  },
  actions: {
    add: assign({ pieces: ({ context }, more: number) => context.pieces + more }),
    remove: assign({ pieces: ({ context }) => context.pieces - 1 }),
  },
  guards: {
    'has room': ({ context }, more: number) => context.pieces + more <= 3,
    'has some': ({ context }) => context.pieces > 0,
  },
}).createMachine({
  id: 'cart',
  context: { pieces: 0 },
  on: {
    add: {
      guard: { type: 'has room', params: ({ event }) => event.pieces },
      actions: { type: 'add', params: ({ event }) => event.pieces },
    },
    remove: { guard: 'has some', actions: 'remove' },
  },
});

/** The system that users run. It cannot remove the last piece. */
class Cart {
  pieces = 0;
  add(pieces: number) {
    this.pieces += pieces;
  }
  remove() {
    if (this.pieces > 1) this.pieces--;
  }
}

const model = createTestModel(cart, {
  events: [
    { type: 'add', pieces: 1 },
    { type: 'add', pieces: 2 },
  ],
});

for (const [name, paths] of [
  ['getShortestPaths()', model.getShortestPaths()],
  ['getPaths(allTransitions())', model.getPaths(allTransitions())],
] as const) {
  let verdict = 'all pass';
  for (const path of paths) {
    const real = new Cart();
    const run = path.test({
      events: {
        // XState types the payload of an event away here.
        add: ({ event }) => real.add((event as unknown as { pieces: number }).pieces),
        remove: () => real.remove(),
      },
      states: { '*': ({ context }) => assert.equal(real.pieces, context.pieces) },
    });
    await run.catch(({ message }) => {
      verdict = message;
    });
  }
  console.log(`${name}: ${paths.map(({ weight }) => weight)} steps, ${verdict}`);
}
