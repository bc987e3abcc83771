import { afterEach, describe, expect, test, vi } from 'vitest';
import { type AnyStateMachine, and, assign, emit, enqueueActions, not, raise, setup } from 'xstate';
import { guardNetwork } from '../../src/interpret/guardNetwork.js';
import type { Network, Select } from '../../src/model/network.js';
import { UserError } from '../../src/model/userError.js';
import { check } from '../../src/search/check.js';
import { lone } from '../networks/lone.js';

/** The message of the UserError that ends a check; any other exception fails the test. */
async function faultOf<W>(network: Network<W>): Promise<string> {
  const error = await check(network).then(
    () => 'no fault',
    (error: unknown) => error,
  );
  if (error instanceof UserError) return error.message;
  throw error;
}

interface Context {
  n: number;
  list: number[];
  map: Map<string, number>;
  set: Set<number>;
  date: Date;
}
interface Event {
  type: string;
  list?: number[];
}
type Args = { context: Context; event: Event };

const context = (): Context => ({
  n: 0,
  list: [2, 1],
  map: new Map([['a', 1]]),
  set: new Set([1]),
  date: new Date(5),
});

/** Handles `x` if `guard` passes, and then executes `action`. */
const machine = ({
  guard = () => true,
  action = assign({}),
}: {
  guard?: (args: Args) => unknown;
  action?: unknown;
}): AnyStateMachine =>
  setup({
    types: {} as { context: Context; events: Event },
    guards: {
      calm: () => true,
      suspect: ((args: Args) => guard(args) === true) as never,
    },
    actions: { calm: assign({ n: ({ context }) => context.n }), suspect: action as never },
  }).createMachine({
    context,
    on: { x: { guard: and(['calm', 'suspect']), actions: ['suspect', 'calm'] } },
  });

const sources: Record<string, () => unknown> = {
  'Math.random()': () => Math.random() < 0.5,
  'Date.now()': () => Date.now() > 0,
  'new Date()': () => new Date().getDay() > 3,
  'Date()': () => Date().length > 0,
  'performance.now()': () => performance.now() > 0,
  'crypto.randomUUID()': () => crypto.randomUUID().length > 0,
  'crypto.getRandomValues()': () => crypto.getRandomValues(new Uint8Array(1))[0]! > 127,
  'process.hrtime()': () => process.hrtime.bigint() > 0n,
  'process.uptime()': () => process.uptime() > 0,
};

/** Everything that a trap replaces. */
const builtIn = () => [
  Math.random,
  Date,
  Date.now,
  Date.prototype.constructor,
  performance.now,
  crypto.randomUUID,
  crypto.getRandomValues,
  process.hrtime,
  process.uptime,
];
const before = builtIn();
afterEach(() => {
  vi.useRealTimers();
  expect(builtIn()).toEqual(before);
});

describe('a machine that reads random numbers or the time is always refused', () => {
  test.each(Object.entries(sources))('%s in a guard', async (call, guard) => {
    for (let run = 0; run < 20; run++)
      expect(await faultOf(lone(machine({ guard }), ['x']))).toMatch(
        `RW120: machine it calls ${call} when it handles x, in guard "suspect"; a machine must be deterministic`,
      );
  });

  test.each(Object.entries(sources))('%s in an action', async (call, source) => {
    const action = assign({ n: () => (source() ? 1 : 2) });
    expect(await faultOf(lone(machine({ action }), ['x']))).toMatch(
      `RW120: machine it calls ${call} when it handles x, in action "suspect"; `,
    );
  });

  test('is refused even if it does not use the value, and with a fake clock', async () => {
    const guard = () => {
      try {
        return Math.random() < 0.5;
      } catch {
        return true;
      }
    };
    expect(await faultOf(lone(machine({ guard }), ['x']))).toMatch('RW120: machine it calls Math');
    vi.useFakeTimers();
    const late = setup({ guards: { late: () => Date.now() > 0 } }).createMachine({
      on: { x: { guard: 'late' } },
    });
    expect(await faultOf(lone(late, ['x']))).toMatch('RW120: machine it calls Date.now()');
  });

  test('is refused while it starts', async () => {
    const drawn = setup({}).createMachine({ context: () => ({ n: Math.random() }) });
    expect(await faultOf(lone(drawn, []))).toMatch(
      'RW120: machine it calls Math.random() when it starts; a machine must',
    );
  });

  test('accepts dates made from numbers and strings', async () => {
    const guard = ({ context }: Args) => {
      const copy = new Date(context.date);
      copy.setTime(copy.getTime() + 1);
      const all = [copy, new Date(6), new Date('1970-01-01T00:00:00.006Z')];
      return all.every(
        (date) => date.getTime() === 6 && date instanceof Date && date.constructor === Date,
      );
    };
    const { exploration } = await check(lone(machine({ guard }), ['x']));
    expect(exploration).toMatchObject({ states: 1, transitions: 1 });
  });
});

