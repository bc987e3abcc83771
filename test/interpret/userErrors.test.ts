import { describe, expect, test } from 'vitest';
import {
  type AnyStateMachine,
  and,
  assign,
  emit,
  fromPromise,
  log,
  not,
  raise,
  setup,
  spawnChild,
} from 'xstate';
import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import { Interpreter } from '../../src/interpret/interpreter.js';
import type { Network } from '../../src/model/network.js';
import { UserError } from '../../src/model/userError.js';
import { check } from '../../src/search/check.js';
import { lone } from '../networks/lone.js';

/** The UserError that ends a search; any other exception fails the test. */
async function fault(network: Network): Promise<UserError> {
  const error = await check(network).then(
    () => 'no fault',
    (error: unknown) => error,
  );
  if (error instanceof UserError) return error;
  throw error;
}
const faultOf = (machine: AnyStateMachine, words: readonly string[] = ['x']) =>
  fault(lone(machine, words));

/** Refused before the search, with the machine, the place and the fix. */
describe('validateMachine', () => {
  const inner = (node: object) =>
    setup({}).createMachine({
      id: 'box',
      initial: 'a',
      states: { a: { initial: 'b', states: { b: node } } },
    });

  test('RW101 for an actor that no stimulus answers', async () => {
    const { code, message } = await faultOf(
      inner({ invoke: { src: fromPromise(async () => 1), id: 'ask' }, on: { x: {} } }),
    );
    expect(code).toBe('RW101');
    expect(message).toBe(
      "RW101: machine it starts the promise ask, which no stimulus answers; beside the machine, export const recwalk = { actors: { 'ask': {} } }; in a network, add ...machineStimuli(NAME, machine, { actors: { 'ask': {} } }) to the stimuli",
    );
  });

  test('RW102 for a time-out that no stimulus fires', async () => {
    const { code, message } = await faultOf(inner({ after: { 100: 'b' }, on: { x: {} } }));
    expect(code).toBe('RW102');
    expect(message).toMatch(
      /^RW102: machine it delays xstate\.after\.100\.box\.a\.b by 100 ms, which no stimulus fires; beside the machine, export /,
    );
  });

  test('RW103 for an actor without an id', async () => {
    const { code, message } = await faultOf(
      inner({ on: { x: { actions: spawnChild(fromPromise(async () => 1)) } } }),
    );
    expect(code).toBe('RW103');
    expect(message).toContain(
      "starts an actor without an id; give it one, { id: 'NAME' }, so that states can be compared",
    );
  });

  test.each([
    ['guard', { on: { x: { guard: async () => true } } }, 'the guard of x in box.a.b'],
    ['assigner', { entry: assign(async () => ({})), on: { x: {} } }, 'an assigner in box.a.b'],
  ])('RW124 for an async inline %s', async (_what, node, at) => {
    const { code, message } = await faultOf(inner(node));
    expect(code).toBe('RW124');
    expect(message).toContain(`machine it: ${at} is an async function`);
  });

  test('RW111 for a value that is no machine', async () => {
    const { code, message } = await faultOf({ initial: 'a' } as unknown as AnyStateMachine);
    expect(code).toBe('RW111');
    expect(message).toContain('component it is not an XState 5 machine; make it with setup(');
  });

  test('accepts named guards and actions, assign, raise and emit', async () => {
    const machine = setup({
      types: {} as { context: { n: number } },
      guards: { few: ({ context }) => context.n < 2 },
      actions: { more: assign({ n: ({ context }) => context.n + 1 }) },
    }).createMachine({
      context: { n: 0 },
      on: {
        x: { guard: and(['few', not(not('few'))]), actions: ['more', raise({ type: 'y' })] },
        y: { actions: [assign({ n: ({ context }) => context.n }), emit({ type: 'said' })] },
      },
    });
    expect((await check(lone(machine, ['x', 'y']))).exploration.states).toBe(3);
  });
});

