import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnyStateMachine, assign, type EventObject, setup } from 'xstate';
import { createTestModel, type StatePath } from 'xstate/graph';
import { allTransitions } from '../../src/xstate-test/index.js';
import { randomNetworks } from '../networks/randomNetwork.js';
import { after, allOf, stateOf, takenBy } from './live.js';
import { cart, player, tags } from './machines.js';

// biome-ignore lint/suspicious/noExplicitAny: machines of all sorts are put in one table
type Any = any;

const of = (type: string, more: object = {}): EventObject => ({ type, ...more });
const zoo: readonly (readonly [string, AnyStateMachine, readonly EventObject[]])[] = [
  ['history', player, ['play', 'stop', 'sleep', 'wake', 'doze off'].map((type) => of(type))],
  [
    'one state',
    cart,
    [of('add', { pieces: 1 }), of('add', { pieces: 2 }), of('remove'), of('look')],
  ],
  ['a Set', tags, ['tag', 'untag'].flatMap((type) => ['a', 'b'].map((tag) => of(type, { tag })))],
];

const modelOf = (machine: AnyStateMachine, events: readonly EventObject[]) =>
  createTestModel(machine, { events: events as Any });
const waysOf = (paths: readonly StatePath<Any, Any>[]): EventObject[][] =>
  paths.map(({ steps }) => steps.slice(1).map(({ event }) => event));

describe.each(zoo)('%s', (_, machine, events) => {
  const all = allOf(machine, events);
  const paths = modelOf(machine, events).getPaths(allTransitions());

  test('takes every transition', () => {
    expect(takenBy(machine, waysOf(paths))).toEqual(all);
  });

  test('a path has the states of a live actor', () => {
    for (const { steps, state, weight } of paths) {
      const way = steps.slice(1).map(({ event }) => event);
      expect(steps[0]!.event).toEqual({ type: 'xstate.init' });
      expect(weight).toBe(way.length);
      expect(steps.at(-1)!.state).toBe(state);
      for (const [i, step] of steps.entries())
        expect(stateOf({ getSnapshot: () => step.state } as Any)).toBe(
          stateOf(after(machine, way.slice(0, i))),
        );
    }
  });
});

describe('compared with the paths of XState itself', () => {
  const sizes = zoo.map(([name, machine, events]) => {
    const theirs = takenBy(machine, waysOf(modelOf(machine, events).getShortestPaths()));
    return [name, theirs.size, allOf(machine, events).size];
  });

  // By hand: the player is in 10 states, as one that was never left has no history; 2 of them stopped or playing
  // without one, 4 with one, each with 2 transitions; 2 asleep with 2, 2 deep with 1. The cart: a piece can be added
  // 3 times, two pieces twice, one removed 3 times, and it is looked at with 0 to 3 pieces. Tags: 4 sets, 4 events.
  // XState's paths never take `play` before `sleep`, so they leave out 2 of these 10 states.
  test('getShortestPaths: the number of transitions that they take', () => {
    expect(sizes).toEqual([
      ['history', 8, 18],
      ['one state', 3, 12],
      ['a Set', 0, 16],
    ]);
  });

  test('history: its paths never resume from deep history, and these do', () => {
    const [, , events] = zoo[0]!;
    const way = ['play', 'sleep', 'doze off', 'wake'].map((type) => of(type));
    const [wake] = [...takenBy(player, [way])].slice(-1);
    const model = modelOf(player, events);
    expect(takenBy(player, waysOf(model.getShortestPaths()))).not.toContain(wake);
    expect(takenBy(player, waysOf(model.getPaths(allTransitions())))).toContain(wake);
  });

  test('getSimplePaths: does not end for 5 states, each with an event to each other', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const ways = Object.fromEntries(names.map((name) => [name, name]));
    const states = Object.fromEntries(names.map((name) => [name, { on: ways }]));
    const machine = setup({}).createMachine({ initial: 'a', states } as Any);
    const model = createTestModel(machine);
    const { serializeState } = model.options;
    let steps = 0;
    const counted: typeof serializeState = (...args) => {
      if (++steps > 500_000) throw new Error('half a million steps, and no end');
      return serializeState!(...args);
    };
    expect(() => model.getSimplePaths({ serializeState: counted })).toThrow('half a million steps');
    const paths = model.getPaths(allTransitions());
    expect(paths).toHaveLength(1);
    expect(takenBy(machine, waysOf(paths)).size).toBe(25);
  });
});

test('random machines: takes every transition, and nothing else', () => {
  const events = [0, 1, 2, 3].map((n) => of(`w${n}`));
  fc.assert(
    fc.property(randomNetworks, ({ components: [{ machine }] }: Any) => {
      // XState itself generates no event that a machine handles without an effect
      const paths = createTestModel(machine).getPaths(allTransitions(), { events });
      expect(takenBy(machine, waysOf(paths))).toEqual(allOf(machine, events));
    }),
    { seed: 8, numRuns: 30 },
  );
});