describe('a machine that answers differently the second time is refused', () => {
  const every = (n: number) => {
    let calls = 0;
    return () => ++calls % n === 0;
  };

  test.each([2, 3, 4, 5, 7, 30])('a guard that passes every %ith time', async (n) => {
    expect(await faultOf(lone(machine({ guard: every(n) }), ['x']))).toMatch(
      /^RW106: machine it handles x differently (the second time|at the end of the search), in guard "suspect": its guards or actions read/,
    );
  });

  test('a guard in not(), and of an eventless transition', async () => {
    const [one, other] = [every(2), every(2)];
    const nested = setup({ guards: { one } }).createMachine({ on: { x: { guard: not('one') } } });
    expect(await faultOf(lone(nested, ['x']))).toMatch('in guard "one"');
    const eventless = setup({ guards: { other } }).createMachine({
      initial: 'a',
      states: { a: { on: { x: 'b' } }, b: { always: { guard: 'other', target: 'a' } } },
    });
    expect(await faultOf(lone(eventless, ['x']))).toMatch('in guard "other"');
  });

  let calls = 0;
  test.each<[string, unknown]>([
    ['assign', assign({ n: () => ++calls })],
    ['emit', emit(() => ({ type: `said ${++calls}` }))],
  ])('an action: %s', async (_kind, action) => {
    expect(await faultOf(lone(machine({ action }), ['x']))).toMatch(
      'RW106: machine it handles x differently the second time, in action "suspect": ',
    );
  });

  test('an action called by an inline action', async () => {
    const action = enqueueActions(({ enqueue }) => enqueue.assign({ n: ++calls }));
    expect(await faultOf(lone(machine({ action }), ['x']))).toMatch(
      'RW106: machine it handles x differently the second time: its guards or actions read',
    );
  });

  test('a variable that another guard changes', async () => {
    let isOpen = false;
    const door = setup({
      guards: {
        opens: () => {
          isOpen = true;
          return true;
        },
        'is open': () => isOpen,
      },
    }).createMachine({
      initial: 'a',
      states: {
        a: { on: { enter: { guard: 'is open', target: 'b' }, knock: { guard: 'opens' } } },
        b: {},
      },
    });
    expect(await faultOf(lone(door, ['enter', 'knock']))).toMatch(
      'RW106: machine it handles enter differently at the end of the search',
    );
  });
});

