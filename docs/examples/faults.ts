import { assign, emit, fromPromise, sendTo, setup } from 'xstate';

// RW101: invoke starts another actor, which recwalk cannot explore
export const asks = setup({ actors: { ask: fromPromise(async () => 'yes') } }).createMachine({
  initial: 'asking',
  states: { asking: { invoke: { src: 'ask', onDone: 'glad', onError: 'sad' } }, glad: {}, sad: {} },
});

// instead: make the other actor a component, which answers with a message, or never
export const asksAnother = setup({ actions: { ask: emit({ type: 'ask' }) } }).createMachine({
  initial: 'idle',
  states: {
    idle: { on: { begin: { target: 'asking', actions: 'ask' } } },
    asking: { on: { yes: 'glad', no: 'sad' } },
    glad: {},
    sad: {},
  },
});

// RW102: after needs a clock
export const waits = setup({ delays: { long: 5_000 } }).createMachine({
  initial: 'waiting',
  states: { waiting: { on: { answer: 'glad' }, after: { long: 'sad' } }, glad: {}, sad: {} },
});

// instead: the time-out is a stimulus, which may come at any moment
export const timesOut = setup({}).createMachine({
  initial: 'waiting',
  states: { waiting: { on: { answer: 'glad', 'time out': 'sad' } }, glad: {}, sad: {} },
});

// RW103: xstate.sendTo addresses another actor
export const sends = setup({}).createMachine({
  on: { press: { actions: sendTo('bell', { type: 'ring' }) } },
});

// RW109: Unable to send event to actor
export const sendsByName = setup({
  actions: { ring: sendTo('bell', { type: 'ring' }) },
}).createMachine({ on: { press: { actions: 'ring' } } });

// RW107: recwalk explores only assign, raise and emit
export const calls = setup({ actions: { ring: () => console.log('ring') } }).createMachine({
  on: { press: { actions: 'ring' } },
});

// instead: emit a message; your application listens with actor.on('ring', ...)
export const description = setup({ actions: { ring: emit({ type: 'ring' }) } }).createMachine({
  on: { press: { actions: 'ring' } },
});

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

// RW110: a guard without a name
export const looks = setup({ types: {} as { context: { open: boolean } } }).createMachine({
  context: { open: true },
  on: { enter: { guard: ({ context }) => context.open } },
});

// instead: give it a name, which stories and charts can print
export const looksByName = setup({
  types: {} as { context: { open: boolean } },
  guards: { 'is open': ({ context }) => context.open },
}).createMachine({ context: { open: true }, on: { enter: { guard: 'is open' } } });

// RW108: emits hello while it starts
export const greets = setup({ actions: { greet: emit({ type: 'hello' }) } }).createMachine({
  entry: 'greet',
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
