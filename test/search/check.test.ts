import { describe, expect, test } from 'vitest';
import { assign, emit, setup } from 'xstate';
import { play } from '../../src/interpret/play.js';
import type { Network, Rule, Snapshot, Step } from '../../src/model/network.js';
import { type Check, check } from '../../src/search/check.js';
import type { SearchProgress } from '../../src/search/searchProgress.js';
import { lone } from '../networks/lone.js';
import dieHardJugs from '../peers/die-hard-jugs.js';
import { diningPhilosophers } from '../toys/dining-philosophers.js';
import { echoes } from '../toys/echoes.js';

const called = (id: string) => ({ id, description: id, source: 'this test' });

/** Counts up to five and emits `full` there; `jump` is a shortcut from 1 to 4, `reset` goes to 0. */
const stairs = setup({
  types: {} as {
    context: { n: number };
    events: { type: 'up' | 'jump' | 'reset' };
    emitted: { type: 'at'; n: number };
  },
  guards: {
    below: ({ context }) => context.n < 5,
    'at one': ({ context }) => context.n === 1,
  },
  actions: {
    up: assign({ n: ({ context }) => context.n + 1 }),
    four: assign({ n: 4 }),
    zero: assign({ n: 0 }),
    say: emit(({ context }) => ({ type: 'at' as const, n: context.n })),
  },
}).createMachine({
  context: { n: 0 },
  on: {
    up: { guard: 'below', actions: ['up', 'say'] },
    jump: { guard: 'at one', actions: ['four', 'say'] },
    reset: { actions: ['zero', 'say'] },
  },
});
const up = lone(stairs, ['up', 'jump', 'reset']);
const [UP, JUMP, RESET] = [0, 1, 2];

async function monitor(rule: Rule<Snapshot>, limits = {}) {
  const [judged] = (await check({ ...up, rules: [rule] }, limits)).rules;
  return judged!;
}
const verdicts = ({ rules }: Check) => rules.map(({ rule, verdict }) => `${rule.id} ${verdict}`);

describe('always', () => {
  test('holds', async () => {
    const judged = await monitor({ ...called('bounded'), always: ({ context }) => context.n <= 5 });
    expect(judged).toMatchObject({ verdict: 'holds' });
    expect(judged.path).toBeUndefined();
  });

  test('is broken, with a shortest path', async () => {
    const never = (n: number) => monitor({ ...called('never'), always: (w) => w.context.n !== n });
    expect(await never(3)).toMatchObject({ verdict: 'broken', path: [UP, UP, UP] });
    expect(await never(5)).toMatchObject({ verdict: 'broken', path: [UP, JUMP, UP] });
  });

  test('is broken at the start, with an empty path', async () => {
    const judged = await monitor({ ...called('risen'), always: ({ context }) => context.n > 0 });
    expect(judged).toMatchObject({ verdict: 'broken', path: [] });
  });

  test('is unknown after a stopped search, and broken if it broke before', async () => {
    const never = (n: number): Rule<Snapshot> => ({
      ...called('never'),
      always: (w) => w.context.n !== n,
    });
    expect(await monitor(never(9), { maxStates: 3 })).toMatchObject({ verdict: 'unknown' });
    expect(await monitor(never(1), { maxStates: 3 })).toMatchObject({ verdict: 'broken' });
  });
});

