import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minimalFixSets, subsets } from '../../src/repair/minimalFixSets.js';

const ALL = ['a', 'b', 'c', 'd'];
const everySet = ALL.flatMap((_, size) => [...subsets(ALL, size)]).concat([ALL]);
const fixesIf = (fixes: (set: readonly string[]) => boolean) => async (set: readonly string[]) => ({
  broken: !fixes(set),
  stopped: false,
});

test('lists the subsets of every size, each once, in the order of their members', () => {
  expect([...subsets(ALL, 0)]).toEqual([[]]);
  expect([...subsets(['a', 'b', 'c'], 2)]).toEqual([
    ['a', 'b'],
    ['a', 'c'],
    ['b', 'c'],
  ]);
  expect(new Set(everySet.map((s) => s.join())).size).toBe(16);
});

test('the empty set fixes a design without broken rules', async () => {
  expect(
    await minimalFixSets(
      ALL,
      fixesIf(() => true),
    ),
  ).toEqual({
    sets: [[]],
    tried: 1,
    of: 16,
    stopped: false,
  });
});

test('finds exactly the smallest sets, also if one fix undoes another', async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(everySet), async (fixing) => {
      const isIn = (set: readonly string[]) => fixing.some((m) => m.join() === set.join());
      const found = await minimalFixSets(ALL, fixesIf(isIn));
      const least = Math.min(...fixing.map((m) => m.length));
      const smallest = fixing.filter((m) => m.length === least).map((m) => m.join());
      expect(found.sets.map((s) => s.join()).sort()).toEqual(smallest.sort());
      expect(found.stopped).toBe(false);
      if (fixing.length === 0) expect(found.tried).toBe(16);
    }),
  );
});

describe('unexplored sets', () => {
  test('are not claimed to fix anything, and are reported', async () => {
    const found = await minimalFixSets(['a', 'b'], async (set) => ({
      broken: set.length === 0,
      stopped: set.join() === 'a',
    }));
    expect(found).toMatchObject({ sets: [['b']], stopped: true });
  });

  test('an interrupt ends the search', async () => {
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