describe('a machine that changes in place is refused', () => {
  const changes: Record<string, (args: Args) => unknown> = {
    'a field': ({ context }) => {
      context.n = 1;
    },
    'a list': ({ context }) => context.list.push(3),
    'the order of a list': ({ context }) => context.list.sort(),
    'a field that is new': ({ context }) => Object.assign(context, { more: 1 }),
    'a field that is gone': ({ context }) => delete (context as Partial<Context>).n,
    'a Map': ({ context }) => context.map.set('b', 2),
    'a Set': ({ context }) => context.set.add(2),
    'a Date': ({ context }) => context.date.setFullYear(1999),
    'an event': ({ event }) => {
      event.type = 'y';
    },
  };

  test.each(Object.keys(changes))('%s, in a guard that then does not pass', async (what) => {
    const guard = (args: Args) => {
      changes[what]!(args);
      return false;
    };
    expect(await faultOf(lone(machine({ guard }), ['x']))).toMatch(
      /^RW122: machine it changes its context or an event in place when it handles x, in guard "suspect" \([^\n]+\); return a new object/,
    );
  });

  test.each(Object.keys(changes))('%s, in an action', async (what) => {
    const action = assign((args: Args) => {
      changes[what]!(args);
      return args.context;
    });
    expect(await faultOf(lone(machine({ action }), ['x']))).toMatch(
      /^RW122: machine it changes its context .* in action "suspect" \(/,
    );
  });

  test('accepts a change to its own copy', async () => {
    const action = assign(({ context }: Args) => {
      const copy = structuredClone(context);
      copy.list.push(copy.list.shift()!);
      copy.map.set('b', 2);
      copy.set.add(2);
      copy.date.setTime(6);
      return copy;
    });
    const { exploration } = await check(lone(machine({ action }), ['x']));
    expect(exploration).toMatchObject({ states: 3, transitions: 3 });
  });

  test('raised events arrive unchanged', async () => {
    const action = raise({ type: 'y' });
    expect((await check(lone(machine({ action }), ['x']))).exploration.transitions).toBe(1);
  });
});

const lamp = setup({
  types: {} as { context: { list: number[]; seen: Set<number> }; events: { type: string } },
  actions: { say: emit({ type: 'said' }) },
}).createMachine({
  context: { list: [2, 1], seen: new Set([1]) },
  initial: 'off',
  states: {
    off: { on: { press: { target: 'on', actions: 'say' } } },
    on: { on: { press: 'off' } },
  },
});
interface World {
  readonly lit: boolean;
  readonly context: { list: number[]; seen: Set<number> };
  readonly list: number[];
}
const network = (more: Partial<Network<World>>): Network<World> => ({
  name: 'lamps',
  description: 'a lamp',
  components: [{ name: 'lamp', machine: lamp }],
  stimuli: [{ to: 'lamp', message: { type: 'press' }, description: 'press' }],
  world: (look) => {
    const all = look('lamp');
    const list = look('lamp', ({ context }) => context.list);
    return {
      get lit() {
        return all().value === 'on';
      },
      get context() {
        return all().context;
      },
      get list() {
        return list();
      },
    };
  },
  ...more,
});
const about = { id: 'it', description: 'it is so', source: 'us' };

/** The same function as each part of a network that is evaluated on a state. */
const parts: Record<string, (ask: (world: World) => boolean) => Partial<Network<World>>> = {
  'rule "it"': (always) => ({ rules: [{ ...about, always }] }),
  'goal "there" of rule "it"': (holds) => ({
    rules: [{ ...about, possible: [{ description: 'there', holds }] }],
  }),
  'isTerminal of network lamps': (ends) => ({ isTerminal: (world) => !ends(world) }),
  'rule "it" ': (recoverable) => ({ rules: [{ ...about, recoverable }] }),
  'rule "it"  ': (ask) => ({ rules: [{ ...about, step: ({ after }) => ask(after) }] }),
};

describe('rules and the other functions of a network', () => {
  describe.each(Object.entries(parts))('%s', (name, part) => {
    const who = name.trim();

    test.each(Object.entries(sources))('%s', async (call, source) => {
      expect(await faultOf(network(part((world) => source() === world.lit || true)))).toMatch(
        `RW120: ${who} calls ${call} (`,
      );
    });

    test('returns another result the second time', async () => {
      let evaluations = 0;
      expect(await faultOf(network(part(() => ++evaluations % 2 === 0)))).toMatch(
        `RW121: ${who} returns another result the second time: it reads or changes something outside of the state`,
      );
    });

    test.each<[string, (world: World) => unknown]>([
      ['sorts', ({ context }) => context.list.sort()],
      ['sorts what a look read', ({ list }) => list.sort()],
      ['pushes', ({ list }) => list.push(3)],
      ['adds', ({ context }) => context.seen.add(2)],
      [
        'assigns',
        ({ context }) => {
          context.list = [];
        },
      ],
    ])('changes in place: %s', async (_what, change) => {
      expect(await faultOf(network(part((world) => change(world) !== world)))).toMatch(
        `RW122: ${who} changes its arguments in place: TypeError: `,
      );
    });

    test('accepts a change to a copy', async () => {
      const ask = ({ list }: World) => list.slice().sort()[0] === 1;
      expect((await check(network(part(ask)))).exploration.complete).toBe(true);
    });
  });
});

describe('worlds and repeated calls', () => {
  test('a step rule may repeat the call, and gets the messages as emitted', async () => {
    const done = await check(
      network({
        rules: [
          { ...about, step: ({ emitted, again }) => again()?.length !== emitted.length },
          { ...about, id: 'thrice', step: ({ again }) => again()!.length + again()!.length === 1 },
        ],
      }),
    );
    expect(done.rules.map(({ verdict }) => verdict)).toEqual(['holds', 'holds']);
    const reverses = {
      ...about,
      step: ({ emitted }: { emitted: readonly unknown[] }) => {
        (emitted as unknown[]).push('more');
        return true;
      },
    };
    expect(await faultOf(network({ rules: [reverses] }))).toMatch(/^RW122: rule "it" changes its/);
  });

  test('a world that keeps a value it read', async () => {
    const world: Network<World>['world'] = (look) => {
      const all = look('lamp');
      let kept: boolean | undefined;
      return {
        get lit() {
          kept ??= all().value === 'on';
          return kept;
        },
        get context() {
          return all().context;
        },
        list: [],
      };
    };
    expect(await faultOf(network({ world, rules: [{ ...about, always: (w) => !w.lit }] }))).toMatch(
      'RW121: rule "it" reads something else the second time: keep no value that was read earlier',
    );
  });

  test('a world that reads other values the second time, or in another order', async () => {
    let reads = 0;
    const counting: Network<World>['world'] = (look) => {
      const read = look('lamp', () => ++reads);
      return {
        get lit() {
          return read() > 0;
        },
      } as World;
    };
    const rules = [{ ...about, always: (w: World) => w.lit }];
    expect(await faultOf(network({ world: counting, rules }))).toMatch(
      'RW121: the selector of lamp returns another value the second time',
    );
    let made = 0;
    const two = [0, 1].map((i) => ({ name: `lamp ${i}`, machine: lamp }));
    const changing = (look: Select) => {
      const read = look(`lamp ${made++ % 2}`, ({ value }) => value);
      return {
        get lit() {
          return read() === 'on';
        },
      } as World;
    };
    const stimuli = [{ to: 'lamp 0', message: { type: 'press' }, description: 'press' }];
    expect(await faultOf(network({ components: two, stimuli, world: changing, rules }))).toMatch(
      /RW121: the world of network lamps binds another selector at position 1 the second time: lamp 1 instead of lamp 0/,
    );
    const reading = (look: Select) => {
      const wanted = made++ % 2 === 0 ? 'on' : 'off';
      const read = look('lamp', ({ value }) => value === wanted);
      return {
        get lit() {
          return read();
        },
      } as World;
    };
    expect(await faultOf(network({ world: reading, rules }))).toMatch(
      /RW121: the world of network lamps binds another selector at position 1 the second time: lamp instead of lamp, with another function/,
    );
  });

  test.each(['outcome', 'outcomeData', 'unobservable', 'breakClass'] as const)('%s', (name) => {
    let evaluations = 0;
    const guarded = guardNetwork(
      network({
        [name]: () =>
          name === 'outcome' || name === 'unobservable' ? [`${++evaluations}`] : `${++evaluations}`,
      }),
    );
    expect(() => (guarded[name] as (...given: unknown[]) => unknown)([], {})).toThrow(
      `RW121: ${name} of network lamps returns another result the second time`,
    );
    const drawing = guardNetwork(network({ [name]: () => `${Math.random()}` as never }));
    expect(() => (drawing[name] as (...given: unknown[]) => unknown)([], {})).toThrow(
      `RW120: ${name} of network lamps calls Math.random() (`,
    );
  });
});
