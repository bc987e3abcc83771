import { describe, expect, test } from 'vitest';
import type { Network } from '../../src/model/network.js';
import { check } from '../../src/search/check.js';
import { bruteForce, type Count } from '../networks/bruteForce.js';
import { diningPhilosophers } from '../toys/dining-philosophers.js';

async function explored<W>(network: Network<W>): Promise<Count> {
  const { states, transitions, depth } = (await check(network)).exploration;
  return { states, transitions, depth };
}

describe('dining philosophers', () => {
  test.each([
    [2, 6],
    [3, 14],
    [4, 34],
    [5, 82],
    [6, 198],
    [7, 478],
  ])('%i philosophers: %i states, a companion Pell number (OEIS A002203)', async (n, pell) => {
    expect((1 + Math.SQRT2) ** n + (1 - Math.SQRT2) ** n).toBeCloseTo(pell, 6);
    expect((await explored(diningPhilosophers(n))).states).toBe(pell);
  });

  test.each([
    [3, false],
    [3, true],
    [5, false],
    [5, true],
  ])(
    '%i philosophers, ordered %s: exactly the assignments in which no two hands share a fork',
    async (n, ordered) => {
      const counted = await explored(diningPhilosophers(n, ordered));
      expect(counted).toEqual(seating(n, ordered));
      expect(bruteForce(diningPhilosophers(n, ordered))).toEqual(counted);
    },
  );

  /**
   * Philosopher i holds his first `hands[i]` forks. Counts every assignment in which no fork is in two hands, and its
   * moves: a next fork that is free, or putting both down. Each fork takes one step, so the farthest state is the one
   * with the most forks in hands.
   */
  function seating(n: number, ordered: boolean): Count {
    const order = (i: number) => (ordered && i === n - 1 ? [(i + 1) % n, i] : [i, (i + 1) % n]);
    let states = 0;
    let transitions = 0;
    let depth = 0;
    for (let code = 0; code < 3 ** n; code++) {
      const hands = Array.from({ length: n }, (_, i) => Math.floor(code / 3 ** i) % 3);
      const taken = hands.flatMap((held, i) => order(i).slice(0, held));
      if (new Set(taken).size < taken.length) continue;
      states++;
      depth = Math.max(depth, taken.length);
      hands.forEach((held, i) => {
        if (held === 2 || !taken.includes(order(i)[held]!)) transitions++;
      });
    }
    return { states, transitions, depth };
  }
});
