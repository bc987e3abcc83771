import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type AnyStateMachine, assign, createActor, emit, setup } from 'xstate';
import type { Network, Rule, SnapshotData } from '../../src/model/network.js';
import { type CheckOptions, check } from '../../src/search/check.js';
import { Checkpoint } from '../../src/search/checkpoint.js';
import { lone } from '../networks/lone.js';

const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const file = join(folder, 'kept');
afterAll(() => rmSync(folder, { recursive: true }));

/** A network of one machine with these events and one rule. */
const of = (
  machine: AnyStateMachine,
  types: readonly string[],
  rule: Partial<Rule<SnapshotData>>,
) =>
  lone(machine, types, {
    rules: [
      { id: 'rule', description: 'the rule', source: 'this test', ...rule } as Rule<SnapshotData>,
    ],
  });

const verdict = async (network: Network<SnapshotData>, options: CheckOptions = {}) =>
  (await check(network, options)).rules[0]!.verdict;

/** Two regions, each armed by an event; `go` lets the one win whose eventless transition XState tries first. */
const race = setup({
  types: {} as { context: { on: boolean } },
  actions: { on: assign({ on: true }) },
  guards: { 'is on': ({ context }) => context.on },
}).createMachine({
  id: 'race',
  context: { on: false },
  initial: 'run',
  states: {
    run: {
      type: 'parallel',
      on: { go: { actions: 'on' } },
      states: {
        a: {
          initial: 'idle',
          states: {
            idle: { on: { 'arm a': 'armed' } },
            armed: { always: { guard: 'is on', target: '#race.a won' } },
          },
        },
        b: {
          initial: 'idle',
          states: {
            idle: { on: { 'arm b': 'armed' } },
            armed: { always: { guard: 'is on', target: '#race.b won' } },
          },
        },
      },
    },
    'a won': {},
    'b won': {},
  },
});

describe('the order in which two regions were entered', () => {
  const events = ['arm a', 'arm b', 'go'];
  const wins = (first: 'a' | 'b') =>
    of(race, events, {
      step: ({ before, after }) => {
        const { run } = before.value as { run?: { a: string; b: string } };
        return run?.a !== 'armed' || run.b !== 'armed' || after.value !== `${first} won`;
      },
    });

  test.each(['a', 'b'] as const)('lets %s win, as in a live actor', async (first) => {
    const { path } = (await check(wins(first))).rules[0]!;
    const actor = createActor(race).start();
    for (const stimulus of path!) actor.send({ type: events[stimulus]! } as never);
    expect(actor.getSnapshot().value).toBe(`${first} won`);
  });

  test.each(['a', 'b'] as const)('is restored from a checkpoint if %s wins', async (first) => {
    for (let maxStates = 1; maxStates < 10; maxStates++) {
      rmSync(file, { force: true });
      const options = { checkpoint: new Checkpoint(file, 'test') };
      await check(wins(first), { ...options, maxStates });
      expect(await verdict(wins(first), options)).toBe('broken');
    }
  });
});

const counter = setup({
  types: {} as { context: { n: number } },
  actions: { count: assign({ n: ({ context }) => context.n + 1 }) },
  guards: { few: ({ context }) => context.n < 5 },
}).createMachine({ context: { n: 0 }, on: { up: { guard: 'few', actions: 'count' } } });

test('an actor that assign spawns without an id is refused', async () => {
  const machine = setup({
    actors: { child: setup({}).createMachine({}) },
    actions: {
      spawn: assign(({ spawn }) => {
        spawn('child');
        return {};
      }),
    },
  }).createMachine({ on: { up: { actions: 'spawn' } } });
  await expect(check(of(machine, ['up'], { always: () => true }))).rejects.toThrow(
    /^RW103: machine it starts an actor without an id; give it one/,
  );
});

test.each([[null], ['hello'], [{ to: 'it' }], [{ type: 3 }]])(
  'a message %j is refused',
  async (message) => {
    const machine = setup({ actions: { say: emit(() => message as never) } }).createMachine({
      on: { up: { actions: 'say' } },
    });
    await expect(check(of(machine, ['up'], { always: () => true }))).rejects.toThrow(
      /^RW107: machine it emits .* when it handles up; emit an object whose type is a string$/,
    );
  },
);

