import { assign, emit, not, setup } from 'xstate';
import type { Network } from '../../src/model/network.js';

export interface Threads {
  readonly threads: readonly ('running' | 'waiting')[];
}

export interface Size {
  readonly producers: number;
  readonly consumers: number;
  readonly capacity: number;
}

/** `fixed`: a producer notifies consumers only, and a consumer notifies producers only. */
export function blockingQueue(
  { producers, consumers, capacity }: Size,
  fixed = false,
): Network<Threads> {
  const named = (kind: string, count: number) =>
    Array.from({ length: count }, (_, i) => `${kind}${i + 1}`);
  const sides = {
    put: named('p', producers),
    get: named('c', consumers),
  };
  const threads = [...sides.put, ...sides.get];
  /** The calls of a thread: continue and notify any waiting thread, if there is one; or wait itself. */
  const acts = (does: 'put' | 'get', name: string) => {
    const [can, cannot] = does === 'put' ? ['has room', 'is full'] : ['has some', 'is empty'];
    const wakes = fixed ? sides[does === 'put' ? 'get' : 'put'] : threads;
    const others = wakes.filter((other) => other !== name);
    // The thread tests the buffer before it changes the buffer.
    const asks = (type: string) => ({ to: 'buffer', message: { type } });
    return [
      {
        ...asks(can),
        also: [
          ...others.map((other) => ({ type: 'is running', to: other })),
          { type: does, to: name },
        ],
        description: `${name} ${does}s, nobody waits`,
        call: `${name} ${does}s`,
      },
      ...others.map((other) => ({
        ...asks(can),
        also: [
          { type: does, to: name },
          { type: 'wake', to: other },
        ],
        description: `${name} ${does}s and wakes ${other}`,
        call: `${name} ${does}s`,
      })),
      { ...asks(cannot), also: [{ type: 'wait', to: name }], description: `${name} waits` },
    ];
  };
  return {
    name: fixed ? 'fixed blocking queue' : 'blocking queue',
    description: `${producers} producers and ${consumers} consumers share a buffer for ${capacity}`,
    scope: { producers, consumers, capacity, fixed },
    components: [
      { name: 'buffer', machine: buffer, input: { capacity } },
      ...threads.map((name) => ({ name, machine: thread, input: { name } })),
    ],
    stimuli: [
      ...sides.put.flatMap((name) => acts('put', name)),
      ...sides.get.flatMap((name) => acts('get', name)),
    ],
    world: (look) => {
      const looks = threads.map((name) => look(name));
      return {
        get threads() {
          return looks.map((look) => look().value as 'running' | 'waiting');
        },
      };
    },
    rules: [
      {
        id: 'some-run',
        description: 'not all threads wait',
        source: 'BlockingQueue, Invariant',
        always: ({ threads }) => threads.includes('running'),
      },
    ],
  };
}

const thread = setup({
  types: {} as {
    input: { name: string };
    context: { name: string };
    events: { type: 'put' | 'get' | 'wait' | 'wake' | 'is running' };
    emitted: { type: 'put'; to: 'buffer'; item: string } | { type: 'get'; to: 'buffer' };
  },
  actions: {
    put: emit(({ context }) => ({ type: 'put', to: 'buffer', item: context.name })),
    get: emit({ type: 'get', to: 'buffer' }),
  },
}).createMachine({
  id: 'thread',
  context: ({ input }) => ({ ...input }),
  initial: 'running',
  states: {
    running: {
      on: { put: { actions: 'put' }, get: { actions: 'get' }, wait: 'waiting', 'is running': {} },
    },
    waiting: { on: { wake: 'running' } },
  },
});

const buffer = setup({
  types: {} as {
    input: { capacity: number };
    context: { capacity: number; items: readonly string[] };
    events:
      | { type: 'put'; item: string }
      | { type: 'get' | 'has room' | 'is full' | 'has some' | 'is empty' };
  },
  actions: {
    append: assign({ items: ({ context }, item: string) => [...context.items, item] }),
    'drop the first': assign({ items: ({ context }) => context.items.slice(1) }),
  },
  guards: {
    'is full': ({ context }) => context.items.length === context.capacity,
    'is empty': ({ context }) => context.items.length === 0,
  },
}).createMachine({
  id: 'buffer',
  context: ({ input }) => ({ ...input, items: [] }),
  on: {
    put: { actions: { type: 'append', params: ({ event }) => event.item } },
    get: { actions: 'drop the first' },
    'has room': { guard: not('is full') },
    'is full': { guard: 'is full' },
    'has some': { guard: not('is empty') },
    'is empty': { guard: 'is empty' },
  },
});

/**
 * Threads that share one set of waiting threads notify one of their own kind, until all wait.
 *
 * Source: Kuppe, github.com/lemmy/BlockingQueue, after Charpentier, "An Example of Debugging Java with a Model
 * Checker". Its README, by the step of the tutorial: v05, TLC's shortest behavior into the deadlock, 8 states with 1
 * producer, 2 consumers and a buffer for 1; v06, 57,254 distinct states for all sizes up to 4, 3 and 3; v07, 1,647 up
 * to swapping producers and consumers among themselves; v08, the sizes that deadlock: those with 2 * capacity <
 * producers + consumers; v27, of the fixed one with 4, 3 and 3, 12,313 states generated, 1,600 distinct.
 */
export default blockingQueue({ producers: 1, consumers: 2, capacity: 1 });
