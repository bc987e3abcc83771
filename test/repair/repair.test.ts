import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minimalFixSets, subsets } from '../../src/repair/minimalFixSets.js';

const ALL = ['a', 'b', 'c', 'd'];
const everySet = ALL.flatMap((_, size) => [...subsets(ALL, size)]).concat([ALL]);
const mendsIf = (mends: (set: readonly string[]) => boolean) => async (set: readonly string[]) => ({
  broken: !mends(set),
  stopped: false,
});

test('subsets of every size, each once, in the order of their members', () => {
  expect([...subsets(ALL, 0)]).toEqual([[]]);
  expect([...subsets(['a', 'b', 'c'], 2)]).toEqual([
    ['a', 'b'],
    ['a', 'c'],
    ['b', 'c'],
  ]);
  expect(new Set(everySet.map((s) => s.join())).size).toBe(16);
});

test('what needs no change is mended by the empty set', async () => {
  expect(
    await minimalFixSets(
      ALL,
      mendsIf(() => true),
    ),
  ).toEqual({
    sets: [[]],
    tried: 1,
    of: 16,
    stopped: false,
  });
});

test('exactly the smallest sets, whatever mends, also where one change undoes another', async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(everySet), async (mending) => {
      const isIn = (set: readonly string[]) => mending.some((m) => m.join() === set.join());
      const found = await minimalFixSets(ALL, mendsIf(isIn));
      const least = Math.min(...mending.map((m) => m.length));
      const smallest = mending.filter((m) => m.length === least).map((m) => m.join());
      expect(found.sets.map((s) => s.join()).sort()).toEqual(smallest.sort());
      expect(found.stopped).toBe(false);
      if (mending.length === 0) expect(found.tried).toBe(16);
    }),
  );
});

describe('what was not seen', () => {
  test('is not said to mend, and is told', async () => {
    const found = await minimalFixSets(['a', 'b'], async (set) => ({
      broken: set.length === 0,
      stopped: set.join() === 'a',
    }));
    expect(found).toMatchObject({ sets: [['b']], stopped: true });
  });

  test('an interrupt ends the walk', async () => {
    const abort = new AbortController();
    const found = await minimalFixSets(
      ALL,
      async (set) => {
        if (set.join() === 'b') abort.abort();
        return { broken: true, stopped: false };
      },
      { signal: abort.signal },
    );
    expect(found).toEqual({ sets: [], tried: 3, of: 16, stopped: true });
  });
});
