import {
  assign,
  createMachine,
  emit,
  fromPromise,
  sendTo,
  setup,
  spawnChild,
  stopChild,
} from 'xstate';

// RW103: starts an actor without an id
export const spawns = setup({ actors: { ask: fromPromise(async () => 'yes') } }).createMachine({
  on: { press: { actions: spawnChild('ask') } },
});

// instead: an id tells it from others, and the one before stops
export const spawnsByName = setup({
  actors: { ask: fromPromise(async () => 'yes') },
}).createMachine({
  on: { press: { actions: [stopChild('ask'), spawnChild('ask', { id: 'ask' })] } },
});

// RW109: Unable to send event to actor
export const sendsByName = setup({
  actions: { ring: sendTo('bell', { type: 'ring' }) },
}).createMachine({ on: { press: { actions: 'ring' } } });

// RW107: executes rign when it handles press, which is not implemented
export const misspells = createMachine(
  { on: { press: { actions: 'rign' } } },
  { actions: { ring: () => console.log('ring') } },
);

// RW105: context variable tries took
export const triesForEver = setup({
  types: {} as { context: { tries: number } },
  actions: { count: assign({ tries: ({ context }) => context.tries + 1 }) },
}).createMachine({ context: { tries: 0 }, on: { try: { actions: 'count' } } });

// instead: bound it with a guard; a small bound finds the same errors as a large one
export const triesThrice = setup({
  types: {} as { context: { tries: number } },
  actions: { count: assign({ tries: ({ context }) => context.tries + 1 }) },
  guards: { 'has tries left': ({ context }) => context.tries < 3 },
}).createMachine({
  context: { tries: 0 },
  on: { try: { guard: 'has tries left', actions: 'count' } },
});

// RW120: calls Math.random()
export const draws = setup({
  types: {} as { context: { drawn: number } },
  actions: { draw: assign({ drawn: () => Math.random() }) },
}).createMachine({ context: { drawn: 0 }, on: { draw: { actions: 'draw' } } });

// instead: the environment draws: a stimulus for each message, { type: 'drawn', drawn: 1 } and so on
export const isTold = setup({
  types: {} as { context: { drawn: number }; events: { type: 'drawn'; drawn: number } },
  actions: { keep: assign({ drawn: (_, drawn: number) => drawn }) },
}).createMachine({
  context: { drawn: 0 },
  on: { drawn: { actions: { type: 'keep', params: ({ event }) => event.drawn } } },
});

// RW104: holds a URL
export const remembers = setup({
  types: {} as { context: { page: URL } },
}).createMachine({ context: { page: new URL('https://example.org/') }, on: { select: {} } });

// instead: store the data that the machine needs as plain values; Map, Set and Date are allowed
export const remembersText = setup({
  types: {} as { context: { page: string; seen: Set<string> } },
}).createMachine({
  context: { page: 'https://example.org/', seen: new Set<string>() },
  on: { select: {} },
});

// RW108: emits hello to bell while it starts
export const greets = setup({
  actions: { greet: emit({ type: 'hello', to: 'bell' }) },
}).createMachine({
  entry: 'greet',
  on: { press: {} },
});

// instead: it begins on a message
export const greetsWhenTold = setup({ actions: { greet: emit({ type: 'hello' }) } }).createMachine({
  on: { begin: { actions: 'greet' } },
});

// RW202: sends a message to bnak, which network
export const misspeaks = setup({
  actions: { ask: emit({ type: 'ask', to: 'bnak' }) },
}).createMachine({
  on: { begin: { actions: 'ask' } },
});
