import { expect, test } from 'vitest';
import { assign, emit, setup } from 'xstate';
import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import type { Network } from '../../src/model/network.js';
import { check } from '../../src/search/check.js';
import { lone } from '../networks/lone.js';

const PLACES = 40;

/** Goes from place to place, twice around, or home; sends the listener the place, but not the lap. */
const wheel = setup({
  types: {} as { context: { at: number }; events: { type: 'on' | 'home' } },
  guards: { 'not at the end': ({ context }) => context.at < 2 * PLACES - 1 },
  actions: {
    on: assign({ at: ({ context }) => context.at + 1 }),
    home: assign({ at: 0 }),
    tell: emit(({ context }) => ({ type: 'at', to: 'listener', place: context.at % PLACES })),
  },
}).createMachine({
  context: { at: 0 },
  on: {
    on: { guard: 'not at the end', actions: ['on', 'tell'] },
    home: { actions: ['home', 'tell'] },
  },
});

/** Its messages appear one by one, so its table grows in the first lap; the second lap reads it again. */
const listener = setup({
  types: {} as { context: { place: number }; events: { type: 'at'; place: number } },
  actions: { keep: assign({ place: ({ event }) => event.place }) },
}).createMachine({ context: { place: 0 }, on: { at: { actions: 'keep' } } });

const laps: Network<{ emitted: () => number; received: () => number }> = {
  name: 'laps',
  description: 'one goes, one listens',
  components: [
    { name: 'wheel', machine: wheel },
    { name: 'listener', machine: listener },
  ],
  stimuli: ['on', 'home'].map((type) => ({ to: 'wheel', message: { type }, description: type })),
  world: (look) => {
    const [wheel, listener] = [look('wheel'), look('listener')];
    return { emitted: () => wheel().context.at % PLACES, received: () => listener().context.place };
  },
};

test('a table that grows while it fills is correct, and XState runs once for each pair', async () => {
  const wrong: string[] = [];
  const { compiled, exploration } = await check({
    ...laps,
    rules: [
      {
        id: 'listens',
        description: 'the listener knows the place',
        source: 'this test',
        always: ({ emitted, received }) => {
          if (emitted() !== received()) wrong.push(`${emitted()} heard as ${received()}`);
          return true;
        },
      },
    ],
  });
  expect(wrong).toEqual([]);
  const all = 2 * PLACES;
  expect(exploration).toMatchObject({ states: all, transitions: 2 * all - 1, depth: all - 1 });
  // The listener: from each place to the next and to the first, which are the same from the last.
  expect(compiled.components.map(({ computed }) => computed)).toEqual([2 * all, 2 * PLACES - 1]);
});

test('stores cells one by one for very many states and messages', () => {
  const MANY = 2_500;
  const counter = setup({
    types: {} as { context: { n: number }; events: { type: 'add'; k: number } },
    actions: { add: assign({ n: ({ context, event }) => (context.n + event.k) % MANY }) },
  }).createMachine({ context: { n: 0 }, on: { add: { actions: 'add' } } });
  const compiled = new CompiledSystem(lone(counter, []));
  const [table] = compiled.components;
  const taken: (readonly [state: number, message: number, n: number])[] = [];
  let state = compiled.first[0]!;
  for (let k = 0, n = 0; k < MANY; k++) {
    const message = table!.messageNumber({ type: 'add', k });
    n = (n + k) % MANY;
    taken.push([state, message, n]);
    state = table!.next[table!.answer(state, message)]!;
    expect(table!.snapshots[state]!.context).toEqual({ n });
  }
  // One table of all of them would have six million cells.
  expect(table!.messages.length).toBe(MANY);
  expect(table!.snapshots.length).toBeGreaterThan(1_000);
  const { computed } = table!;
  for (const [from, message, n] of taken)
    expect(table!.snapshots[table!.next[table!.known(from, message)!]!]!.context).toEqual({ n });
  expect(table!.known(0, taken[2]![1])).toBeUndefined();
  expect(table!.computed).toBe(computed);
});
