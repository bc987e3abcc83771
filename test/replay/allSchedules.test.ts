import { expect, test } from 'vitest';
import { networkOf } from '../../machines/design.js';
import { parseScope } from '../../machines/scopes.js';
import { designNamed } from '../../src/cli/shared/registry.js';
import { flipped } from '../../src/domain.js';
import type { StepResult } from '../../src/kernel/guest.js';
import { allSchedules } from '../../src/replay/allSchedules.js';
import { endText, OverlappingCalls } from '../../src/replay/callPairs.js';
import { Lts } from '../../src/replay/lts.js';
import { playPair } from '../../src/replay/playPair.js';
import { startStates } from '../../src/replay/startStates.js';
import { check } from '../../src/search/check.js';
import { SimulatedCallers } from './simulated.js';

/** Two callers of locks: a call is the locks that it takes, each released where `-` follows. */
class Locks {
  readonly #at = [0, 0];
  readonly #calls: string[][] = [[], []];
  readonly #holders = new Map<string, number>();
  readonly log: string[] = [];

  reset(): void {
    this.#at.fill(0);
    this.#holders.clear();
    this.log.push('');
  }

  async step(command: string): Promise<StepResult> {
    const [verb, number, ...call] = command.split(' ');
    const caller = Number(number) - 1;
    const answered = (outcome: string): StepResult => ({
      kind: 'answered',
      outcome,
      ok: true,
      warnings: [],
    });
    if (verb === 'start') this.#calls[caller] = call;
    else {
      const lock = this.#calls[caller]![this.#at[caller]!]!;
      const holder = this.#holders.get(lock);
      if (holder !== undefined && holder !== caller)
        return answered(`blocked at ${lock} in f, held by ${holder + 1}; 1: nothing`);
      this.#holders.set(lock, caller);
      this.#at[caller]!++;
    }
    this.log[this.log.length - 1] += String(caller + 1);
    while (this.#calls[caller]![this.#at[caller]!]?.startsWith('-'))
      this.#holders.delete(this.#calls[caller]![this.#at[caller]!++]!.slice(1));
    const next = this.#calls[caller]![this.#at[caller]!];
    return answered(next === undefined ? '0; 1: nothing' : `stopped at ${next} in f; 1: nothing`);
  }
}

async function schedulesOf(first: string, second: string) {
  const locks = new Locks();
  const ends: string[] = [];
  const begin = async () => {
    locks.reset();
    return true;
  };
  for await (const { end } of allSchedules(locks, [first, second], begin))
    ends.push(typeof end === 'string' ? end : endText(end));
  return { ends, log: locks.log };
}

test('without a common lock, every interleaving is played once', async () => {
  const { ends, log } = await schedulesOf('a -a b -b', 'c -c d -d e -e');
  // 3 and 4 segments: 7 over 3
  expect(new Set(log).size).toBe(35);
  expect(log).toHaveLength(35);
  expect(new Set(ends)).toEqual(new Set(['0 | 0 | 1: nothing']));
});

test('a caller that a lock blocks does not go on', async () => {
  // Whoever takes the lock first runs to its end; the other one can start at any of four places.
  const { ends, log } = await schedulesOf('a b -b -a', 'a b -b -a');
  const first = ['211122', '121122', '112122', '111222'];
  const second = ['122211', '212211', '221211', '222111'];
  expect(ends).toHaveLength(8);
  expect(log.filter((way) => way.length === 6).sort()).toEqual([...first, ...second].sort());
});

test('callers that wait for each other do not return', async () => {
  const { ends } = await schedulesOf('a b -b -a', 'b a -a -b');
  expect(new Set(ends)).toEqual(
    new Set(['0 | 0 | 1: nothing', 'does not return | does not return | 1: nothing']),
  );
});

test('a lost guest ends its schedule, and the others are played', async () => {
  let resets = 0;
  const guest = {
    async step(command: string): Promise<StepResult> {
      if (command === 'start 2 y') return { kind: 'lost', how: 'oops', log: [] };
      return { kind: 'answered', outcome: '0; 1: nothing', ok: true, warnings: [] };
    },
  };
  const ends: unknown[] = [];
  const begin = async () => ++resets < 10;
  for await (const { end } of allSchedules(guest, ['x', 'y'], begin)) ends.push(end);
  expect(ends).toEqual(['oops', 'oops']);
});

const SCOPE = 'records=1,ipmodify=2,trying=1,callers=2';

async function modelOf(design: string, change: object = {}, scope = SCOPE) {
  const changed = flipped(await designNamed(design), change);
  return new Lts(await check(networkOf(changed, parseScope(scope), []), { keepTransitions: true }));
}

async function played(model: Lts, kernel: Lts, count = 1) {
  const overlapping = new OverlappingCalls(model);
  const { starts } = startStates(overlapping, count);
  const guest = new SimulatedCallers(kernel);
  const { signal } = new AbortController();
  const results = [];
  for (const { way, pairs } of starts)
    for (const pair of pairs)
      results.push(await playPair(guest, 'setup', way, pair, overlapping, signal));
  return results;
}

test('a kernel that is the model ends as the model allows, in every way', async () => {
  const model = await modelOf('linux-6.12');
  const results = await played(model, model);
  expect(results.length).toBeGreaterThan(10);
  expect(
    results.flatMap(({ differences, astray }) => [...differences, astray ?? []].flat()),
  ).toEqual([]);
  expect(results.flatMap(({ missing }) => missing)).toEqual([]);
  expect(Math.max(...results.map(({ allowed }) => allowed.length))).toBeGreaterThan(2);
});

test('a kernel that never sends DISABLE ends as the model does not allow, and never as it does', async () => {
  const model = await modelOf('linux-6.12');
  const results = await played(model, await modelOf('linux-6.12', { notifiesOnUnregister: false }));
  const [difference] = results.flatMap(({ differences }) => differences);
  expect(difference!.end).not.toContain('DISABLE');
  const missing = results.flatMap((one) => one.missing);
  expect(missing.filter(({ end }) => end.includes('DISABLE'))).not.toEqual([]);
  expect(missing.map((end) => end.needsOtherChoice)).not.toContain(true);
});

test('an end that no schedule showed may need another order of the hashes', async () => {
  const model = await modelOf('linux-7.3', {}, 'records=2,ipmodify=1,trying=1,callers=2');
  const missing = (await played(model, model, 4)).flatMap((one) => one.missing);
  expect(missing).not.toEqual([]);
  expect(missing.map((end) => end.needsOtherChoice)).not.toContain(false);
});

test('the start states have calls whose order matters, and each has kinds that those before have not', async () => {
  const overlapping = new OverlappingCalls(await modelOf('linux-6.12'));
  const { starts, kinds, ofKinds } = startStates(overlapping, 3);
  expect(starts).toHaveLength(3);
  expect(kinds).toBeLessThan(ofKinds);
  const all = startStates(overlapping, 1_000);
  expect(all.kinds).toBe(all.ofKinds);
  expect(all.starts.slice(0, 3)).toEqual(starts);
});
