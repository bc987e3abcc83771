import { beforeAll, describe, expect, test } from 'vitest';
import { shard } from '../../src/cli/shared/replay/shard.js';
import type { Lts } from '../../src/replay/lts.js';
import { allPaths, type Replayed } from '../../src/replay/replay.js';
import { emptyCoverage, runTrace } from '../../src/replay/runTrace.js';
import { sides, sortOf } from './sides.js';
import {
  ascending,
  type Choose,
  descending,
  modelOf,
  replayed,
  Simulated,
  SimulatedCallers,
} from './simulated.js';

const SLOW = { timeout: 600_000 };

/** Every transition is in exactly one of the four counts. */
function balances({
  transitions,
  taken,
  unforced,
  unreachableAfterDivergence,
  notTried,
}: Replayed) {
  expect(taken + unforced + unreachableAfterDivergence + notTried).toBe(transitions);
}

describe('a kernel that conforms to the model', SLOW, () => {
  let model: Lts;
  beforeAll(async () => {
    model = await modelOf('linux-6.12', 'small');
  });

  test('shows no difference and takes every transition', async () => {
    const result = await replayed(model, {
      machines: [new Simulated(model)],
      paths: allPaths(model),
    });
    expect(result.transitions).toBe(model.successors.size);
    expect(result).toMatchObject({
      taken: result.transitions,
      unforced: 0,
      unreachableAfterDivergence: 0,
      notTried: 0,
      warned: 0,
      died: 0,
    });
    expect(result.differences.count).toBe(0);
  });

  test('is equally covered by several guests, each with a part of the paths', async () => {
    const machines = [new Simulated(model), new Simulated(model), new Simulated(model)];
    const result = await replayed(model, { machines, paths: allPaths(model) });
    expect(result.taken).toBe(result.transitions);
    for (const { resets } of machines) expect(resets).toBeGreaterThan(0);
    expect(machines.reduce((sum, { resets }) => sum + resets, 0)).toBe(result.paths);
  });

  test('runs only the given paths, unless all transitions are the goal', async () => {
    const [first] = allPaths(model);
    const few = { machines: [new Simulated(model)], paths: [first!.slice(0, 3)] };
    const part = await replayed(model, { ...few, untilCovered: false });
    expect(part).toMatchObject({ paths: 1, steps: 3 });
    expect(part.notTried).toBe(part.transitions - part.taken);
    expect(part.taken).toBeLessThan(10);
    const whole = await replayed(model, { ...few, untilCovered: true });
    expect(whole.taken).toBe(whole.transitions);
  });

  test('stops at once on an interrupt, and counts the transitions not tried', async () => {
    const interrupt = new AbortController();
    const result = await replayed(model, {
      machines: [new Simulated(model)],
      paths: allPaths(model),
      signal: interrupt.signal,
      walked: (number) => number === 2 && interrupt.abort(),
    });
    expect(result.paths).toBe(2);
    expect(result.notTried).toBeGreaterThan(0);
    expect(result.unforced).toBe(0);
    balances(result);
  });

  test('is covered by all shards together, each path by one of them', () => {
    const paths = [...allPaths(model)];
    const parts = [1, 2, 3].map((part) => [...shard(paths, { part, of: 3 })]);
    expect(parts.flat()).toHaveLength(paths.length);
    expect(new Set(parts.flat())).toEqual(new Set(paths));
    for (const part of parts) expect(part.length).toBeGreaterThanOrEqual(paths.length / 3 - 1);
    expect([...shard(paths, undefined)]).toEqual(paths);
  });
});

describe.each([
  ['proposal', 'linux-6.12'],
  ['linux-6.12', 'proposal'],
  ['linux-6.1', 'exclusive'],
])('a kernel that does not conform to %s, but to %s', SLOW, (emitted, real) => {
  let model: Lts;
  let kernel: Lts;
  let result: Replayed;
  beforeAll(async () => {
    model = await modelOf(emitted, 'small');
    kernel = await modelOf(real, 'small');
    const machines = [new Simulated(kernel)];
    result = await replayed(model, { machines, paths: allPaths(model) });
  }, 600_000);

  test('shows exactly the divergence classes that the product of both finds', () => {
    const found = sides(model, kernel);
    expect(found.size).toBeGreaterThan(1);
    const shortest = [...result.differences.classes.values()].map(({ shortest }) => shortest);
    expect(
      new Map(
        shortest.map(({ call, expected, got, state, way }) => [
          sortOf(call, expected[0]!, got),
          { state, steps: way.length },
        ]),
      ),
    ).toEqual(found);
  });

  test('shows each difference again on the reported path', async () => {
    for (const { shortest } of result.differences.classes.values()) {
      const guest = new Simulated(kernel);
      await guest.reset();
      await guest.step('setup');
      let state = 0;
      for (const description of shortest.way) {
        const call = model.callOf(description)!;
        const move = model.moves(state, call).find((m) => m.description === description)!;
        expect(await guest.step(call, [move.outcome])).toMatchObject({ ok: true });
        state = move.to;
      }
      expect(state).toBe(shortest.state);
      const last = await guest.step(shortest.call, shortest.expected);
      expect(last).toMatchObject({ outcome: shortest.got, ok: false });
    }
  });

  test('accounts for every transition, none of them by the order of hashes', () => {
    balances(result);
    expect(result.unreachableAfterDivergence).toBeGreaterThan(0);
    // One IPMODIFY ops and one owner: no order has an effect in this scope.
    expect(result).toMatchObject({ unforced: 0, notTried: 0 });
  });
});