describe('step', () => {
  test('gets the world before and after, the call, and the emitted messages', async () => {
    const seen = new Set<string>();
    await monitor({
      ...called('listen'),
      step: ({ before, call, emitted, after }) => {
        seen.add(
          `${before.context.n} ${call.description} ${JSON.stringify(emitted)} ${after.context.n}`,
        );
        return true;
      },
    });
    const at = (n: number) => JSON.stringify([{ type: 'at', n }]);
    expect([...seen].sort()).toEqual(
      [
        ...[0, 1, 2, 3, 4].map((n) => `${n} up ${at(n + 1)} ${n + 1}`),
        `1 jump ${at(4)} 4`,
        ...[0, 1, 2, 3, 4, 5].map((n) => `${n} reset ${at(0)} 0`),
      ].sort(),
    );
  });

  test('is broken, with the path that ends with the call', async () => {
    const noFall: Rule<Snapshot> = {
      ...called('no-fall'),
      step: ({ before, after }) => before.context.n - after.context.n < 2,
    };
    expect(await monitor(noFall)).toMatchObject({ verdict: 'broken', path: [UP, UP, RESET] });
  });

  test('can repeat the call', async () => {
    const answers = new Map<string, unknown>();
    const ask = ({ before, call, again }: Step<Snapshot>) =>
      answers.set(`${before.context.n} ${call.description}`, again()) !== undefined;
    const judged = await monitor({ ...called('again'), step: ask });
    expect(judged.verdict).toBe('holds');
    expect(answers.get('0 up')).toEqual([{ type: 'at', n: 2 }]);
    expect(answers.get('4 up')).toBeUndefined();
    expect(answers.get('1 jump')).toBeUndefined();
    expect(answers.get('3 reset')).toEqual([{ type: 'at', n: 0 }]);
  });

  test('after a repetition that fails, no message is emitted any more', async () => {
    let answers: unknown[] = [];
    const counter = setup({
      types: {} as { context: { n: number } },
      guards: { second: ({ context }) => context.n === 1 },
      actions: {
        up: assign({ n: ({ context }) => context.n + 1 }),
        stumble: emit({ type: 'nobody handles this', to: 'it' }),
      },
    }).createMachine({
      context: { n: 0 },
      on: { go: [{ guard: 'second', actions: ['up', 'stumble'] }, { actions: 'up' }] },
    });
    const rule: Rule<Snapshot> = {
      ...called('again'),
      step: ({ again }) => {
        answers = [again(), again(), again()];
        return true;
      },
    };
    const { findings } = await check(lone(counter, ['go'], { rules: [rule] }));
    expect(findings).toMatchObject([{ kind: 'unhandled', path: [0, 0] }]);
    expect(answers).toEqual([undefined, undefined, undefined]);
  });
});

describe('possible', () => {
  const goals: Rule<Snapshot> = {
    ...called('goals'),
    possible: [5, 7, 0, 9].map((n) => ({ description: `${n}`, holds: (w) => w.context.n === n })),
  };

  test('is broken by every goal that was not reached', async () => {
    expect(await monitor(goals)).toMatchObject({ verdict: 'broken', missed: ['7', '9'] });
  });

  test('is unknown while a goal may still be reached', async () => {
    const judged = await monitor(goals, { maxStates: 3 });
    expect(judged).toMatchObject({ verdict: 'unknown', missed: ['5', '7', '9'] });
  });

  test('counts no goal out of scope, and lists it', async () => {
    const elsewhere = { ...goals.possible![3]!, inScope: () => false };
    const some = (...possible: NonNullable<typeof goals.possible>) => ({ ...goals, possible });
    const [five, seven] = goals.possible!;
    expect(await monitor(some(five!, elsewhere))).toMatchObject({
      verdict: 'holds',
      outOfScope: ['9'],
    });
    const missing = await monitor(some(seven!, elsewhere));
    expect(missing).toMatchObject({ verdict: 'broken', missed: ['7'], outOfScope: ['9'] });
    const none = await monitor(some(elsewhere));
    expect(none).toMatchObject({ verdict: 'out of scope', outOfScope: ['9'] });
    expect(none.missed).toBeUndefined();
    // Every goal is in scope by default, and the first state decides.
    const first = { ...seven!, inScope: ({ context }: Snapshot) => context.n === 0 };
    expect(await monitor(some(first))).toMatchObject({ verdict: 'broken', missed: ['7'] });
    expect((await monitor(some(first))).outOfScope).toBeUndefined();
  });

  test('holds as soon as all goals are reached, even if the search stopped', async () => {
    const near: Rule<Snapshot> = { ...called('near'), possible: [goals.possible![2]!] };
    expect(await monitor(near, { maxStates: 1 })).toMatchObject({ verdict: 'holds' });
  });
});

