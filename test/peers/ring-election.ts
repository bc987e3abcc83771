import { assign, emit, setup } from 'xstate';
import type { Network } from '../../src/model/network.js';

export interface Ring {
  readonly nodes: readonly ('candidate' | 'lost' | 'won')[];
  /** No id is in transit, and every node has started. */
  readonly quiet: boolean;
}

/** `initiators`: for each node, in the order of the ring, whether it is a candidate. */
export function ringElection(initiators: readonly boolean[]): Network<Ring> {
  const ids = initiators.map((_, i) => i + 1);
  const node = (id: number) => `node ${id}`;
  const inbox = (id: number) => `inbox of ${node(id)}`;
  return {
    name: 'ring election',
    description: `${initiators.length} nodes in a ring elect the candidate with the least id`,
    scope: { initiators: [...initiators] },
    components: ids.flatMap((id, i) => [
      {
        name: node(id),
        machine: ringNode,
        input: { id, next: inbox(ids[(i + 1) % ids.length]!), stands: initiators[i]! },
      },
      { name: inbox(id), machine: mailbox },
    ]),
    stimuli: ids.flatMap((id) => [
      { to: node(id), message: { type: 'begin' }, description: `${node(id)} begins` },
      ...ids.map((what) => ({
        to: node(id),
        message: { type: 'receive', id: what },
        also: [{ type: 'take', id: what, to: inbox(id) }],
        description: `${node(id)} receives ${what}`,
      })),
    ]),
    world: (look) => {
      const nodes = ids.map((id) => look(node(id)));
      const inboxes = ids.map((id) => look(inbox(id)));
      return {
        get nodes() {
          return nodes.map((look) => look().context.state);
        },
        get quiet() {
          return (
            nodes.every((look) => look().value === 'awake') &&
            inboxes.every((look) => look().context.ids.length === 0)
          );
        },
      };
    },
    isTerminal: ({ quiet }) => quiet,
    rules: [
      {
        id: 'least-wins',
        description:
          'only the initiator with the least id wins, and then all others know that they lost',
        source: 'ChangRoberts, Correctness',
        always: ({ nodes }) =>
          nodes.every(
            (state, i) =>
              state !== 'won' ||
              (i === initiators.indexOf(true) &&
                nodes.every((other, j) => j === i || other === 'lost')),
          ),
      },
      {
        id: 'one-wins',
        description: 'if any node stands for election, one can win at any time',
        source: 'ChangRoberts, Liveness',
        recoverable: ({ nodes }) => nodes.includes('won') || !initiators.includes(true),
      },
    ],
  };
}

const ringNode = setup({
  types: {} as {
    input: { id: number; next: string; stands: boolean };
    context: { id: number; next: string; state: 'candidate' | 'lost' | 'won' };
    events: { type: 'begin' } | { type: 'receive'; id: number };
    emitted: { type: 'put'; to: string; id: number };
  },
  actions: {
    'pass on': emit(({ context }, id: number) => ({
      type: 'put' as const,
      to: context.next,
      id,
    })),
    lose: assign({ state: 'lost' }),
    win: assign({ state: 'won' }),
  },
  guards: {
    'stands for election': ({ context }) => context.state === 'candidate',
    'has lost': ({ context }) => context.state === 'lost',
    'is less': ({ context }, id: number) => id < context.id,
    'is its own': ({ context }, id: number) => id === context.id,
  },
}).createMachine({
  id: 'node',
  context: ({ input: { id, next, stands } }) => ({
    id,
    next,
    state: stands ? 'candidate' : 'lost',
  }),
  initial: 'asleep',
  states: {
    asleep: {
      on: {
        begin: [
          {
            guard: 'stands for election',
            target: 'awake',
            actions: { type: 'pass on', params: ({ context }) => context.id },
          },
          { target: 'awake' },
        ],
      },
    },
    awake: {
      on: {
        receive: [
          {
            guard: 'has lost',
            actions: { type: 'pass on', params: ({ event }) => event.id },
          },
          {
            guard: { type: 'is less', params: ({ event }) => event.id },
            actions: ['lose', { type: 'pass on', params: ({ event }) => event.id }],
          },
          {
            guard: { type: 'is its own', params: ({ event }) => event.id },
            actions: 'win',
          },
          {},
        ],
      },
    },
  },
});

/** Ids in transit, unordered. */
const mailbox = setup({
  types: {} as {
    context: { ids: readonly number[] };
    events: { type: 'put' | 'take'; id: number };
  },
  actions: {
    keep: assign({
      ids: ({ context }, id: number) => [...new Set([...context.ids, id])].sort(),
    }),
    drop: assign({ ids: ({ context }, id: number) => context.ids.filter((i) => i !== id) }),
  },
  guards: { holds: ({ context }, id: number) => context.ids.includes(id) },
}).createMachine({
  id: 'inbox',
  context: { ids: [] },
  on: {
    put: { actions: { type: 'keep', params: ({ event }) => event.id } },
    take: {
      guard: { type: 'holds', params: ({ event }) => event.id },
      actions: { type: 'drop', params: ({ event }) => event.id },
    },
  },
});

/** Every choice of initiators among this many nodes; a choice never changes. */
export const ringElections = (nodes: number): Network<Ring>[] =>
  Array.from({ length: 2 ** nodes }, (_, code) =>
    ringElection(Array.from({ length: nodes }, (_, i) => Math.floor(code / 2 ** i) % 2 === 1)),
  );

/**
 * Candidates send their ids around a ring; each node forwards ids that are less than its own.
 *
 * Source: Chang & Roberts, "An improved algorithm for decentralized extrema-finding in circular configurations of
 * processes", CACM 22(5), 1979. TLC's counts are in github.com/tlaplus/Examples, chang_roberts/manifest.json: 3 nodes,
 * 137 distinct states, 227 generated, depth 10 counted in states. There every choice of initiators is a first state; as
 * it never changes, the 8 searches share no state, and their sums equal TLC's counts.
 */
export default ringElection([true, true, true]);
