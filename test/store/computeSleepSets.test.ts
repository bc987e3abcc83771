import fc from 'fast-check';
import { expect, test } from 'vitest';
import { setup } from 'xstate';
import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import type { Network } from '../../src/model/network.js';
import { PropertyMonitor } from '../../src/properties/propertyMonitor.js';
import { type CheckOptions, check } from '../../src/search/check.js';
import { type Exploration, explore } from '../../src/search/explore.js';
import { everyNth, isMutated, runs } from '../effort.js';
import { network } from '../machines/networks.js';
import { type RandomWorld, randomNetworks, rulesOn, seen } from '../networks/randomNetwork.js';
import { inOrder } from './inOrder.js';

/** Sleep sets from the first state on. */
const withSleepSets = <W>(made: Network<W>, options: CheckOptions = {}) =>
  check(made, { sleepSetThreshold: 0, ...options });

/** No sleep sets, since every transition is kept. */
const withoutSleepSets = <W>(made: Network<W>) => check(made, { keepTransitions: true });

async function searched<W>(made: Network<W>) {
  const compiled = new CompiledSystem(made);
  const monitor = new PropertyMonitor(
    made.rules ?? [],
    compiled,
    new Int32Array(compiled.components.length),
  );
  let arrivals = 0;
  const observer = {
    violated() {},
    wrongCall() {},
    deadlock() {},
    enough: () => false,
    successors: () => arrivals++,
  };
  const exploration = await explore(compiled, monitor, observer, { sleepSetThreshold: 0 });
  return { exploration, compiled, arrivals };
}

/**
 * The same with a component that no call changes and of which every call reads `count` projections, each with its own
 * bit. So the bits of other reads fall into any of the words.
 */
interface Padded extends RandomWorld {
  readonly pads: readonly (() => string)[];
}
const padded = ({ symmetry: _, ...made }: Network<RandomWorld>, count: number): Network<Padded> => {
  const pad = setup({}).createMachine({ initial: 'there', states: { there: {} } });
  return {
    ...made,
    components: [...made.components, { name: 'pad', machine: pad }],
    world: (look) => {
      const read = (i: number) => look('pad', ({ value }) => `${value} ${i}`);
      return { ...made.world(look), pads: Array.from({ length: count }, (_, i) => read(i)) };
    },
    rules: [
      {
        ...{ id: 'pad', description: 'reads', source: 'chance' },
        step: ({ before }) => before.pads.every((read) => read() !== ''),
      },
      ...made.rules!,
    ],
  };
};

test('random networks: sleep sets change no result and no order', async () => {
  let slept = 0;
  await fc.assert(
    fc.asyncProperty(
      randomNetworks,
      seen,
      seen,
      fc.boolean(),
      fc.integer({ min: 1, max: 200 }),
      fc.nat(255),
      async (random, one, other, ends, workerThreshold, count) => {
        const rules = rulesOn(one, other);
        const drawn = {
          ...random,
          rules,
          ...(ends && { isTerminal: (world: RandomWorld) => world.at(0) === other }),
        };
        const made = padded(drawn, count);
        expect(inOrder(await withSleepSets(made, { workerThreshold }))).toEqual(
          inOrder(await withoutSleepSets(made)),
        );
        const { exploration, arrivals } = await searched(made);
        slept += exploration.transitions - arrivals;
      },
    ),
    runs(80, 800),
  );
  if (isMutated) return;
  expect(slept).toBeGreaterThan(300);
});

test.each(
  everyNth(3, [
    ['proposal', 'default'],
    ['linux-6.0', 'misuse'],
    ['linux-6.1', 'sysctl'],
    ['linux-6.12', 'odd'],
    ['linux-6.12', 'wide'],
    ['linux-7.0', 'tracers'],
    ['share-flag', 'notrace'],
  ]),
)('%s, scope %s: sleep sets change no result and no order', async (design, scope) => {
  const made = await network(design, scope);
  expect(inOrder(await withSleepSets(made))).toEqual(inOrder(await withoutSleepSets(made)));
});

/** Independent machines. */
const several = <W>(count: number, world: Network<W>['world']): Network<W> => ({
  name: 'several',
  description: 'nobody asks another',
  components: Array.from({ length: count }, (_, i) => ({
    name: `c${i}`,
    machine: setup({}).createMachine({
      initial: 'a',
      states: { a: { on: { b: 'b', c: 'c' } }, b: { on: { c: 'c' } }, c: { on: { a: 'a' } } },
    }),
  })),
  stimuli: Array.from({ length: count }, (_, i) =>
    ['a', 'b', 'c'].map((type) => ({
      to: `c${i}`,
      message: { type },
      description: `${type} to c${i}`,
    })),
  ).flat(),
  world,
});