describe('networks', () => {
  const ear = setup({}).createMachine({ on: { x: {} } });

  test('RW201 for two components of one name', async () => {
    const twice = [1, 2].map(() => ({ name: 'it', machine: ear }));
    const { code, message } = await fault(lone(ear, ['x'], { components: twice }));
    expect(code).toBe('RW201');
    expect(message).toContain(
      'network lone has two components named it; names are addresses, give',
    );
  });

  test('RW202 for a stimulus to an unknown component', async () => {
    const stimuli = [{ to: 'them', message: { type: 'x' }, description: 'hello' }];
    const { code, message } = await fault(lone(ear, [], { stimuli }));
    expect(code).toBe('RW202');
    expect(message).toContain(
      'stimulus "hello" sends a message to them, which network lone does not have',
    );
    expect(message).toContain('it has it');
  });

  test('RW202 for a message to an unknown component', async () => {
    const machine = setup({
      actions: { tell: emit({ type: 'y', to: 'them' }) },
    }).createMachine({ on: { x: { actions: 'tell' } } });
    const { code, message } = await faultOf(machine);
    expect(code).toBe('RW202');
    expect(message).toContain(
      'machine it sends a message to them, which network lone does not have',
    );
  });

  test('RW202 for a selector of an unknown component', async () => {
    const { code, message } = await fault(lone(ear, ['x'], { world: (look) => look('them')() }));
    expect(code).toBe('RW202');
    expect(message).toContain('the world');
    expect(message).toContain('them, which network lone does not have');
  });

  test('RW104 for a selector that reads an incomparable value', async () => {
    const network = lone(ear, ['x'], {
      world: (look) => {
        const read = look('it', ({ value }) => new WeakSet([{ value }]));
        return {
          get value() {
            return read();
          },
          context: {},
        };
      },
      rules: [
        {
          id: 'small',
          description: 'it is small',
          source: 'us',
          always: ({ value }) => value !== undefined,
        },
        {
          id: 'back',
          description: 'it comes back',
          source: 'us',
          recoverable: ({ value }) => value !== undefined,
        },
      ],
    });
    const { code, message } = await fault(network);
    expect(code).toBe('RW104');
    expect(message).toContain('the selector of it holds a WeakSet; use plain values');
  });
});

const acting = (action: ReturnType<typeof assign>, context = {}) =>
  setup({ actions: { act: action as never } }).createMachine({
    context,
    on: { x: { actions: 'act' } },
  });

describe('during the search', () => {
  test('RW104 for a context without a text, with the place', async () => {
    const machine = acting(
      assign(() => ({ deep: [{ seen: new Map([['a', () => 1]]) }] })),
      { deep: [] },
    );
    const { code, message } = await faultOf(machine);
    expect(code).toBe('RW104');
    expect(message).toContain(
      'machine it, context.deep[0].seen.get("a") holds a function; use plain values',
    );
  });

  test('RW104 for a message without a text', async () => {
    const machine = setup({
      actions: { tell: emit({ type: 'said', n: /x/ } as never) },
    }).createMachine({ on: { x: { actions: 'tell' } } });
    const { code, message } = await faultOf(machine);
    expect(code).toBe('RW104');
    expect(message).toContain('machine it: message.n holds a RegExp');
  });

  test('RW105 for a context that grows for ever, with the variable', () => {
    const machine = acting(
      assign({ ticks: ({ context }) => context.ticks + 1, odd: ({ context }) => !context.odd }),
      { odd: false, ticks: 0, still: 1 },
    );
    const compiled = new CompiledSystem(lone(machine, ['x']), { componentLimit: 100 });
    const [table] = compiled.components;
    let state = compiled.first[0]!;
    const walk = () => {
      for (;;) state = table!.next[table!.answer(state, 0)]!;
    };
    expect(walk).toThrow(
      /^RW105: machine it has over 100 states: context variable ticks took 100 distinct values .* limit it with a guard/,
    );
  });

  test('accepts many states that no variable alone makes', () => {
    const machine = acting(
      assign({
        a: ({ context }) => (context.a + 1) % 9,
        b: ({ context }) => (context.b + 1) % 20,
      }),
      { a: 0, b: 0 },
    );
    const compiled = new CompiledSystem(lone(machine, ['x']), { componentLimit: 100 });
    const [table] = compiled.components;
    let state = compiled.first[0]!;
    for (let step = 0; step < 180; step++) state = table!.next[table!.answer(state, 0)]!;
    // 9 and 20 have no divisor in common: all 180 pairs, and then the first again
    expect(state).toBe(compiled.first[0]!);
    expect(table!.snapshots.length).toBe(180);
  });

  test('RW105 at 20,000 states by default', async () => {
    const machine = acting(assign({ n: ({ context }) => context.n + 1 }), { n: 0 });
    const { code, message } = await faultOf(machine);
    expect(code).toBe('RW105');
    expect(message).toContain('machine it has over 20000 states: context variable n took');
  });

  test('RW107 for an action that is misspelt', async () => {
    const machine = setup({ actions: { ring: () => {} } }).createMachine({
      on: { x: { actions: 'rign' as 'ring' } },
    });
    const { code, message } = await faultOf(machine);
    expect(code).toBe('RW107');
    expect(message).toContain(
      'machine it executes rign when it handles x, which is not implemented; did you mean ring?',
    );
  });

  test('an action with an effect outside is an output, and is not executed', () => {
    const fail = () => {
      throw new Error('executed');
    };
    const machine = setup({ actions: { act: fail } }).createMachine({
      on: {
        x: {
          actions: [{ type: 'act', params: { n: 1 } }, fail, log('hello'), 'unheard' as 'act'],
        },
      },
    } as never) as unknown as AnyStateMachine;
    const compiled = new CompiledSystem(lone(machine, ['x']));
    const interpreter = new Interpreter(compiled);
    expect(interpreter.step(0)).toBe('quiescence');
    expect(interpreter.outputs()).toEqual([
      { type: 'act', params: { n: 1 } },
      { type: 'inline action of "x" in (root)' },
      { type: 'log' },
      { type: 'unheard' },
    ]);
  });
});

