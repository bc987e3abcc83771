import { describe, expect, test } from 'vitest';
import { type AnyStateMachine, assign, emit, setup } from 'xstate';
import type { Json, Network, Snapshot } from '../../src/model/network.js';
import { check } from '../../src/search/check.js';

const about = { description: 'r', source: 'test' };

interface Row {
  readonly all: readonly Snapshot[];
}

/** A row of machines declared symmetric; the small network has two of them. */
const row = (
  names: readonly string[],
  machine: AnyStateMachine,
  types: readonly string[],
  more: Partial<Network<Row>>,
  input?: (place: number, names: readonly string[]) => Json,
): Network<Row> => ({
  name: 'row',
  description: 'machines in a row',
  components: names.map((name, i) => ({ name, machine, ...(input && { input: input(i, names) }) })),
  stimuli: names.flatMap((to) =>
    types.map((type) => ({ to, message: { type }, description: `${type} ${to}` })),
  ),
  world: (select) => {
    const all = names.map((name) => select(name));
    return {
      get all() {
        return all.map((one) => one());
      },
    };
  },
  symmetry: {
    kinds: [{ description: 'machines', members: names }],
    component: (name, named) => named(name),
    seen: (_, { value, context }, named) => ({
      value,
      context: 'next' in context ? { next: named(context.next) } : context,
    }),
    small: () => row(names.slice(0, 2), machine, types, more, input),
  },
  ...more,
});

const lamp = setup({}).createMachine({
  initial: 'off',
  states: { off: { on: { up: 'on' } }, on: { on: { down: 'off' } } },
});
const lit = ({ all }: Row) => all.map(({ value }) => value === 'on');

/** Everything that must not depend on reductions. */
const resultOf = async (network: Network<Row>, reductions: 'on' | 'off') => {
  const { exploration, rules, reductions: used } = await check(network, { reductions });
  const { states, transitions } = exploration;
  return {
    same: { states, transitions, rules: rules.map(({ verdict, path }) => [verdict, path?.length]) },
    symmetry: used.find(({ description }) => description.startsWith('symmetry')),
  };
};

describe('asymmetry that two members do not show', () => {
  test.each<[what: string, because: RegExp, network: Network<Row>]>([
    [
      'a rule about the third',
      /a rule distinguishes the state after "up b" from its image/,
      row(['a', 'b', 'c'], lamp, ['up', 'down'], {
        rules: [{ id: 'third', ...about, always: (w) => lit(w).join() !== 'false,false,true' }],
      }),
    ],
    [
      'a ring: with two, each is the neighbour of the other',
      /the state after "no call" has an image that is never reached/,
      row(
        ['a', 'b', 'c'],
        setup({
          types: {} as { context: { next: string }; input: string },
          actions: { warm: emit(({ context }) => ({ type: 'warm', to: context.next })) },
        }).createMachine({
          context: ({ input }) => ({ next: input }),
          initial: 'idle',
          states: {
            idle: { on: { heat: { target: 'hot', actions: 'warm' }, warm: 'warm' } },
            warm: { on: { warm: {} } },
            hot: { on: { warm: {} } },
          },
        }),
        ['heat'],
        { isTerminal: () => false },
        (place, names) => names[(place + 1) % names.length]!,
      ),
    ],
    [
      'another input for the third',
      /the state after "no call" has an image that is never reached/,
      row(
        ['a', 'b', 'c'],
        setup({
          types: {} as { context: { most: number }; input: number },
          guards: { many: ({ context }) => context.most > 2 },
        }).createMachine({
          context: ({ input }) => ({ most: input }),
          initial: 'low',
          states: { low: { on: { add: { guard: 'many', target: 'high' } } }, high: {} },
        }),
        ['add'],
        {},
        (place) => (place === 2 ? 4 : 2),
      ),
    ],
  ])('%s', async (_what, because, network) => {
    const on = await resultOf(network, 'on');
    expect(on.symmetry?.because).toMatch(because);
    expect(on.same).toEqual((await resultOf(network, 'off')).same);
  });

  test('a rule about states beyond those compared first', async () => {
    const clock = (last: number) =>
      setup({
        types: {} as { context: { n: number } },
        guards: { early: ({ context }) => context.n < last },
        actions: { count: assign({ n: ({ context }) => context.n + 1 }) },
      }).createMachine({
        context: { n: 0 },
        on: { tick: { guard: 'early', actions: 'count' } },
      });
    const rule = ({ n, all }: Row & { readonly n: number }) =>
      n < 1_500 || lit({ all }).join() !== 'false,true';
    const timed = (last: number): Network<Row & { readonly n: number }> => {
      const lamps = row(['a', 'b'], lamp, ['up', 'down'], {});
      return {
        ...(lamps as Network<never>),
        components: [...lamps.components, { name: 'clock', machine: clock(last) }],
        stimuli: [
          ...lamps.stimuli,
          { to: 'clock', message: { type: 'tick' }, description: 'tick' },
        ],
        world: (select) => {
          const all = ['a', 'b'].map((name) => select(name));
          const time = select('clock');
          return {
            get all() {
              return all.map((one) => one());
            },
            get n() {
              return time().context.n;
            },
          };
        },
        rules: [{ id: 'late', ...about, always: rule }],
        symmetry: { ...lamps.symmetry!, small: () => timed(2) } as never,
      };
    };
    const of = (reductions: 'on' | 'off') => resultOf(timed(1_600) as Network<never>, reductions);
    const on = await of('on');
    expect(on.symmetry?.because).toBe('a rule distinguishes a state from its image under renaming');
    expect(on.same).toEqual((await of('off')).same);
  });
});

describe('symmetry of three members', () => {
  test('is used if there is no asymmetry', async () => {
    const network = row(['a', 'b', 'c'], lamp, ['up', 'down'], {
      rules: [{ id: 'few', ...about, always: (w) => lit(w).filter(Boolean).length < 3 }],
    });
    const on = await resultOf(network, 'on');
    expect(on.symmetry).toEqual({ description: 'symmetry of machines, checked in small' });
    expect(on.same).toEqual((await resultOf(network, 'off')).same);
  });
});