describe('a kernel whose hashes decide the order of the callbacks', SLOW, () => {
  // X on 1 and 2, with W on one of them and A on the other: is W asked before A refuses?
  const scope = 'records=2,ipmodify=1,willing=1,absent=1';
  let model: Lts;
  beforeAll(async () => {
    model = await modelOf('linux-6.12', scope);
  });

  /** The transitions that such a kernel can take, found by a search over its own choices, without a plan. */
  function takes(choose: Choose): number {
    const taken = new Set<number>();
    const queue = [0];
    const known = new Set(queue);
    const calls = new Set(
      model.compiled.network.stimuli.map(({ description }) => model.callOf(description)!),
    );
    for (const state of queue)
      for (const call of calls) {
        const moves = model.moves(state, call);
        if (moves.length === 0) continue;
        const { outcome } = choose(moves, '');
        for (const move of moves.filter((m) => m.outcome === outcome)) {
          taken.add(move.entry);
          if (!known.has(move.to)) queue.push(move.to);
          known.add(move.to);
        }
      }
    return taken.size;
  }

  test.each([
    ['ascending', ascending],
    ['descending', descending],
  ])('%s: shows no difference, and the rest needs another order', async (_name, choose) => {
    const machines = [new Simulated(model, choose)];
    const result = await replayed(model, { machines, paths: allPaths(model) });
    expect(result.differences.count).toBe(0);
    expect(result.taken).toBe(takes(choose));
    expect(result.unforced).toBe(result.transitions - result.taken);
    expect(result.unforced).toBeGreaterThan(0);
    balances(result);
  });

  test('has the other order with other functions, and then takes every transition', async () => {
    const choose: Choose = (moves, setup) =>
      (setup === 'setup +1' ? descending : ascending)(moves, '');
    const result = await replayed(model, {
      machines: [new Simulated(model, choose)],
      paths: allPaths(model),
      setups: ['setup +0', 'setup +1'],
    });
    expect(result.differences.count).toBe(0);
    expect(result.taken).toBe(result.transitions);
  });
});

describe('a guest that is lost', SLOW, () => {
  test('during setup: is a difference, and works for the next path', async () => {
    const model = await modelOf('linux-6.12', 'small');
    let setups = 0;
    const deadly = (call: string) => call.startsWith('setup') && ++setups === 2;
    const result = await replayed(model, {
      machines: [new Simulated(model, ascending, deadly)],
      paths: allPaths(model),
    });
    expect([...result.differences.classes.keys()]).toEqual([
      'setup records=2: 0 in the model, lost: oops on the kernel',
    ]);
    expect(result.taken).toBe(result.transitions);
  });

  test('in a call: is a difference with the reason, and the run continues without that call', async () => {
    const model = await modelOf('linux-6.12', 'small');
    const deadly = (call: string) => call === 'register W';
    const result = await replayed(model, {
      machines: [new Simulated(model, ascending, deadly)],
      paths: allPaths(model),
    });
    const sorts = [...result.differences.classes.values()];
    // On a record with IPMODIFY the kernel asks its owner first, on two such records twice.
    expect(new Set(sorts.map(({ name }) => name))).toEqual(
      new Set(
        ['0', '0; W SELF 0', '0; W SELF 0; W SELF 0'].map(
          (emitted) => `register W: ${emitted} in the model, lost: oops on the kernel`,
        ),
      ),
    );
    for (const { shortest } of sorts)
      expect(shortest).toMatchObject({
        call: 'register W',
        got: 'lost: oops',
        log: ['BUG: unable to handle page fault'],
      });
    balances(result);
    expect(result).toMatchObject({ unforced: 0, notTried: 0 });
    // Transitions without a registered W are still taken: X and T have 1 and 2 to themselves.
    expect(result.taken).toBeGreaterThan(result.transitions / 10);
  });
});

test('a choice that only a later outcome shows is open until then', async () => {
  const model = await modelOf('linux-7.3', 'callers');
  const path = [
    ...['1: add X 1', '1: add X 2', '1: register X records 1,2', '1: add L 1', '1: add L 2'],
    ...['1: register L records 1,2', '1 goes on', '1: unregister X records 1,2', '1 goes on'],
  ];
  const run = async (choose: Choose) => {
    const coverage = emptyCoverage(model);
    const machine = new SimulatedCallers(model, choose);
    return { ...(await runTrace(path, model, machine, 'setup', coverage)), coverage };
  };
  const planned = await run(ascending);
  expect(planned.difference).toBeUndefined();
  expect(planned.followed).toBe(true);
  const other = await run(descending);
  expect(other.story.at(-1)!.outcome).toContain('DISABLE(2)');
  expect(other.difference).toBeUndefined();
  expect(other.followed).toBe(false);
});
