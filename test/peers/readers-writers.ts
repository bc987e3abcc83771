import { assign, emit, setup } from 'xstate';
import type { Network } from '../../src/model/network.js';

export interface Room {
  readonly actors: readonly ('idle' | 'reading' | 'writing')[];
  readonly waiting: readonly Request[];
}

type Request = { readonly type: 'read' | 'write'; readonly to: string };

/** `heedless`: a writer may enter while there are readers; the broken twin. */
export function readersWriters(count: number, heedless = false): Network<Room> {
  const names = Array.from({ length: count }, (_, i) => `actor ${i + 1}`);
  /** All actors are tested first, since one that enters is no longer idle. */
  const lets = (what: Request['type'], when: string) => ({
    to: names[0]!,
    message: { type: when },
    also: [
      ...names.slice(1).map((to) => ({ type: when, to })),
      { type: `let ${what}`, to: 'queue' },
    ],
    description: `the first in the queue ${what}s`,
  });
  return {
    name: heedless ? 'heedless readers and writers' : 'readers and writers',
    description: `${count} actors read together or write alone, in the order in which they asked`,
    scope: { actors: count, heedless },
    components: [
      { name: 'queue', machine: queue },
      ...names.map((name) => ({ name, machine: actor })),
    ],
    stimuli: [
      ...(['read', 'write'] as const).flatMap((type) =>
        names.map((name) => ({
          to: 'queue',
          message: { type: 'ask', request: { type, to: name } },
          description: `${name} asks to ${type}`,
        })),
      ),
      lets('read', 'does not write'),
      lets('write', heedless ? 'does not write' : 'is idle'),
      ...names.map((to) => ({ to, message: { type: 'stop' }, description: `${to} stops` })),
    ],
    world: (look) => {
      const looks = names.map((name) => look(name));
      const waiting = look('queue');
      return {
        get actors() {
          return looks.map((look) => look().value as Room['actors'][number]);
        },
        get waiting() {
          return waiting().context.waiting;
        },
      };
    },
    rules: [
      {
        id: 'safety',
        description: 'nobody writes beside another who reads or writes',
        source: 'ReadersWriters, Safety',
        always: ({ actors }) =>
          !actors.includes('writing') || actors.filter((state) => state !== 'idle').length === 1,
      },
      {
        id: 'all-at-once',
        description: 'all can read together, and all can wait to write',
        source: 'MC, the invariants that are said to be violated',
        possible: [
          {
            description: 'all read',
            holds: ({ actors }) => actors.every((state) => state === 'reading'),
          },
          {
            description: 'all wait to write',
            holds: ({ waiting }) => waiting.filter(({ type }) => type === 'write').length === count,
          },
        ],
      },
    ],
  };
}

const isSame = (a: Request, b: Request) => a.type === b.type && a.to === b.to;

/** Stores the messages that it will emit. */
const queue = setup({
  types: {} as {
    context: { waiting: readonly Request[] };
    events: { type: 'ask'; request: Request } | { type: 'let read' | 'let write' };
    emitted: Request;
  },
  actions: {
    join: assign({ waiting: ({ context }, one: Request) => [...context.waiting, one] }),
    'call the first': emit(({ context }) => context.waiting[0]!),
    'move up': assign({ waiting: ({ context }) => context.waiting.slice(1) }),
  },
  guards: {
    'is not in it': ({ context }, one: Request) => !context.waiting.some((r) => isSame(r, one)),
    'first would': ({ context }, type: Request['type']) => context.waiting[0]?.type === type,
  },
}).createMachine({
  id: 'queue',
  context: { waiting: [] },
  on: {
    ask: {
      guard: { type: 'is not in it', params: ({ event }) => event.request },
      actions: { type: 'join', params: ({ event }) => event.request },
    },
    'let read': {
      guard: { type: 'first would', params: 'read' },
      actions: ['call the first', 'move up'],
    },
    'let write': {
      guard: { type: 'first would', params: 'write' },
      actions: ['call the first', 'move up'],
    },
  },
});

/** May ask again while it reads, and enters again: it still reads. */
const actor = setup({}).createMachine({
  id: 'actor',
  initial: 'idle',
  states: {
    idle: { on: { read: 'reading', write: 'writing', 'is idle': {}, 'does not write': {} } },
    reading: { on: { read: {}, write: 'writing', stop: 'idle', 'does not write': {} } },
    writing: { on: { stop: 'idle' } },
  },
});

/**
 * Readers and writers wait in one queue, which prevents starvation.
 *
 * Source: github.com/tlaplus/Examples, ReadersWriters, with its manifest.json: 3 actors, 21,527 distinct states, 59,674
 * generated (the first one and 59,673 transitions), depth 13 counted in states.
 */
export default readersWriters(3);
