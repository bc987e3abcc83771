import { emit, setup } from 'xstate';
import type { Network } from '../../src/model/network.js';

/** The steps of a process before it waits, in this order; the broken twins show why the order matters. */
export type Entry = readonly ('raise flag' | 'give turn')[];

export interface Processes {
  readonly processes: readonly string[];
}

export function peterson(entry: Entry): Network<Processes> {
  const ids = [0, 1] as const;
  const process = (i: number) => `process ${i}`;
  const flag = (i: number) => `flag ${i}`;
  const [first, second] = [entry[0] ?? 'pass', entry[1] ?? 'pass'] as const;
  return {
    name: `peterson, ${entry.join(' then ')}`,
    description: 'two processes want one room to themselves',
    scope: { entry: [...entry] },
    components: [
      ...ids.map((i) => ({
        name: process(i),
        machine: contender(first, second),
        input: { flag: flag(i), other: process(1 - i) },
      })),
      ...ids.map((i) => ({ name: flag(i), machine: flagpole })),
      { name: 'turn', machine: turn },
    ],
    stimuli: ids.flatMap((i) => [
      { to: process(i), message: { type: 'arrive' }, description: `${process(i)} arrives` },
      { to: process(i), message: { type: 'first' }, description: `${process(i)}: ${first}` },
      { to: process(i), message: { type: 'second' }, description: `${process(i)}: ${second}` },
      {
        to: process(i),
        message: { type: 'enter' },
        also: [{ type: 'is down', to: flag(1 - i) }],
        description: `${process(i)} enters, the other flag is down`,
        call: `${process(i)} enters`,
      },
      {
        to: process(i),
        message: { type: 'enter' },
        also: [{ type: `is with ${process(i)}`, to: 'turn' }],
        description: `${process(i)} enters, it has the turn`,
        call: `${process(i)} enters`,
      },
      { to: process(i), message: { type: 'finish' }, description: `${process(i)} is done inside` },
      { to: process(i), message: { type: 'leave' }, description: `${process(i)} leaves` },
    ]),
    world: (look) => {
      const looks = ids.map((i) => look(process(i)));
      return {
        get processes() {
          return looks.map((look) => look().value as string);
        },
      };
    },
    rules: [
      {
        id: 'alone',
        description: 'never are both in the room',
        source: 'Peterson 1981',
        always: ({ processes }) =>
          !processes.every((state) => state === 'inside' || state === 'leaving'),
      },
      {
        id: 'both-may-enter',
        description: 'each can enter',
        source: 'Peterson 1981',
        possible: ids.map((i) => ({
          description: `${process(i)} is inside`,
          holds: ({ processes }) => processes[i] === 'inside',
        })),
      },
    ],
  };
}

const contender = (first: Entry[number] | 'pass', second: Entry[number] | 'pass') =>
  setup({
    types: {} as {
      input: { flag: string; other: string };
      context: { flag: string; other: string };
      events: { type: 'arrive' | 'first' | 'second' | 'enter' | 'finish' | 'leave' };
      emitted: { type: string; to: string };
    },
    actions: {
      'raise flag': emit(({ context }) => ({ type: 'raise', to: context.flag })),
      'lower flag': emit(({ context }) => ({ type: 'lower', to: context.flag })),
      'give turn': emit(({ context }) => ({ type: `give to ${context.other}`, to: 'turn' })),
      pass: emit({ type: 'nothing', to: 'turn' }),
    },
  }).createMachine({
    id: 'process',
    context: ({ input }) => ({ ...input }),
    initial: 'away',
    states: {
      away: { on: { arrive: 'outside' } },
      outside: { on: { first: { target: 'halfway', actions: first } } },
      halfway: { on: { second: { target: 'waiting', actions: second } } },
      waiting: { on: { enter: 'inside' } },
      inside: { on: { finish: 'leaving' } },
      leaving: { on: { leave: { target: 'away', actions: 'lower flag' } } },
    },
  });

const flagpole = setup({}).createMachine({
  id: 'flag',
  initial: 'down',
  states: {
    down: { on: { raise: 'up', lower: {}, 'is down': {} } },
    up: { on: { lower: 'down' } },
  },
});

const turn = setup({}).createMachine({
  id: 'turn',
  initial: 'process 0',
  states: {
    'process 0': { on: { 'is with process 0': {} } },
    'process 1': { on: { 'is with process 1': {} } },
  },
  on: { 'give to process 0': '.process 0', 'give to process 1': '.process 1', nothing: {} },
});

/**
 * Two processes share a critical section: each raises its flag, gives the turn away, and waits until the other's flag
 * is down or the turn has returned.
 *
 * Source: Peterson, "Myths about the mutual exclusion problem", IPL 12(3), 1981, with the atomic steps of
 * github.com/tlaplus/Examples, locks_auxiliary_vars/Peterson.tla, where arrival and the end of the critical section are
 * steps, too. Its manifest.json: 42 distinct states, 77 generated (the first one and 76 transitions: an entry for both
 * reasons is generated twice), depth 11 counted in states.
 */
export default peterson(['raise flag', 'give turn']);