test('a message that JSON cannot hold is refused', async () => {
  const machine = setup({ actions: { say: emit({ type: 'hi', n: 5n } as never) } }).createMachine({
    on: { up: { actions: 'say' } },
  });
  await expect(check(of(machine, ['up'], { always: () => true }))).rejects.toThrow(
    /^RW107: machine it emits an object when it handles up that JSON cannot hold: .*BigInt/,
  );
});

test.each([
  ['guard late', { guards: { late: (async () => false) as never } }],
  ['action set', { actions: { set: assign((async () => ({ n: 1 })) as never) } }],
  ['action set', { actions: { set: assign({ n: (async () => 1) as never }) } }],
])('%s that is an async function is refused', async (what, has) => {
  const machine = setup(has as object).createMachine({
    on: { up: [{ guard: 'late', actions: 'set' }] } as never,
  });
  await expect(check(of(machine, ['up'], { always: () => true }))).rejects.toThrow(
    `RW124: machine it: ${what} is an async function; it must be synchronous`,
  );
});

describe('a rule', () => {
  test.each<[how: string, change: (world: SnapshotData) => void]>([
    ['defines', (world) => Object.defineProperty(world, 'context', { value: { n: 0 } })],
    ['deletes', (world) => Reflect.deleteProperty(world, 'context')],
    ['replaces', (world) => Object.setPrototypeOf(world, null)],
  ])('that %s the properties of the world is refused', async (_how, change) => {
    const always = (world: SnapshotData) => {
      change(world);
      return world.context.n < 3;
    };
    await expect(check(of(counter, ['up'], { always }))).rejects.toThrow(/can only be read/);
  });

  test('that tests for a property that the world does not have is refused', async () => {
    const always = (world: SnapshotData) => !('nn' in world);
    await expect(check(of(counter, ['up'], { always }))).rejects.toThrow(/reads nn, but the world/);
  });

  test('whose things the world caches is refused', async () => {
    const made = of(counter, ['up'], {
      each: (world: SnapshotData) => (world as unknown as { all: number[] }).all,
      always: (world: SnapshotData) => (world as unknown as { all: number[] }).all[0]! < 3,
    });
    const caching: Network<SnapshotData> = {
      ...made,
      world: (look) => {
        const it = look('it');
        let cached: number[] | undefined;
        return {
          get all() {
            cached ??= [it().context.n];
            return cached;
          },
        } as never;
      },
    };
    await expect(check(caching)).rejects.toThrow(
      /^RW121: each of rule "rule" reads something else/,
    );
  });
});

test('a component may have more states than a decision tree has classes', async () => {
  const [states, few, from] = [32_800, 200, 32_768];
  const numberOf = ({ hi, lo }: { hi: number; lo: number }) => hi * few + lo;
  const long = setup({
    types: {} as { context: { hi: number; lo: number } },
    actions: {
      count: assign(({ context: { hi, lo } }) =>
        lo + 1 < few ? { hi, lo: lo + 1 } : { hi: hi + 1, lo: 0 },
      ),
      advance: emit({ type: 'advance', to: 'other' }),
    },
    guards: {
      late: ({ context }) => numberOf(context) >= from && numberOf(context) < states - 1,
      more: ({ context }) => numberOf(context) < states - 1,
    },
  }).createMachine({
    context: { hi: 0, lo: 0 },
    on: {
      tick: [
        { guard: 'late', actions: ['count', 'advance'] },
        { guard: 'more', actions: 'count' },
      ],
    },
  });
  const other = setup({
    types: {} as { context: { n: number } },
    actions: { count: assign({ n: ({ context }) => context.n + 1 }) },
  }).createMachine({ context: { n: 0 }, on: { advance: { actions: 'count' } } });
  const { exploration } = await check({
    ...{ name: 'long', description: 'a long way', world: () => undefined, rules: [] },
    components: [
      { name: 'it', machine: long },
      { name: 'other', machine: other },
    ],
    stimuli: [{ to: 'it', message: { type: 'tick' }, description: 'tick' }],
  });
  expect(exploration).toMatchObject({ complete: true, states, transitions: states - 1 });
});