describe('recoverable', () => {
  const home = { ...called('home'), recoverable: (w: Snapshot) => w.context.n === 0 };
  const withoutReset = lone(stairs, ['up', 'jump'], { rules: [home] });

  test('holds if a way leads back from every state', async () => {
    expect(await monitor(home)).toMatchObject({ verdict: 'holds' });
  });

  test('is broken, with a shortest path to a state without a way back', async () => {
    const [judged] = (await check(withoutReset)).rules;
    expect(judged).toMatchObject({ verdict: 'broken', path: [UP] });
  });

  test('is unknown after a stopped search', async () => {
    const [judged] = (await check(withoutReset, { maxStates: 3 })).rules;
    expect(judged).toMatchObject({ verdict: 'unknown' });
  });
});

const sayTo = (to: string, type: string) => emit({ type, to });

describe('findings', () => {
  test('unhandled: a message without a transition in this state, with a shortest path', async () => {
    const clerk = setup({ actions: { ask: sayTo('vault', 'open') } }).createMachine({
      on: { ask: { actions: 'ask' } },
    });
    const vault = setup({}).createMachine({
      initial: 'shut',
      states: { shut: { on: { open: 'open' } }, open: {} },
    });
    const found = await check({
      name: 'bank',
      description: 'a clerk does not look whether the vault is open',
      components: [
        { name: 'clerk', machine: clerk },
        { name: 'vault', machine: vault },
      ],
      stimuli: [{ to: 'clerk', message: { type: 'ask' }, description: 'ask' }],
      world: () => undefined,
    });
    expect(found.findings).toEqual([
      {
        kind: 'unhandled',
        description: 'vault has no transition for open in this state',
        path: [0, 0],
      },
    ]);
    expect(found.exploration).toMatchObject({ states: 2, transitions: 2, complete: true });
  });

  test('unhandled: a second message of the stimulus, disabled by the first', async () => {
    const door = setup({}).createMachine({
      initial: 'open',
      states: { open: { on: { shut: 'shut', pass: {} } }, shut: {} },
    });
    const found = await check(
      lone(door, [], {
        stimuli: [
          {
            to: 'it',
            message: { type: 'shut' },
            also: [{ type: 'pass', to: 'it' }],
            description: 'shut and pass',
          },
        ],
      }),
    );
    expect(found.findings).toEqual([
      { kind: 'unhandled', description: 'it has no transition for pass in this state', path: [0] },
    ]);
  });

  test('a stimulus that the present state cannot handle is disabled: no finding but the deadlock', async () => {
    const deaf = setup({}).createMachine({
      initial: 'asleep',
      states: { asleep: {}, awake: { on: { hello: {} } } },
    });
    const found = await check(lone(deaf, ['hello']));
    expect(found.findings).toEqual([
      { kind: 'deadlock', description: 'no stimulus is enabled', path: [] },
    ]);
    expect(found.exploration).toMatchObject({ states: 1, transitions: 0, depth: 0 });
  });

  test('livelock: two machines that answer each other for ever', async () => {
    const found = await check(echoes);
    expect(found.findings).toEqual([
      { kind: 'livelock', description: 'a call that never reaches quiescence', path: [0] },
    ]);
    expect(found.exploration).toMatchObject({ states: 1, transitions: 1, complete: true });
  });

  test('a long call that ends is no livelock', async () => {
    const countdown = setup({
      types: {} as { context: { n: number } },
      guards: { more: ({ context }) => context.n > 0 },
      actions: {
        down: assign({ n: ({ context }) => context.n - 1 }),
        on: emit({ type: 'tick', to: 'it' }),
      },
    }).createMachine({
      context: { n: 1_000 },
      on: { tick: [{ guard: 'more', actions: ['down', 'on'] }, {}] },
    });
    const found = await check(lone(countdown, ['tick']));
    expect(found.findings).toEqual([]);
    expect(found.exploration).toMatchObject({ states: 2, transitions: 2 });
  });
});

