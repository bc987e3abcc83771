import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { emit, setup } from 'xstate';
import type { Network, Rule } from '../../src/model/network.js';
import { type Check, type CheckOptions, check } from '../../src/search/check.js';
import { Checkpoint } from '../../src/search/checkpoint.js';
import { everyNth, runs } from '../effort.js';
import { networksWithTwins } from '../networks/twins.js';
import type { Without } from '../networks/without.js';

const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const file = join(folder, 'kept');
beforeEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

/** The maximum number of states, so that a search with a pause after every few calls is fast. */
const MANY = 1_500;

/** Everything that neither a reduction nor a stop may change. */
const verdicts = <W>({
  exploration: { states, transitions, complete },
  rules,
  findings,
}: Check<W>) => ({
  ...{ states, transitions, complete },
  rules: rules.map(({ rule, verdict, path, missed }) => [rule.id, verdict, path?.length, missed]),
  // A reduction may find break classes in another order among those with equally long stories.
  classes: rules.map(({ classes }) =>
    classes
      ?.map(({ name, transitions, path }) => [path?.length, name, transitions])
      .sort((one, other) => (String(one) < String(other) ? -1 : 1)),
  ),
  findings: findings.map(({ kind, description, path }) => [kind, description, path.length]),
});

/** The same, with the stored states and the reductions used, which a stop may not change, either. */
const all = <W>(done: Check<W>) => ({
  ...verdicts(done),
  held: done.exploration.held,
  depth: done.exploration.depth,
  reductions: done.reductions,
});

/** Simulates one process, which searches as far as `options` permit, and writes a checkpoint at every pause. */
const run = <W>(network: Network<W>, options: CheckOptions) =>
  check(network, { ...options, checkpoint: new Checkpoint(file, 'test', undefined, 1) });

/** A light with a switch, and a walker of 20 steps. Smashing the light stops the walker. */
const light = setup({
  actions: { stop: emit({ type: 'stop', to: 'walker' }) },
}).createMachine({
  initial: 'off',
  on: { smash: { target: '.off', actions: 'stop' } },
  states: { off: { on: { switch: 'on' } }, on: { on: { switch: 'off' } } },
});
const walker = setup({}).createMachine({
  initial: 's0',
  on: { stop: '.stopped' },
  states: {
    ...Object.fromEntries(
      [...Array(21).keys()].map((n) => [`s${n}`, n < 20 ? { on: { go: `s${n + 1}` } } : {}]),
    ),
    stopped: {},
  },
});

interface Dark {
  lit(): boolean;
  at(): string;
}
const darkness = (
  read: 'all' | 'its state',
  rule: Without<Rule<Dark>, 'id' | 'description' | 'source'>,
  stimuli = ['light switch', 'walker go'],
): Network<Dark> => ({
  name: 'darkness',
  description: 'a light and a walker',
  components: [
    { name: 'light', machine: light },
    { name: 'walker', machine: walker },
  ],
  stimuli: stimuli.map((description) => {
    const [to, type] = description.split(' ');
    return { to: to!, message: { type: type! }, description };
  }),
  world: (look) => {
    const all = look('light');
    const value = look('light', (seen) => seen.value);
    return {
      lit: () => (read === 'all' ? all().value : value()) === 'on',
      at: look('walker', (seen) => seen.value as string),
    };
  },
  isTerminal: (world) => world.at() === 'stopped',
  rules: [{ id: 'dark', description: 'it is dark there', source: 'us', ...rule }],
});

const rules: Record<string, Parameters<typeof darkness>[1]> = {
  always: { always: (world) => world.at() !== 's3' || !world.lit() },
  // The rule reads nothing of a switch, so that the light has no effect on it.
  step: {
    step: ({ call, before }) => call.to === 'light' || before.at() !== 's3' || !before.lit(),
  },
  recoverable: { recoverable: (world) => world.at() === 's3' && world.lit() },
};

/** Checks that the result is the same after any stop, and returns it. */
async function stoppedAnywhere(network: Network<Dark>, options: CheckOptions) {
  const whole = all(await check(network, options));
  for (let maxStates = 1; maxStates < whole.states; maxStates++) {
    rmSync(file, { force: true });
    await run(network, { ...options, maxStates });
    expect(all(await run(network, options)), `after ${maxStates}`).toEqual(whole);
  }
  return whole;
}

describe.each(everyNth(3, ['on', 'off', 'auto'] as const))('reductions %s', (reductions) => {
  test.each(Object.keys(rules))(
    'the reads of a rule before a stop are known after it: %s',
    async (kind) => {
      for (const read of ['all', 'its state'] as const) {
        const whole = await stoppedAnywhere(darkness(read, rules[kind]!), { reductions });
        // The walker reached s3 and continued; or it has passed s3, and there is no way back.
        const length = { always: 4, step: 5, recoverable: 4 }[kind];
        expect(whole.rules).toEqual([['dark', 'broken', length, undefined]]);
        expect(whole.states).toBe(42);
      }
    },
  );

  test('a call into a terminal state leaves one state of a local cycle', async () => {
    const never = { always: () => true };
    const stimuli = ['light switch', 'walker go', 'light smash'];
    const whole = await stoppedAnywhere(darkness('all', never, stimuli), { reductions });
    // 21 places of the walker, with the light on and off; after the stop the light is off
    expect(whole.states).toBe(43);
    expect(whole.rules).toEqual([['dark', 'holds', undefined, undefined]]);
  });
});

/** How a process ends: by a limit, by Ctrl-C at some pause, or killed there. */
const ending = fc.oneof(
  fc.record({
    how: fc.constant('states' as const),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({
    how: fc.constantFrom('interrupted', 'killed'),
    rests: fc.integer({ min: 1, max: 30 }),
  }),
);

test('random networks: stopped anywhere and resumed, with each reduction', async () => {
  const used = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      networksWithTwins,
      fc.constantFrom('on', 'off'),
      fc.array(ending, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 40 }),
      async (network, reductions, endings, slice) => {
        rmSync(file, { force: true });
        const options = { reductions, slice } as const;
        const unreduced = await check(network, { maxStates: MANY });
        fc.pre(unreduced.exploration.complete);
        const whole = all(await check(network, options));
        const plain = verdicts(unreduced);
        expect(whole).toMatchObject(plain);
        for (const { description, because } of whole.reductions)
          used.set(
            `${description} ${because === undefined}`,
            (used.get(`${description} ${because === undefined}`) ?? 0) + 1,
          );
        const held = whole.held ?? whole.states;
        for (const end of endings) {
          if ('share' in end) {
            const maxStates = Math.max(1, Math.floor(end.share * held));
            await run(network, { ...options, maxStates });
            continue;
          }
          const interrupt = new AbortController();
          let rests = end.rests as number;
          const progress = () => {
            if (--rests > 0) return;
            interrupt.abort();
            if (end.how === 'killed') throw new Error('killed');
          };
          await run(network, { ...options, progress, signal: interrupt.signal }).catch((error) => {
            if (error.message !== 'killed') throw error;
          });
        }
        expect(all(await run(network, options))).toEqual(whole);
      },
    ),
    runs(25, 1_000),
  );
});
