import { assign, emit, setup } from 'xstate';
import type { Network } from '../../src/model/network.js';

export interface Gallons {
  readonly small: number;
  readonly big: number;
}

/** A jug pours by offering its whole content to the other jug, which takes as much as fits and returns the rest. */
const jug = setup({
  types: {} as {
    input: { holds: number; other: string };
    context: { holds: number; other: string; gallons: number };
    events:
      | { type: 'fill' | 'empty' | 'pour' }
      | { type: 'offer'; gallons: number }
      | { type: 'hand back'; gallons: number };
    emitted: { type: 'offer' | 'hand back'; to: string; gallons: number };
  },
  actions: {
    fill: assign({ gallons: ({ context }) => context.holds }),
    empty: assign({ gallons: 0 }),
    offer: emit(({ context }) => ({
      type: 'offer' as const,
      to: context.other,
      gallons: context.gallons,
    })),
    take: assign({
      gallons: ({ context }, offered: number) => Math.min(context.holds, context.gallons + offered),
    }),
    'hand back the rest': emit(({ context }, offered: number) => ({
      type: 'hand back' as const,
      to: context.other,
      gallons: Math.max(0, context.gallons + offered - context.holds),
    })),
    keep: assign({ gallons: (_, rest: number) => rest }),
  },
}).createMachine({
  id: 'jug',
  context: ({ input }) => ({ ...input, gallons: 0 }),
  on: {
    fill: { actions: 'fill' },
    empty: { actions: 'empty' },
    pour: { actions: 'offer' },
    offer: {
      actions: [
        { type: 'hand back the rest', params: ({ event }) => event.gallons },
        { type: 'take', params: ({ event }) => event.gallons },
      ],
    },
    'hand back': { actions: { type: 'keep', params: ({ event }) => event.gallons } },
  },
});

const dieHardJugs: Network<Gallons> = {
  name: 'die hard jugs',
  description: 'jugs of 3 and 5 gallons are filled, emptied and poured into each other',
  components: [
    { name: 'small', machine: jug, input: { holds: 3, other: 'big' } },
    { name: 'big', machine: jug, input: { holds: 5, other: 'small' } },
  ],
  stimuli: ['small', 'big'].flatMap((to) =>
    ['fill', 'empty', 'pour'].map((type) => ({
      to,
      message: { type },
      description: `${type} ${to}`,
    })),
  ),
  world: (look) => {
    const small = look('small');
    const big = look('big');
    return {
      get small() {
        return small().context.gallons;
      },
      get big() {
        return big().context.gallons;
      },
    };
  },
  rules: [
    {
      id: 'never-four',
      description: 'the big jug never holds four gallons (broken: the way there solves the riddle)',
      source: 'DieHard, NotSolved',
      always: ({ big }) => big !== 4,
    },
    {
      id: 'one-at-a-brim',
      description: 'one of the jugs is always empty or full',
      source: 'every move ends at a brim or a bottom',
      always: ({ small, big }) => small % 3 === 0 || big % 5 === 0,
    },
  ],
};

/**
 * Two jugs without marks, a tap and a drain: measure out four gallons.
 *
 * Source: Lamport's DieHard (github.com/tlaplus/Examples), whose manifest.json has the verdict, a
 * safety failure, and no counts. With its invariant NotSolved off, TLC reports 97 states generated
 * (the first one and 96 transitions: 6 in each state), 16 distinct, depth 8 counted in states. The
 * film's answer takes 6 steps.
 */
export default dieHardJugs;