describe('deadlocks, terminal and final states', () => {
  test('deadlock, with a shortest path; none in a terminal state', async () => {
    const oneWay = setup({}).createMachine({
      initial: 'a',
      states: { a: { on: { go: 'b' } }, b: { on: { go: 'c' } }, c: {} },
    });
    const found = await check(lone(oneWay, ['go']));
    expect(found.findings).toEqual([
      { kind: 'deadlock', description: 'no stimulus is enabled', path: [0, 0] },
    ]);
    const isTerminal = (w: Snapshot) => w.value === 'c';
    expect((await check(lone(oneWay, ['go'], { isTerminal }))).findings).toEqual([]);
  });

  test('one finding of a kind, the one with the shortest path', async () => {
    const twice = setup({}).createMachine({
      initial: 'a',
      states: { a: { on: { far: 'b', near: 'c' } }, b: { on: { near: 'd' } }, c: {}, d: {} },
    });
    const { findings } = await check(lone(twice, ['far', 'near']));
    expect(findings).toMatchObject([{ kind: 'deadlock', path: [1] }]);
  });

  test('explores nothing after a terminal state', async () => {
    const { exploration } = await check({ ...up, isTerminal: ({ context }) => context.n === 2 });
    // 0 up 1, 1 up 2, 1 jump 4, 4 up 5; and a reset in the four states that are not terminal
    expect(exploration).toMatchObject({ states: 5, transitions: 8, depth: 3 });
  });

  test('a machine in its final state handles nothing, like an XState actor that is done', async () => {
    const done = setup({}).createMachine({
      initial: 'a',
      states: { a: { on: { go: 'b' } }, b: { type: 'final' } },
      on: { late: {} },
    });
    const found = await check(lone(done, ['go', 'late']));
    expect(found.exploration).toMatchObject({ states: 2, transitions: 2 });
    // Terminated, and no deadlock.
    expect(found.findings).toEqual([]);
    expect(found.exploration.terminal).toEqual([1]);
  });

  test('history is part of a state', async () => {
    const radio = setup({}).createMachine({
      initial: 'on',
      states: {
        on: {
          initial: 'am',
          states: { am: { on: { turn: 'fm' } }, fm: {}, last: { type: 'history' } },
          on: { off: 'off' },
        },
        off: { on: { on: 'on.last' } },
      },
    });
    const { exploration, compiled } = await check(lone(radio, ['turn', 'off', 'on']));
    const end = (path: number[]) =>
      [...play(compiled, path)].map(({ after }) => after.value).at(-1);
    const [TURN, OFF, ON] = [0, 1, 2];
    expect(end([OFF, ON])).toEqual({ on: 'am' });
    expect(end([TURN, OFF, ON])).toEqual({ on: 'fm' });
    // am and fm without history; off after either; am after am, fm after am, fm after fm
    expect(exploration).toMatchObject({ states: 7, complete: true });
  });
});

test('the order in which history states were entered makes no other state', async () => {
  const band = {
    initial: 'am',
    states: { am: { on: { turn: 'fm' } }, fm: { on: { turn: 'am' } } },
  };
  const volume = { initial: 'low', states: { low: { on: { up: 'high' } }, high: {} } };
  const radio = setup({}).createMachine({
    initial: 'on',
    states: {
      on: {
        type: 'parallel',
        states: { band, volume, last: { type: 'history', history: 'deep' } },
        on: { off: 'off' },
      },
      off: { on: { on: 'on.last' } },
    },
  });
  const { exploration } = await check(lone(radio, ['turn', 'up', 'off', 'on']));
  // on: 4 without history; with low in the history and either band, 4 each, with high, 2 each; off: one per history
  expect(exploration.states).toBe(4 + 2 * 4 + 2 * 2 + 4);
});

