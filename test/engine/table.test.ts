import { expect, test } from 'vitest';
import { assign, emit, setup } from 'xstate';
import { check } from '../../src/engine/check.js';
import type { Network } from '../../src/model/network.js';

const PLACES = 40;
const types = {} as { context: { place: number }; events: { type: string; place: number } };

/** Told `on` with a number, goes so many places on and tells the listener where that is. */
const wheel = setup({
  types,
  actions: {
    move: assign({ place: ({ context, event }) => (context.place + event.place) % PLACES }),
    tell: emit(({ context }) => ({ type: 'at', to: 'listener', place: context.place })),
  },
}).createMachine({ context: { place: 0 }, on: { on: { actions: ['move', 'tell'] } } });

/** Its words become known only while the network is walked, so its table widens as it fills. */
const listener = setup({
  types,
  actions: { keep: assign({ place: ({ event }) => event.place }) },
}).createMachine({ context: { place: 0 }, on: { at: { actions: 'keep' } } });

const places: Network<{ told: () => number; heard: () => number }> = {
  name: 'places',
  says: 'one goes, one listens',
  components: [
    { name: 'wheel', machine: wheel },
    { name: 'listener', machine: listener },
  ],
  stimuli: Array.from({ length: PLACES }, (_, place) => ({
    to: 'wheel',
    message: { type: 'on', place },
    says: `${place} on`,
  })),
  world: (look) => {
    const [wheel, listener] = [look('wheel'), look('listener')];
    return { told: () => wheel().context.place, heard: () => listener().context.place };
  },
};

test('tables that widen while they fill answer right, and XState is asked once for each pair', async () => {
  const wrong: string[] = [];
  const { tables, exploration } = await check({
    ...places,
    rules: [
      {
        id: 'listens',
        says: 'the listener knows the place',
        source: 'this test',
        always: ({ told, heard }) => {
          if (told() !== heard()) wrong.push(`${told()} heard as ${heard()}`);
          return true;
        },
      },
    ],
  });
  expect(wrong).toEqual([]);
  expect(exploration).toMatchObject({ states: PLACES, transitions: PLACES ** 2, depth: 1 });
  expect(tables.all.map(({ asked }) => asked)).toEqual([PLACES ** 2, PLACES ** 2]);
});