/**
 * The calls that belong into sleep sets by definition: calls of another machine than the one whose call first reached
 * the state, which lead from the state before it to an older one.
 */
function sleepers({ visited }: Exploration, { components, stimuli }: CompiledSystem): number {
  let count = 0;
  for (let a = 1; a < visited.size; a++) {
    const [t] = stimuli[visited.path(a).at(-1)!]!;
    const from = visited.state(visited.parent(a));
    for (const words of stimuli) {
      const [u, message] = [words[0]!, words[1]!];
      const answer = components[u]!.answer(from[u]!, message);
      if (u === t || answer < 0) continue;
      const to = Int32Array.from(from);
      to[u] = components[u]!.next[answer]!;
      if (visited.numberOf(to) < a) count++;
    }
  }
  return count;
}

test.each([2, 3, 5])('%i machines of three states: the sleep sets are maximal', async (count) => {
  const { exploration, compiled, arrivals } = await searched(several(count, () => undefined));
  expect(exploration.states).toBe(3 ** count);
  expect(exploration.transitions).toBe(3 ** count * ((count * 4) / 3));
  const expected = sleepers(exploration, compiled);
  expect(expected).toBeGreaterThan(0);
  expect(exploration.transitions - arrivals).toBe(expected);
});

test('a call that ends the story in another state is in no sleep set there', async () => {
  const three = several(3, (look) => [look('c0'), look('c1')] as const);
  const made: typeof three = {
    ...three,
    isTerminal: ([one, other]) => one().value === 'b' && other().value === 'b',
  };
  // `b to c0` where c1 is `b`: the state that `c to c2` reaches first must execute it, because no call leaves a
  // terminal state
  const { counts, states } = inOrder(await withSleepSets(made));
  expect(counts.states).toBe(27);
  expect({ counts, states }).toEqual({
    counts,
    states: inOrder(await withoutSleepSets(made)).states,
  });
});

/** One is switched; whenever the other one turns, a rule `reads` the first. */
const looking = (read: (value: unknown) => boolean): Network<{ seen(): boolean }> => {
  const machine = (one: string, other: string) =>
    setup({}).createMachine({
      initial: one,
      states: { [one]: { on: { [other]: other } }, [other]: { on: { [one]: one } } },
    });
  return {
    name: 'looking',
    description: 'a rule looks at one machine when the other moves',
    components: [
      { name: 'lamp', machine: machine('off', 'on') },
      { name: 'wheel', machine: machine('here', 'there') },
    ],
    stimuli: ['on', 'off', 'there', 'here'].map((type) => ({
      to: type.startsWith('o') ? 'lamp' : 'wheel',
      message: { type },
      description: type,
    })),
    world: (look) => ({ seen: look('lamp', ({ value }) => read(value)) }),
    rules: [
      {
        id: 'looks',
        description: 'looks at the lamp',
        source: 'this test',
        step: ({ call, before }) => call.to === 'lamp' || before.seen() || !before.seen(),
      },
    ],
  };
};

test.each([
  ['the same of', () => true, 2],
  ['a difference between', (value: unknown) => value === 'on', 0],
] as const)(
  'calls whose rule sees %s the states of a machine, and calls that change it',
  async (_, read, slept) => {
    const { exploration, arrivals } = await searched(looking(read));
    expect(exploration).toMatchObject({ states: 4, transitions: 8 });
    // If they commute: `on` after `there`, which leads to the same state as `there` after `on`; and `off` after `on`,
    // `there`
    expect(exploration.transitions - arrivals).toBe(slept);
  },
);

test('a rule that reads more of states after its calls were found independent', async () => {
  const counter = (last: number) =>
    setup({}).createMachine({
      initial: '0',
      states: Object.fromEntries(
        Array.from({ length: last + 1 }, (_, n) => [n, n < last ? { on: { up: `${n + 1}` } } : {}]),
      ),
    });
  const made: Network<{ one(): unknown; other(): unknown }> = {
    name: 'counters',
    description: 'a rule looks at one, and at the other where the one is 2',
    components: [
      { name: 'one', machine: counter(2) },
      { name: 'other', machine: counter(1) },
    ],
    stimuli: ['one', 'other'].map((to) => ({
      to,
      message: { type: 'up' },
      description: `up ${to}`,
    })),
    world: (look) => ({
      one: look('one', ({ value }) => value),
      other: look('other', ({ value }) => value),
    }),
    breakClass: ({ description }) => description,
    rules: [
      {
        ...{ id: 'apart', description: 'not both at their ends', source: 'this test' },
        always: (world) => world.one() !== '2' || world.other() !== '1',
      },
    ],
  };
  const [apart] = (await withSleepSets(made)).rules;
  expect(apart!.classes!.map(({ name, transitions }) => [name, transitions])).toEqual([
    ['up other', 1],
    ['up one', 1],
  ]);
});