describe('stopping', () => {
  /** Five wheels of ten: 100,000 states, in each of them five stimuli. */
  const wheel = setup({
    types: {} as { context: { n: number } },
    actions: { turn: assign({ n: ({ context }) => (context.n + 1) % 10 }) },
  }).createMachine({ context: { n: 0 }, on: { turn: { actions: 'turn' } } });
  const names = ['a', 'b', 'c', 'd', 'e'];
  const wheels: Network = {
    name: 'wheels',
    description: 'five wheels',
    components: names.map((name) => ({ name, machine: wheel })),
    stimuli: names.map((to) => ({ to, message: { type: 'turn' }, description: to })),
    world: () => undefined,
  };

  test('without limits: explores everything', async () => {
    const { exploration } = await check(wheels);
    expect(exploration).toMatchObject({
      states: 10 ** 5,
      transitions: 5 * 10 ** 5,
      depth: 5 * 9,
      queue: 0,
      complete: true,
    });
    expect(exploration.stopped).toBeUndefined();
  });

  test('by the signal: the counts match the explored part, and rules are unknown', async () => {
    const controller = new AbortController();
    let played: SearchProgress | undefined;
    const rule = { ...called('any'), always: () => true };
    const { exploration, rules } = await check(
      { ...wheels, rules: [rule] },
      {
        signal: controller.signal,
        progress: (covered) => {
          played = covered;
          controller.abort();
        },
      },
    );
    expect(exploration).toMatchObject({ complete: false, stopped: 'interrupted' });
    expect(exploration).toMatchObject(played!);
    // Five transitions per state: the end of the first state after 65,536 transitions.
    expect(exploration.transitions).toBe(65_540);
    expect(exploration.states - exploration.queue).toBe(65_540 / 5);
    expect(rules).toMatchObject([{ verdict: 'unknown' }]);
  });

  test('by the number of states: holds exactly that many', async () => {
    const { exploration } = await check(wheels, { maxStates: 1_000 });
    expect(exploration).toMatchObject({ states: 1_000, complete: false, stopped: 'states' });
    expect(exploration.queue).toBeGreaterThan(0);
  });

  test('a limit that is just sufficient does not stop it', async () => {
    const { exploration } = await check(dieHardJugs, { maxStates: 16 });
    expect(exploration).toMatchObject({ states: 16, complete: true });
    const stopped = await check(dieHardJugs, { maxStates: 15 });
    expect(stopped.exploration).toMatchObject({ states: 15, stopped: 'states' });
  });

  test('by memory', async () => {
    const { exploration } = await check(wheels, { memory: 100_000 });
    expect(exploration).toMatchObject({ complete: false, stopped: 'memory' });
    expect(exploration.states).toBeLessThan(10 ** 5);
  });
});

describe('toys', () => {
  test('philosophers deadlock when each holds one fork; ordered ones do not', async () => {
    const naive = await check(diningPhilosophers(4));
    expect(verdicts(naive)).toEqual([
      'neighbours holds',
      'all-may-eat holds',
      'back-to-thought broken',
    ]);
    expect(naive.findings).toMatchObject([{ kind: 'deadlock' }]);
    expect(naive.findings[0]!.path).toHaveLength(4);
    expect(naive.rules[2]!.path).toHaveLength(4);
    const ordered = await check(diningPhilosophers(4, true));
    expect(verdicts(ordered)).toEqual([
      'neighbours holds',
      'all-may-eat holds',
      'back-to-thought holds',
    ]);
    expect(ordered.findings).toEqual([]);
  });
});

describe('play', () => {
  test('gives the emitted messages and the worlds before and after', async () => {
    const { compiled } = await check(up);
    const played = [...play(compiled, [UP, JUMP])].map(({ stimulus, emitted }) => [
      stimulus.description,
      emitted,
    ]);
    expect(played).toEqual([
      ['up', [{ type: 'at', n: 1 }]],
      ['jump', [{ type: 'at', n: 4 }]],
    ]);
  });

  test('ends at a disabled call, without emitted messages', async () => {
    const { compiled } = await check(up);
    const played = [...play(compiled, [UP, UP, JUMP, UP])].map(({ emitted }) => emitted);
    expect(played).toEqual([[{ type: 'at', n: 1 }], [{ type: 'at', n: 2 }], []]);
  });
});
