import { assign, emit, setup } from 'xstate';

/** Only its history decides the target of `wake`: there are two states `deep` of the same value and context. */
export const player = setup({
  types: {} as { events: { type: 'play' | 'stop' | 'sleep' | 'wake' | 'doze off' } },
}).createMachine({
  id: 'player',
  initial: 'on',
  states: {
    on: {
      initial: 'stopped',
      on: { sleep: 'asleep' },
      states: {
        stopped: { on: { play: 'playing' } },
        playing: { on: { stop: 'stopped' } },
        again: { type: 'history' },
      },
    },
    asleep: { on: { wake: 'on.again', 'doze off': 'deep' } },
    deep: { on: { wake: 'on.again' } },
  },
});

/** No event changes its only state. */
export const cart = setup({
  types: {} as {
    context: { pieces: number };
    events: { type: 'add'; pieces: number } | { type: 'remove' | 'look' };
  },
  actions: {
    add: assign({ pieces: ({ context }, more: number) => context.pieces + more }),
    remove: assign({ pieces: ({ context }) => context.pieces - 1 }),
    show: emit({ type: 'shown' }),
  },
  guards: {
    'has room': ({ context }, more: number) => context.pieces + more <= 3,
    'has some': ({ context }) => context.pieces > 0,
  },
}).createMachine({
  id: 'cart',
  context: { pieces: 0 },
  initial: 'open',
  states: {
    open: {
      on: {
        add: {
          guard: { type: 'has room', params: ({ event }) => event.pieces },
          actions: { type: 'add', params: ({ event }) => event.pieces },
        },
        remove: { guard: 'has some', actions: 'remove' },
        look: { actions: 'show' },
      },
    },
  },
});

/** Its context is a Set, which JSON cannot represent. */
export const tags = setup({
  types: {} as {
    context: { tags: ReadonlySet<string> };
    events: { type: 'tag' | 'untag'; tag: string };
  },
  actions: {
    tag: assign({ tags: ({ context }, tag: string) => new Set([...context.tags, tag]) }),
    untag: assign({
      tags: ({ context }, tag: string) => new Set([...context.tags].filter((t) => t !== tag)),
    }),
  },
}).createMachine({
  id: 'tags',
  context: { tags: new Set() },
  on: {
    tag: { actions: { type: 'tag', params: ({ event }) => event.tag } },
    untag: { actions: { type: 'untag', params: ({ event }) => event.tag } },
  },
});
