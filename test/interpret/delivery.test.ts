import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnyStateMachine, emit, setup } from 'xstate';
import { diff } from '../../src/diff/diff.js';
import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import { Interpreter } from '../../src/interpret/interpreter.js';
import { play } from '../../src/interpret/play.js';
import type { Network } from '../../src/model/network.js';
import { check } from '../../src/search/check.js';
import { nested } from '../toys/nested.js';
import { odometer } from '../toys/odometer.js';

const network = (
  name: string,
  components: Readonly<Record<string, AnyStateMachine>>,
  [to, ...types]: readonly [string, ...string[]],
): Network => ({
  name,
  description: name,
  components: Object.entries(components).map(([name, machine]) => ({ name, machine })),
  stimuli: types.map((type) => ({ to, message: { type }, description: type })),
  world: () => undefined,
  rules: [{ id: 'true', description: 'nothing', source: 'this test', always: () => true }],
});

/**
 * Two machines that answer each other for ever; with a further message after each answer, the stack grows without end.
 */
const echoes = (word: boolean) => {
  const echo = (to: string) =>
    setup({
      actions: { answer: emit({ type: 'ping', to }), say: emit({ type: 'ah' }) },
    }).createMachine({ on: { ping: { actions: word ? ['answer', 'say'] : ['answer'] } } });
  return network('echoes', { a: echo('b'), b: echo('a') }, ['a', 'ping']);
};

const LIVELOCK = [
  { kind: 'livelock', description: 'a call that never reaches quiescence', path: [0] },
];

describe('a call that reaches quiescence is no livelock', () => {
  test.each([3_001, 19_000])('nested %i deep', async (depth) => {
    const { findings, exploration, compiled } = await check(nested(depth));
    expect(findings).toEqual([]);
    expect(exploration).toMatchObject({ states: 2, transitions: 2, complete: true });
    const [call] = play(compiled, [0]);
    expect(call!.emitted).toEqual(new Array(depth).fill({ type: 'back' }));
  });

  test('of 128,000 messages', async () => {
    const { findings, exploration } = await check(odometer(39));
    expect(findings).toEqual([]);
    // The first state, and the one with the engine off and all digits at 0 again.
    expect(exploration).toMatchObject({ states: 2, transitions: 4, complete: true });
  });
});

describe('a livelock is proved', () => {
  test.each([false, true])('with a growing stack of calls: %s', async (pilesUp) => {
    const { findings, exploration } = await check(echoes(pilesUp));
    expect(findings).toEqual(LIVELOCK);
    expect(exploration.complete).toBe(true);
  });

  test('that recurs after 128,000 messages', async () => {
    expect((await check(odometer(39, true))).findings).toEqual(LIVELOCK);
  });
});

describe('a call that exceeds the message limit', () => {
  const long = odometer(199);
  const limit =
    'RW310: call "run" of odometer was stopped after 10,000,000 messages: whether it ends is unknown; model it in fewer messages';

  test('is no finding, and no rule holds', async () => {
    const { findings, exploration, rules } = await check(long);
    expect(findings).toEqual([]);
    expect(exploration).toMatchObject({ complete: false, stopped: 'messages', limit });
    expect(rules).toMatchObject([{ verdict: 'unknown' }]);
  });

  test('shows no sameness, even if both sides exceed it', async () => {
    expect(await diff(long, long)).toMatchObject({
      complete: false,
      stopped: 'messages',
      limit,
      differences: [],
    });
  });
});

/** A machine as a table: [state][message] is the next state and the emitted messages. */
type Answer = readonly [next: number, ...emitted: (readonly [to: number, message: number])[]];
type Answers = readonly (readonly Answer[])[];
const [STATES, MESSAGES, MACHINES] = [2, 2, 3];
const WORLD = MACHINES;

const answers: fc.Arbitrary<readonly Answers[]> = fc.array(
  fc.array(
    fc.array(
      fc
        .tuple(
          fc.nat(STATES - 1),
          fc.array(fc.tuple(fc.nat(WORLD), fc.nat(MESSAGES - 1)), { maxLength: 3 }),
        )
        .map(([next, emitted]): Answer => [next, ...emitted]),
      { minLength: MESSAGES, maxLength: MESSAGES },
    ),
    { minLength: STATES, maxLength: STATES },
  ),
  { minLength: MACHINES, maxLength: MACHINES },
);

const machine = (own: Answers) =>
  setup({}).createMachine({
    initial: 's0',
    states: Object.fromEntries(
      own.map((row, state) => [
        `s${state}`,
        {
          on: Object.fromEntries(
            row.map(([next, ...emitted], message) => [
              `m${message}`,
              {
                target: `s${next}`,
                actions: emitted.map(([to, emitted]) =>
                  emit({ type: `m${emitted}`, ...(to < WORLD && { to: `${to}` }) }),
                ),
              },
            ]),
          ),
        },
      ]),
    ),
  });

/** Delivers with a list of pending messages; undefined if it does not end within this number of messages. */
function delivered(all: readonly Answers[], limit: number) {
  const state = all.map(() => 0);
  const due: (readonly [to: number, message: number])[] = [[0, 0]];
  let outputs = 0;
  for (let count = 0; due.length > 0; count++) {
    if (count === limit) return undefined;
    const [to, message] = due.pop()!;
    if (to === WORLD) {
      outputs++;
      continue;
    }
    const [next, ...emitted] = all[to]![state[to]!]![message]!;
    state[to] = next;
    due.push(...emitted.reverse());
  }
  return { state, emitted: outputs };
}

/**
 * Returns to the same state with the same pending message, and ends, because the pending messages below have changed.
 */
const RETURNS: readonly Answers[] = [
  [
    [[1, [2, 1]], [0]],
    [[0], [0]],
  ],
  [
    [[1, [0, 1]], [0]],
    [[0], [0, [1, 0]]],
  ],
  [
    [[0], [0, [1, 0], [1, 1], [1, 1]]],
    [[0], [0]],
  ],
];

test('distinguishes livelocks of random machines from calls that end', () => {
  const seen = { ends: 0, endless: 0 };
  fc.assert(
    fc.property(answers, (all) => {
      const net = network(
        'random',
        Object.fromEntries(all.map((own, i) => [`${i}`, machine(own)])),
        ['0', 'm0'],
      );
      // Detection starts at the first message, so that a wrong proof has many chances to show.
      const interpreter = new Interpreter(new CompiledSystem(net), undefined, 0);
      const how = interpreter.step(0);
      if (how === 'livelock') {
        expect(delivered(all, 50_000)).toBeUndefined();
        seen.endless++;
      } else {
        expect(how).toBe('quiescence');
        const { components: machines } = interpreter.compiled;
        const values = machines.map(({ snapshots }, i) => snapshots[interpreter.state[i]!]!.value);
        const ended = delivered(all, 10_000_000)!;
        expect(values).toEqual(ended.state.map((state) => `s${state}`));
        expect(interpreter.emittedCount).toBe(ended.emitted);
        seen.ends++;
      }
    }),
    { numRuns: 500, examples: [[RETURNS]] },
  );
  expect(Math.min(seen.ends, seen.endless)).toBeGreaterThan(30);
});
