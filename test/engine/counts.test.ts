import { describe, expect, test, vi } from 'vitest';
import { check } from '../../src/engine/check.js';
import type { Network } from '../../src/model/network.js';
import dieHardJugs from '../toys/die-hard-jugs.js';
import { diningPhilosophers } from '../toys/dining-philosophers.js';
import { type Entry, peterson } from '../toys/peterson.js';
import { twoPhaseCommit } from '../toys/two-phase-commit.js';
import { bruteForce, bruteForceMemo, type Count } from './brute-force.js';

vi.setConfig({ testTimeout: 60_000 });

async function explored<W>(network: Network<W>): Promise<Count> {
  const { states, transitions, depth } = (await check(network)).exploration;
  return { states, transitions, depth };
}

describe('two-phase commit', () => {
  test('3 managers: TLC generates 1,146 states, 288 distinct, depth 11 counted in states', async () => {
    const published = { states: 288, transitions: 1_146 - 1, depth: 11 - 1 };
    expect(await explored(twoPhaseCommit(3))).toEqual(published);
    expect(bruteForce(twoPhaseCommit(3))).toEqual(published);
  });

  test('5 managers: stateright pins 8,832', async () => {
    const counted = await explored(twoPhaseCommit(5));
    expect(counted.states).toBe(8_832);
    expect(bruteForceMemo(twoPhaseCommit(5))).toEqual(counted);
  });

  test('6 managers: the module TwoPhase names 50,816', async () => {
    expect((await explored(twoPhaseCommit(6))).states).toBe(50_816);
  });

  // What a manager and its message can be: while the coordinator is open, 4 (working; prepared;
  // prepared and counted; gave up); once it aborted, 2 more (aborted on its word, having been
  // prepared, counted or not; a working one that aborts looks as if it gave up); once it committed,
  // 2 (prepared and counted; committed).
  test.each([1, 2, 3, 4])('%i managers: 4^n + 6^n + 2^n, by hand', async (n) => {
    expect((await explored(twoPhaseCommit(n))).states).toBe(4 ** n + 6 ** n + 2 ** n);
  });
});

describe('die hard jugs', () => {
  test('TLC generates 97 states, 16 distinct, depth 8 counted in states', async () => {
    const published = { states: 16, transitions: 97 - 1, depth: 8 - 1 };
    expect(await explored(dieHardJugs)).toEqual(published);
    expect(bruteForce(dieHardJugs)).toEqual(published);
  });
});

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
  ])('%i philosophers, ordered %s: all and only what no two hands share', async (n, ordered) => {
    const counted = await explored(diningPhilosophers(n, ordered));
    expect(counted).toEqual(seating(n, ordered));
    expect(bruteForce(diningPhilosophers(n, ordered))).toEqual(counted);
  });

  /**
   * Philosopher i holds his first `hands[i]` forks. Counts every assignment in which no fork is in
   * two hands, and its moves: a next fork that is free, or putting both down. Nobody waits to
   * finish, so the farthest state is the one with the most forks taken up.
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

describe('peterson', () => {
  const entries: Entry[] = [
    ['raise flag', 'give turn'],
    ['give turn', 'raise flag'],
    ['raise flag'],
    ['give turn'],
  ];

  test.each(entries.map((entry) => [entry]))('%j: as counted by hand', async (entry) => {
    const counted = await explored(peterson(entry));
    expect(counted).toEqual(byHand(entry));
    expect(bruteForce(peterson(entry))).toEqual(counted);
  });

  /** An explorer that knows this algorithm only: program counters, flags and the turn in one array. */
  function byHand(entry: Entry): Count {
    type State = [pc0: number, pc1: number, flag0: number, flag1: number, turn: number];
    const moves = (s: State): State[] =>
      [0, 1].flatMap((i): State[] => {
        const other = 1 - i;
        const moved = (pc: number, what?: Entry[number] | 'lower flag'): State => {
          const next: State = [...s];
          next[i] = pc;
          if (what === 'raise flag') next[2 + i] = 1;
          if (what === 'lower flag') next[2 + i] = 0;
          if (what === 'give turn') next[4] = other;
          return next;
        };
        switch (s[i]) {
          case 0:
            return [moved(1, entry[0])];
          case 1:
            return [moved(2, entry[1])];
          case 2:
            return [s[2 + other] === 0, s[4] === i].filter(Boolean).map(() => moved(3));
          default:
            return [moved(0, 'lower flag')];
        }
      });
    const levels = new Map([['0,0,0,0,0', 0]]);
    let transitions = 0;
    for (const [text, level] of levels)
      for (const next of moves(text.split(',').map(Number) as State)) {
        transitions++;
        if (!levels.has(next.join())) levels.set(next.join(), level + 1);
      }
    return { states: levels.size, transitions, depth: Math.max(...levels.values()) };
  }
});
