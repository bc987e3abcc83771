import fc from 'fast-check';
import { expect, test } from 'vitest';
import { and, assign, not, setup } from 'xstate';
import { criterion as guards } from '../../../src/coverage/criteria/guards.js';
import type { Network } from '../../../src/model/network.js';
import type { Check } from '../../../src/search/check.js';
import { Live } from '../../networks/live.js';
import { randomNetworks } from '../../networks/randomNetwork.js';
import { planned } from './planned.js';

/** A network whose machines record the results of their guards; each stimulus is one message. */
function noted(network: Network): { network: Network; answers: Set<string> } {
  const answers = new Set<string>();
  const components = network.components.map(({ name, machine }) => {
    type Guard = (argument: unknown) => boolean;
    const given = Object.entries(machine.implementations.guards as Record<string, Guard>);
    const noting = given.map(([guard, holds]) => [
      guard,
      (argument: unknown) => {
        const answer = holds(argument);
        answers.add(`${name} ${guard} ${answer}`);
        return answer;
      },
    ]);
    return { name, machine: machine.provide({ guards: Object.fromEntries(noting) }) };
  });
  const stimuli = network.stimuli.map(({ to, message, description }) => ({
    to,
    message,
    description,
  }));
  return { network: { ...network, components, stimuli }, answers };
}

/** Makes the calls of a path with live actors, and collects the results of guards. */
function answered(
  { network, answers }: ReturnType<typeof noted>,
  { successors }: Check,
  path: readonly number[],
): ReadonlySet<string> {
  answers.clear();
  const live = new Live(network);
  for (const entry of path) expect(live.react(successors!.stimulus(entry))).toBe('quiescence');
  return new Set(answers);
}

/** XState's `transition` evaluates the guards of `always` once more before each message, and its actors do not. */
const hasAlways = ({ components }: Network) =>
  components.some(({ machine }) => JSON.stringify(machine.config).includes('"always"'));

test('any small network: on these paths live actors show every guard result that any path can show', async () => {
  await fc.assert(
    fc.asyncProperty(randomNetworks, async (drawn) => {
      fc.pre(!hasAlways(drawn as Network));
      const watched = noted(drawn as Network);
      const { check, paths, plan, taken } = await planned(guards, watched.network);
      const seen = new Set(paths.flatMap(({ steps }) => [...answered(watched, check, steps)]));
      const graph = check.successors!;
      const { visited } = check.exploration;
      const everywhere = new Set<string>();
      for (let state = 0; state < check.exploration.states; state++)
        for (let entry = graph.rowStart(state); entry < graph.rowStart(state + 1); entry++) {
          watched.answers.clear();
          const live = new Live(watched.network);
          for (const stimulus of [...visited.path(state), graph.stimulus(entry)])
            live.react(stimulus);
          for (const answer of watched.answers) everywhere.add(answer);
        }
      expect(seen).toEqual(everywhere);
      expect(plan.of).toBe(everywhere.size);
      expect(taken.size).toBe(plan.of);
    }),
    { numRuns: 40 },
  );
}, 600_000);

test('composite guards, guards with parameters, and results that no path shows', async () => {
  const door = setup({
    types: {} as {
      context: { tries: number };
      events: { type: 'try'; key: string } | { type: 'close' | 'slam' };
    },
    guards: {
      fits: ({ event }, key: string) => 'key' in event && event.key === key,
      'has tries left': ({ context }) => context.tries < 2,
      'may open': and(['has tries left', { type: 'fits', params: 'K' }]),
      'is broken': () => false,
      'is loose': () => false,
      'is not asked': () => true,
    },
    actions: { count: assign({ tries: ({ context }) => context.tries + 1 }) },
  }).createMachine({
    id: 'door',
    context: { tries: 0 },
    initial: 'shut',
    states: {
      shut: {
        on: {
          try: [
            { guard: 'may open', target: 'open' },
            { guard: and(['has tries left', not('is broken')]), actions: 'count' },
            {},
          ],
        },
      },
      open: { on: { close: 'shut', slam: { guard: 'is loose', target: 'shut' } } },
    },
  });
  const network: Network = {
    name: 'doors',
    description: 'two doors that are one machine',
    components: ['front', 'back'].map((name) => ({ name, machine: door })),
    stimuli: ['front', 'back'].flatMap((to) => [
      ...['K', 'L'].map((key) => ({
        to,
        message: { type: 'try', key },
        description: `try ${key} at ${to}`,
      })),
      { to, message: { type: 'close' }, description: `close ${to}` },
      { to, message: { type: 'slam' }, description: `slam ${to}` },
    ]),
    world: () => undefined,
  };
  const { paths, plan, taken, check } = await planned(guards, network);
  expect(plan.never).toEqual([
    'door: "is broken" is true',
    'door: "is loose" is false, but in no call: only in a test whether a call is enabled',
    'door: "is loose" is true',
  ]);
  // One of the two doors is enough: to open it, to fail, and to fail twice.
  expect(plan.of).toBe(7);
  expect(taken.size).toBe(7);
  const actual = paths.map(({ description, steps }) => [
    description,
    ...steps.map((entry) => network.stimuli[check.successors!.stimulus(entry)]!.description),
  ]);
  expect(actual).toEqual([
    ['door: "has tries left" is false', 'try L at front', 'try L at front', 'try K at front'],
    ['door: "may open" is true', 'try K at front'],
  ]);
});

test('a guard result in the test whether a stimulus is enabled does not count for the call', async () => {
  const flag = setup({
    types: {} as { context: { set: boolean }; events: { type: 'set' | 'ask' } },
    guards: { 'is set': ({ context }) => context.set },
    actions: { set: assign({ set: true }) },
  }).createMachine({
    context: { set: false },
    on: { set: { actions: 'set' }, ask: [{ guard: 'is set' }, {}] },
  });
  const network: Network = {
    name: 'flag',
    description: 'a flag that is set and asked for in one call',
    components: [{ name: 'flag', machine: flag }],
    stimuli: [
      {
        to: 'flag',
        message: { type: 'set' },
        also: [{ type: 'ask', to: 'flag' }],
        description: 'set and ask',
      },
    ],
    world: () => undefined,
  };
  const { plan } = await planned(guards, network);
  expect(plan.of).toBe(1);
  expect(plan.never).toEqual([
    'flag: "is set" is false, but in no call: only in a test whether a call is enabled',
  ]);
});