describe('path.test', () => {
  test('sends the system each event and checks its state, step by step', async () => {
    const calledBack: string[] = [];
    const [path] = createTestModel(player).getPaths(allTransitions());
    const emitted = (type: string) => void calledBack.push(type);
    await path!.test({
      events: {
        sleep: () => emitted('sleep'),
        wake: () => emitted('wake'),
        play: () => emitted('play'),
      },
      states: {
        asleep: () => emitted('is asleep'),
        'on.playing': (state) =>
          emitted(state.matches({ on: 'playing' }) ? 'is playing' : 'is what?'),
      },
    });
    const types = path!.steps.map(({ event }) => event.type);
    const expected = types.flatMap((type, i) => [
      ...(['sleep', 'wake', 'play'].includes(type) ? [type] : []),
      ...(path!.steps[i]!.state.matches('asleep') ? ['is asleep'] : []),
      ...(path!.steps[i]!.state.matches({ on: 'playing' }) ? ['is playing'] : []),
    ]);
    expect(calledBack).toEqual(expected);
    expect(new Set(calledBack)).toEqual(
      new Set(['sleep', 'wake', 'play', 'is asleep', 'is playing']),
    );
  });

  test('fails where the system differs from the model, with the path', async () => {
    const paths = createTestModel(player).getPaths(allTransitions());
    const run = Promise.all(
      paths.map((path) =>
        path.test({
          states: {
            deep: () => {
              throw new Error('it cannot sleep deeply');
            },
          },
        }),
      ),
    );
    await expect(run).rejects.toThrow(/it cannot sleep deeply[\s\S]*Path:[\s\S]*doze off/);
  });
});

test('accepts inline guards and actions, and executes no action while it searches for paths', () => {
  let rung = 0;
  const bell = setup({ types: {} as { context: { open: boolean } } }).createMachine({
    context: { open: true },
    on: {
      ring: {
        guard: ({ context }) => context.open,
        actions: () => {
          rung++;
        },
      },
    },
  });
  const paths = createTestModel(bell).getPaths(allTransitions());
  expect(waysOf(paths)).toEqual([[of('ring')]]);
  expect(rung).toBe(0);
});

describe('the options of getPaths', () => {
  const events = [of('add', { pieces: 1 })];
  const cartPaths = (options: object) =>
    modelOf(cart, events).getPaths(allTransitions(), options as Any);

  test('filterEvents: rejected events are not sent', () => {
    const types = waysOf(cartPaths({ filterEvents: (_: Any, { type }: Any) => type !== 'look' }))
      .flat()
      .map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set(['add', 'remove']));
  });

  test('stopWhen: no event is sent from then on', () => {
    const paths = cartPaths({ stopWhen: ({ context }: Any) => context.pieces === 1 });
    // Looked at with no piece, then one added.
    expect(takenBy(cart, waysOf(paths)).size).toBe(2);
  });

  test('fromState: paths begin there', () => {
    const fromState = after(cart, [events[0]!, events[0]!]).getSnapshot();
    for (const { steps } of cartPaths({ fromState })) expect(steps[0]!.state).toBe(fromState);
  });

  test('events: replace those of the model', () => {
    const paths = cartPaths({ events: [of('look')] });
    expect(waysOf(paths)).toEqual([[of('look')]]);
  });

  test('longest: limits the paths, and reports the transitions out of reach', () => {
    const model = modelOf(cart, events);
    const short = model.getPaths(allTransitions({ longest: 5 }));
    for (const { weight } of short) expect(weight).toBeLessThanOrEqual(5);
    expect(takenBy(cart, waysOf(short)).size).toBe(10);
    expect(() => model.getPaths(allTransitions({ longest: 3 }))).toThrow(
      /^RW322: 2 of 10 transitions are further than 3 steps from the start; give/,
    );
  });

  test('a machine without transitions has one path without a step', () => {
    const [path, ...others] = createTestModel(setup({}).createMachine({})).getPaths(
      allTransitions(),
    );
    expect([path!.weight, path!.steps.length, others.length]).toEqual([0, 1, 0]);
  });
});

describe('refused machines', () => {
  const walk = (machine: AnyStateMachine, options: object = {}) =>
    createTestModel(machine, options).getPaths(allTransitions());
  const keeps = (kept: (n: number) => unknown) =>
    setup({
      types: {} as { context: { n: number; kept: unknown } },
      actions: {
        more: assign({
          n: ({ context }) => context.n + 1,
          kept: ({ context }) => kept(context.n),
        }),
      },
    }).createMachine({ id: 'm', context: { n: 0, kept: 0 }, on: { more: { actions: 'more' } } });

  test('RW104 for a value without a text, with the place', () => {
    expect(() => walk(keeps(() => new URL('http://a')))).toThrow(
      /^RW104: machine m, context.kept holds a URL; use plain values/,
    );
  });

  test('RW105 for a machine that grows', () => {
    expect(() =>
      walk(
        keeps(() => 0),
        { limit: 50 },
      ),
    ).toThrow(/^RW105: machine m has over 50 transi/);
  });

  test('RW106 for a machine that is not deterministic', () => {
    let answers = 0;
    expect(() => walk(keeps(() => ++answers))).toThrow(
      /^RW106: machine m handles more differently/,
    );
  });

  test('RW109 for a machine that throws', () => {
    const fails = keeps(() => {
      throw new Error('no');
    });
    expect(() => walk(fails)).toThrow(/^RW109: machine m fails when it handles more: Error: no/);
  });

  test('RW114 for any event; accepted if its events are given', () => {
    const hears = setup({}).createMachine({
      id: 'm',
      initial: 'a',
      states: { a: { on: { '*': 'b' } }, b: {} },
    } as Any);
    expect(() => walk(hears)).toThrow(/^RW114: machine m has a transition for any event/);
    const given = createTestModel(hears).getPaths(allTransitions(), { events: [of('x')] as Any });
    expect(waysOf(given)).toEqual([[of('x')]]);
  });

  test('RW111 for a value that is no machine', () => {
    expect(() => allTransitions()({} as Any, {})).toThrow(
      /^RW111: allTransitions\(\) takes XState 5/,
    );
  });

  test('RW321 for paths to one state', () => {
    const toState = () => true;
    expect(() => createTestModel(cart).getPaths(allTransitions(), { toState })).toThrow(
      /^RW321: .* use getShortestPaths/,
    );
  });
});
