import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../../src/search/check.js';
import { VisitedSet } from '../../src/store/visitedSet.js';
import { everyNth, runs } from '../effort.js';
import { network } from '../machines/networks.js';
import { randomNetworks } from '../networks/randomNetwork.js';
import { inOrder } from './inOrder.js';

test.each(['off', 'on'] as const)(
  'a second thread from any state on changes nothing, reductions %s',
  async (reductions) => {
    const made = await network('linux-6.12', 'default');
    const alone = inOrder(
      await check(made, { reductions, workerThreshold: Number.POSITIVE_INFINITY }),
    );
    for (const workerThreshold of everyNth(3, [1, 50, 700]))
      expect(inOrder(await check(made, { reductions, workerThreshold }))).toEqual(alone);
  },
);

test('a limit of states stops the search at the same state', async () => {
  const made = await network('proposal', 'small');
  for (const maxStates of [1, 2, 3, 40, 200]) {
    const of = async (workerThreshold: number) =>
      inOrder(await check(made, { maxStates, workerThreshold }));
    const alone = await of(Number.POSITIVE_INFINITY);
    expect(alone.counts.states).toBe(maxStates);
    expect(await of(1)).toEqual(alone);
  }
});

test('random networks', async () => {
  await fc.assert(
    fc.asyncProperty(
      randomNetworks,
      fc.integer({ min: 1, max: 30 }),
      async (made, workerThreshold) => {
        const alone = inOrder(await check(made, { workerThreshold: Number.POSITIVE_INFINITY }));
        expect(inOrder(await check(made, { workerThreshold }))).toEqual(alone);
      },
    ),
    runs(20, 100),
  );
});

test('states keep their numbers while digits and the hash table grow', () => {
  const [one, two] = [new VisitedSet(3), new VisitedSet(3)];
  two.useWorker();
  const batches = [one, two].map((visited) => ({ visited, batch: visited.batch() }));
  const known = new Map<string, number>();
  for (let round = 0; round < 40; round++) {
    const states = Array.from({ length: 500 }, (_, i) =>
      Int32Array.of(
        i % 7,
        (i * 31 * round) % 997,
        (round * round * i) % (1 << Math.min(round, 20)),
      ),
    );
    const expected = states.map((state) => {
      if (!known.has(state.join())) known.set(state.join(), known.size);
      return known.get(state.join());
    });
    for (const { visited, batch } of batches) {
      batch.count = 0;
      batch.reserve(states.length);
      for (const [i, state] of states.entries()) {
        batch.parents[i] = round;
        batch.stimuli[i] = i;
        batch.count = i + 1;
        while (!visited.stage(state, batch, i)) visited.widen(state);
      }
      visited.send(batch);
      visited.await();
      expect([...batch.numbers.subarray(0, batch.count)]).toEqual(expected);
    }
  }
  for (const { visited } of batches) visited.end(visited.size);
  for (const [text, number] of known) {
    expect(two.state(number).join()).toBe(text);
    expect(two.numberOf(two.state(number))).toBe(number);
  }
});

test('stores no more of the looked-up states than allowed', () => {
  const visited = new VisitedSet(1);
  const states = [3, 1, 4, 1, 5, 9].map((digit) => Int32Array.of(digit));
  for (const state of states) visited.add(state, -1, -1);
  visited.end(2);
  expect(states.map((state) => visited.numberOf(state))).toEqual([0, 1, -1, 1, -1, -1]);
});