test('another guard of the same name makes another search', async () => {
  const guarded = (text: string) => {
    const machine = setup({
      types: {} as { context: { n: number } },
      actions: { count: assign({ n: ({ context }) => context.n + 1 }) },
      guards: { few: new Function('{ context }', `return ${text}`) as never },
    }).createMachine({
      context: { n: 0 },
      on: { up: { guard: 'few' as never, actions: 'count' } },
    });
    return of(machine, ['up'], { always: () => true });
  };
  rmSync(file, { force: true });
  const options = { checkpoint: new Checkpoint(file, 'test') };
  await check(guarded('context.n < 5'), { ...options, maxStates: 2 });
  await expect(
    check(guarded('context.n < 6'), { checkpoint: new Checkpoint(file, 'test') }),
  ).rejects.toThrow(/belongs to another search \(its machines: /);
});

describe('a write that no error reports', () => {
  const silently = (context: object, key: string, value: unknown) => {
    Reflect.set(context, key, value);
  };

  test.each<[what: string, machine: AnyStateMachine]>([
    [
      'in an assigner',
      setup({
        types: {} as { context: { list: number[] } },
        actions: {
          add: assign(({ context }) => {
            silently(context.list, '0', 1);
            return { list: context.list };
          }),
        },
      }).createMachine({ context: { list: [0] }, on: { up: { actions: 'add' } } }),
    ],
    [
      'in a guard',
      setup({
        types: {} as { context: { n: number } },
        guards: {
          first: ({ context }) => {
            const { n } = context;
            silently(context, 'n', 1);
            return n === 0;
          },
        },
      }).createMachine({ context: { n: 0 }, on: { up: { guard: 'first' } } }),
    ],
    [
      'to the event',
      setup({
        guards: {
          any: ({ event }) => {
            silently(event, 'more', true);
            return true;
          },
        },
      }).createMachine({ on: { up: { guard: 'any' } } }),
    ],
  ])('%s is refused', async (_what, machine) => {
    await expect(check(of(machine, ['up'], { always: () => true }))).rejects.toThrow(
      /^RW122: machine it changes its context or an event in place when it handles up; /,
    );
  });
});

test('the actor of a pure transition, which never leaves the first state, is refused', async () => {
  const machine = setup({
    types: {} as { context: { from: unknown } },
    actions: { note: assign({ from: ({ self }) => self.getSnapshot().value }) },
  }).createMachine({ context: { from: '' }, on: { up: { actions: 'note' } } });
  await expect(check(of(machine, ['up'], { always: () => true }))).rejects.toThrow(
    /^RW120: machine it calls self\.getSnapshot\(\) when it handles up/,
  );
});

describe('with local cycles merged', () => {
  const ended = setup({ actions: { bye: emit({ type: 'bye' }) } }).createMachine({
    initial: 'idle',
    states: {
      idle: { on: { up: 'over' } },
      over: { on: { up: { actions: 'bye' }, down: 'over' } },
    },
  });

  test('executes no call in a terminal state', async () => {
    const network = of(ended, ['up', 'down'], {
      step: ({ before }) => {
        if (before.value === 'over') throw new Error('no call is made here');
        return true;
      },
    });
    const isTerminal = ({ value }: SnapshotData) => value === 'over';
    for (const reductions of ['on', 'off'] as const)
      expect(await verdict({ ...network, isTerminal }, { reductions })).toBe('holds');
  });

  test('a long chain of local calls takes no longer than without merging', async () => {
    const last = 9_000;
    const counter = setup({
      types: {} as { context: { n: number } },
      guards: { early: ({ context }) => context.n < last },
      actions: { count: assign({ n: ({ context }) => context.n + 1 }) },
    }).createMachine({
      context: { n: 0 },
      on: { up: { guard: 'early', actions: 'count' }, down: {} },
    });
    const network = of(counter, ['up', 'down'], { always: ({ context }) => context.n >= 0 });
    const { exploration } = await check(network, { reductions: 'on' });
    expect(exploration.states).toBe(last + 1);
  });
});

test('restores objects without a prototype from a checkpoint', async () => {
  const bare = (n: number) => Object.assign(Object.create(null), { n });
  const machine = setup({
    types: {} as { context: { at: { n: number } } },
    actions: { turn: assign({ at: ({ context }) => bare((context.at.n + 1) % 20) }) },
  }).createMachine({ context: { at: bare(0) }, on: { up: { actions: 'turn' } } });
  const network = of(machine, ['up'], { always: ({ context }) => context.at.n < 20 });
  const states = async (options: CheckOptions) =>
    (await check(network, options)).exploration.states;
  const kept = () => new Checkpoint(join(folder, 'bare'), 'a version', undefined, 1);
  await states({ maxStates: 5, checkpoint: kept() });
  expect(await states({ checkpoint: kept() })).toBe(20);
});
