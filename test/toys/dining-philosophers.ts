import { emit, setup } from 'xstate';
import type { Network } from '../../src/model/network.js';

export interface Table {
  readonly philosophers: readonly ('thinking' | 'reaching' | 'eating')[];
}

/** `ordered`: the last philosopher takes the right fork first, which prevents a circular wait. */
export function diningPhilosophers(count: number, ordered = false): Network<Table> {
  const seats = Array.from({ length: count }, (_, i) => i);
  const fork = (i: number) => `fork ${(i % count) + 1}`;
  const philosopher = (i: number) => `philosopher ${i + 1}`;
  const forks = (i: number) => {
    const [first, second] = ordered && i === count - 1 ? [i + 1, i] : [i, i + 1];
    return { first: fork(first), second: fork(second) };
  };
  const take = (i: number, which: 'first' | 'second') => ({
    to: philosopher(i),
    message: { type: `take ${which}` },
    also: [{ type: 'take', to: forks(i)[which] }],
    description: `${philosopher(i)} takes ${forks(i)[which]}`,
  });
  return {
    name: ordered ? 'ordered dining philosophers' : 'dining philosophers',
    description: `${count} philosophers share ${count} forks, two are needed to eat`,
    scope: { philosophers: count, ordered },
    components: [
      ...seats.map((i) => ({ name: philosopher(i), machine: diner, input: forks(i) })),
      ...seats.map((i) => ({ name: fork(i), machine: cutlery })),
    ],
    stimuli: seats.flatMap((i) => [
      take(i, 'first'),
      take(i, 'second'),
      {
        to: philosopher(i),
        message: { type: 'put' },
        description: `${philosopher(i)} puts both forks down`,
      },
    ]),
    world: (look) => {
      const looks = seats.map((i) => look(philosopher(i)));
      return {
        get philosophers() {
          return looks.map((look) => look().value as 'thinking' | 'reaching' | 'eating');
        },
      };
    },
    rules: [
      {
        id: 'neighbours',
        description: 'no two neighbours eat at the same time',
        source: 'Dijkstra, EWD 310',
        always: ({ philosophers }) =>
          !philosophers.some(
            (state, i) => state === 'eating' && philosophers[(i + 1) % count] === 'eating',
          ),
      },
      {
        id: 'all-may-eat',
        description: 'everybody can come to eat',
        source: 'Dijkstra, EWD 310',
        possible: seats.map((i) => ({
          description: `${philosopher(i)} eats`,
          holds: ({ philosophers }) => philosophers[i] === 'eating',
        })),
      },
      {
        id: 'back-to-thought',
        description: 'all can always come back to thinking (broken where every left fork is taken)',
        source: 'Dijkstra, EWD 310',
        recoverable: ({ philosophers }) => philosophers.every((state) => state === 'thinking'),
      },
    ],
  };
}

const diner = setup({
  types: {} as {
    input: { first: string; second: string };
    context: { first: string; second: string };
    events: { type: 'take first' | 'take second' | 'put' };
    emitted: { type: 'put'; to: string };
  },
  actions: {
    'put first': emit(({ context }) => ({ type: 'put' as const, to: context.first })),
    'put second': emit(({ context }) => ({ type: 'put' as const, to: context.second })),
  },
}).createMachine({
  id: 'philosopher',
  context: ({ input }) => ({ ...input }),
  initial: 'thinking',
  states: {
    thinking: { on: { 'take first': 'reaching' } },
    reaching: { on: { 'take second': 'eating' } },
    eating: { on: { put: { target: 'thinking', actions: ['put first', 'put second'] } } },
  },
});

const cutlery = setup({}).createMachine({
  id: 'fork',
  initial: 'free',
  states: { free: { on: { take: 'held' } }, held: { on: { put: 'free' } } },
});

/**
 * Dijkstra's philosophers take the left fork, then the right one, and put both down together.
 *
 * Source of the count: a state is a word over thinking / reaching / eating in which nobody eats
 * beside one who holds their right fork; the trace of that transfer matrix is
 * (1 + sqrt 2)^n + (1 - sqrt 2)^n, the companion Pell numbers, OEIS A002203: 14, 34, 82, 198 ...
 */
export default diningPhilosophers(4);