describe('at the start of a machine, and in user code', () => {
  test('RW108 for a machine that sends a message while it starts', async () => {
    const machine = setup({ actions: { hello: emit({ type: 'hello', to: 'it' }) } }).createMachine({
      entry: 'hello',
      on: { x: {} },
    });
    const { code, message } = await faultOf(machine);
    expect(code).toBe('RW108');
    expect(message).toContain(
      'machine it emits hello to it while it starts; emit it in response to a message',
    );
  });

  test('what only the environment sees may happen while it starts', async () => {
    const machine = setup({
      actions: { act: () => {}, hello: emit({ type: 'hello' }) },
    }).createMachine({ entry: ['act', 'hello'], on: { x: {} } });
    expect((await check(lone(machine, ['x']))).exploration.states).toBe(1);
  });

  test('a raised event is handled at once, also while the machine starts', async () => {
    const machine = setup({
      actions: { next: raise({ type: 'next' }) },
    }).createMachine({
      initial: 'a',
      states: {
        a: { entry: 'next', on: { next: 'b' } },
        b: { on: { x: { target: 'c', actions: 'next' } } },
        c: { on: { next: 'd' } },
        d: {},
      },
    });
    const { compiled, exploration } = await check(lone(machine, ['x']));
    expect(compiled.components[0]!.snapshots.map(({ value }) => value)).toEqual(['b', 'd']);
    expect(exploration.states).toBe(2);
  });

  const boom = () => {
    throw new Error('boom');
  };

  test.each([
    ['starting', setup({}).createMachine({ context: boom as never }), 'it starts'],
    ['an action', acting(assign(boom)), 'it handles x'],
    [
      'a guard',
      setup({ guards: { boom } }).createMachine({ on: { x: { guard: 'boom' } } }),
      'it handles x',
    ],
  ])('RW109 if %s throws', async (_what, machine, when) => {
    const { code, message } = await faultOf(machine);
    expect(code).toBe('RW109');
    expect(message).toContain(`machine it fails when ${when}: Error: `);
    expect(message).toContain('boom');
  });

  test.each([
    ['raises', setup({}).createMachine({ on: { x: { actions: raise({ type: 'x' }) } } })],
    [
      'moves',
      setup({}).createMachine({
        initial: 'a',
        states: { a: { on: { x: 'b' } }, b: { always: 'c' }, c: { always: 'b' } },
      }),
    ],
  ])(
    'RW109 for a machine that %s without end, which does not hang the search',
    async (_what, machine) => {
      const { code, message } = await faultOf(machine);
      expect(code).toBe('RW109');
      expect(message).toContain('Infinite loop');
    },
  );
});
