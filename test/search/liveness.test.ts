import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { assign, setup } from 'xstate';
import uploads from '../../docs/examples/uploads.js';
import type { Rule, SnapshotData } from '../../src/model/network.js';
import { type Check, check } from '../../src/search/check.js';
import { Checkpoint } from '../../src/search/checkpoint.js';
import { isExhaustive, runs } from '../effort.js';
import { lone } from '../networks/lone.js';
import { randomGraphs } from '../networks/randomGraph.js';
import { livenessNetworks } from '../networks/randomNetwork.js';
import { expectRulings } from './expectRulings.js';

const tries = runs(30, 1_000);
/** The maximum number of states, so that brute force is fast. */
const MANY = 40;

const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const file = join(folder, 'kept');
afterAll(() => rmSync(folder, { recursive: true }));

const shape = <W>({ rules }: Check<W>) =>
  rules.map(({ rule, verdict, path, stem, classes, starvation }) => ({
    ...{ id: rule.id, verdict, path, stem, classes, starvation },
  }));

/** Counts what occurred, so that a test can show that it saw everything. */
function counter() {
  const seen = new Map<string, number>();
  return {
    seen,
    note: (all: readonly string[]) => {
      for (const what of all) seen.set(what, (seen.get(what) ?? 0) + 1);
    },
  };
}

const KINDS = ['leadsTo', 'eventually'].flatMap((kind) => [
  ...['holds', 'broken'].map((verdict) => `${kind}  ${verdict}`),
  ...['weak', 'strong', 'weak,strong'].flatMap((fair) =>
    ['holds', 'broken', 'starves'].map((verdict) => `${kind} ${fair} ${verdict}`),
  ),
]);

test('random graphs: verdicts with and without fairness are those of the definition, stems are shortest', async () => {
  const { seen, note } = counter();
  await fc.assert(
    fc.asyncProperty(randomGraphs, async (network) => note(expectRulings(await check(network)))),
    runs(250, 5_000),
  );
  if (!isExhaustive) return;
  for (const what of [...KINDS, 'loop', 'terminal state', 'deadlock'])
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(0);
});

test('random networks: liveness has the verdicts of brute force, with shortest lassos', async () => {
  const { seen, note } = counter();
  await fc.assert(
    fc.asyncProperty(
      livenessNetworks,
      fc.integer({ min: 1, max: 30 }),
      fc.constantFrom(1, 4, 1_000),
      async (network, maxStates, sleepSetThreshold) => {
        const plain = await check(network, { maxStates: MANY, sleepSetThreshold });
        fc.pre(plain.exploration.complete);
        note(expectRulings(plain));

        const reduced = await check(network, { reductions: 'on' });
        expect(shape(reduced)).toEqual(shape(plain));
        expect(reduced.exploration.held).toBeUndefined();

        rmSync(file, { force: true });
        const kept = (limits: object) =>
          check(network, {
            ...limits,
            sleepSetThreshold,
            checkpoint: new Checkpoint(file, 'test'),
          });
        const stopped = await kept({ maxStates });
        if (!stopped.exploration.complete)
          for (const { verdict } of stopped.rules) expect(verdict).toBe('unknown');
        expect(shape(await kept({}))).toEqual(shape(plain));
      },
    ),
    tries,
  );
  if (!isExhaustive) return;
  for (const what of ['loop', 'terminal state', 'deadlock', 'failed call', 'a long lasso'])
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(3);
});

describe('two uploads on one line', () => {
  test('one may wait for ever; weak fairness does not help, strong fairness does', async () => {
    const { rules } = await check(uploads);
    const loop = { path: [0, 3, 4, 5], stem: 1, trigger: 1 };
    expect(rules).toMatchObject([
      { verdict: 'broken', ...loop, classes: [{ name: 'loop', ...loop }] },
      { verdict: 'broken', ...loop },
      { verdict: 'holds', starvation: { ...loop, starved: [{ name: 'a', fairness: 'strong' }] } },
    ]);
    expect(rules[0]!.classes![0]).not.toHaveProperty('transitions');
  });

  test('of a leadsTo rule whose from is never true, the search says so', async () => {
    const never: Rule<{ readonly a: string }> = {
      ...{ id: 'never', description: 'never', source: 'this test' },
      leadsTo: { from: ({ a }) => a === 'lost', to: () => false },
    };
    const { rules, vacuity } = await check({ ...uploads, rules: [never] } as typeof uploads);
    expect(rules).toMatchObject([{ verdict: 'holds' }]);
    expect(vacuity).toMatchObject({ rules: [], neverFrom: ['never'] });
    expect((await check(uploads)).vacuity).not.toHaveProperty('neverFrom');
  });
});

describe('a path that ends', () => {
  const fuse = setup({}).createMachine({
    initial: 'whole',
    states: { whole: { on: { load: 'hot' } }, hot: { on: { load: 'blown' } }, blown: {} },
  });
  const cools: Rule<SnapshotData> = {
    ...{ id: 'cools', description: 'it cools', source: 'this test' },
    leadsTo: { from: ({ value }) => value === 'hot', to: ({ value }) => value === 'whole' },
    fair: { strong: () => 'all' },
  };

  test('counts, in a deadlock and in a terminal state', async () => {
    const found = async (isTerminal?: (world: SnapshotData) => boolean) => {
      const more = { rules: [cools], ...(isTerminal && { isTerminal }) };
      return (await check(lone(fuse, ['load'], more))).rules;
    };
    expect(await found()).toMatchObject([
      { verdict: 'broken', path: [0, 0], trigger: 1, classes: [{ name: 'deadlock' }] },
    ]);
    expect(await found(({ value }) => value === 'hot')).toMatchObject([
      { verdict: 'broken', path: [0], trigger: 1, classes: [{ name: 'terminal state' }] },
    ]);
    expect(await found(({ value }) => value === 'whole')).toMatchObject([{ verdict: 'holds' }]);
  });
});

describe('a verdict that would not be complete', () => {
  test('is unknown if it is interrupted after the last state', async () => {
    const { exploration, rules, vacuity } = await check(uploads, { signal: AbortSignal.abort() });
    expect(exploration).toMatchObject({ complete: false, stopped: 'interrupted', states: 8 });
    for (const { verdict } of rules) expect(verdict).toBe('unknown');
    expect(vacuity).toBeUndefined();
  });

  test('names the reductions that were not used', async () => {
    const { reductions, exploration } = await check(uploads, { reductions: 'on' });
    expect(reductions).toEqual([
      {
        description: 'local cycles of one machine, each stored as one state',
        because: 'rule served is about loops, and one state stored for several does not keep them',
      },
    ]);
    expect(exploration.held).toBeUndefined();
    expect((await check(uploads, { reductions: 'auto' })).reductions).toEqual([]);
  });
});

test('a long loop, around which every group is taken', async () => {
  const wheel = setup({
    types: {} as { context: { n: number } },
    actions: { turn: assign({ n: ({ context }) => (context.n + 1) % 2_000 }) },
  }).createMachine({ context: { n: 0 }, on: { turn: { actions: 'turn' }, rest: {} } });
  const stops: Rule<SnapshotData> = {
    ...{ id: 'stops', description: 'it stops', source: 'this test' },
    eventually: () => false,
    fair: { weak: ({ description }) => description },
  };
  const { rules } = await check(lone(wheel, ['turn', 'rest'], { rules: [stops] }));
  expect(rules[0]).toMatchObject({ verdict: 'broken', stem: 0 });
  const loop = rules[0]!.path!;
  expect(loop.filter((stimulus) => stimulus === 0)).toHaveLength(2_000);
  expect(loop.length).toBe(2_001);
});
