import { describe, expect, test } from 'vitest';
import { assign } from 'xstate';
import type { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import { play } from '../../src/interpret/play.js';
import type { Network } from '../../src/model/network.js';
import { Orbits } from '../../src/reduce/orbits.js';
import { type Check, check } from '../../src/search/check.js';
import { bruteForce, bruteForceMemo, type Count } from '../networks/bruteForce.js';
import { blockingQueue, type Size } from './blocking-queue.js';
import dieHardJugs from './die-hard-jugs.js';
import { type Entry, peterson } from './peterson.js';
import { readersWriters } from './readers-writers.js';
import { ringElections } from './ring-election.js';
import { transactionCommit } from './transaction-commit.js';
import { twoPhaseCommit } from './two-phase-commit.js';

/**
 * The counts that TLC prints, converted to ours. TLC counts the first states (here always one) as generated, too; its
 * depth counts the states on the longest of the shortest paths, ours counts the calls between them.
 */
const tlc = (generated: number, distinct: number, depth: number): Count => ({
  states: distinct,
  transitions: generated - 1,
  depth: depth - 1,
});

const countOf = ({ exploration: { states, transitions, depth } }: Check): Count => ({
  states,
  transitions,
  depth,
});
const counted = async <W>(network: Network<W>): Promise<Count> => countOf(await check(network));
const states = async <W>(network: Network<W>) => (await counted(network)).states;
const verdicts = ({ rules }: Check) => rules.map(({ rule, verdict }) => `${rule.id} ${verdict}`);
const story = <W>({ compiled }: Check<W>, path: readonly number[]) =>
  Array.from(play(compiled, path), ({ stimulus }) => stimulus.description);
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

describe('transaction commit', () => {
  test('3 managers: 34 states, all of them consistent', async () => {
    const done = await check(transactionCommit(3));
    expect(countOf(done)).toEqual(tlc(94, 34, 7));
    expect(bruteForce(transactionCommit(3))).toEqual(tlc(94, 34, 7));
    expect(verdicts(done)).toEqual(['consistent holds']);
    expect(done.findings).toEqual([]);
  });
});

describe('two-phase commit', () => {
  test('3 managers: 288 states', async () => {
    expect(await counted(twoPhaseCommit(3))).toEqual(tlc(1_146, 288, 11));
    expect(bruteForce(twoPhaseCommit(3))).toEqual(tlc(1_146, 288, 11));
  });

  test('5 managers with symmetry: 314 orbits', async () => {
    const made = twoPhaseCommit(5);
    const { compiled, exploration } = await check(made);
    const orbits = new Orbits(compiled as CompiledSystem, made.symmetry!, ['managers']);
    expect(orbits.order).toBe(120);
    const sizes = new Map<string, number>();
    for (let n = 0; n < exploration.states; n++) {
      const state = exploration.visited.state(n);
      const size = orbits.canonicalRepresentative(state);
      sizes.set(state.join(), size);
    }
    // 4, 6 or 2 states for each manager, as in 4^n + 6^n + 2^n: multisets of them
    expect(sizes.size).toBe(56 + 252 + 6);
    expect(sum([...sizes.values()])).toBe(8_832);

    const reduced = await check(made, { reductions: 'on' });
    expect(countOf(reduced)).toMatchObject({ states: 8_832, transitions: exploration.transitions });
    expect(reduced.exploration.held).toBeLessThanOrEqual(314);
    expect(reduced.reductions.map(({ because }) => because)).toEqual([undefined, undefined]);
  });

  test('5 managers: 8,832 states, as in stateright', async () => {
    const found = await counted(twoPhaseCommit(5));
    expect(found.states).toBe(8_832);
    expect(bruteForceMemo(twoPhaseCommit(5))).toEqual(found);
  });

  test('6 managers: 50,816 states, as in the module TwoPhase', async () => {
    expect(await states(twoPhaseCommit(6))).toBe(50_816);
  });

  // The states of a manager and its message: while the coordinator is open, 4 (working; prepared; prepared and counted;
  // aborted by itself); after an abort, 2 more (aborted on its message, after being prepared, counted or not; a working
  // one that aborts equals one that aborted by itself); after a commit, 2 (prepared and counted; committed).
  test.each([1, 2, 3, 4])('%i managers: 4^n + 6^n + 2^n, by hand', async (n) => {
    expect(await states(twoPhaseCommit(n))).toBe(4 ** n + 6 ** n + 2 ** n);
  });

  test('is consistent, and its broken twin is not', async () => {
    expect(verdicts(await check(twoPhaseCommit(3)))).toEqual([
      'consistent holds',
      'both-ways holds',
    ]);
    const hasty = await check(twoPhaseCommit(3, 2));
    expect(verdicts(hasty)).toEqual(['consistent broken', 'both-ways holds']);
    // Two prepare, two are counted, it commits, one receives that; the third aborts: at least 7.
    expect(hasty.rules[0]!.path).toHaveLength(7);
  });
});

describe('die hard jugs', () => {
  test('16 states', async () => {
    expect(await counted(dieHardJugs)).toEqual(tlc(97, 16, 8));
    expect(bruteForce(dieHardJugs)).toEqual(tlc(97, 16, 8));
  });

  test('reach four gallons in six steps, as in the film', async () => {
    const done = await check(dieHardJugs);
    expect(verdicts(done)).toEqual(['never-four broken', 'one-at-a-brim holds']);
    expect(story(done, done.rules[0]!.path!)).toEqual([
      'fill big',
      'pour big',
      'empty small',
      'pour big',
      'fill big',
      'pour big',
    ]);
  });
});

describe('peterson', () => {
  const right: Entry = ['raise flag', 'give turn'];
  const twins: Entry[] = [['give turn', 'raise flag'], ['raise flag'], ['give turn']];

  test('42 states', async () => {
    expect(await counted(peterson(right))).toEqual(tlc(77, 42, 11));
    expect(byHand(right)).toEqual(tlc(77, 42, 11));
  });

  test.each([right, ...twins].map((entry) => [entry]))('%j: as counted by hand', async (entry) => {
    const found = await counted(peterson(entry));
    expect(found).toEqual(byHand(entry));
    expect(bruteForce(peterson(entry))).toEqual(found);
  });

  test('needs flag and turn, in this order', async () => {
    const done = await check(peterson(right));
    expect(verdicts(done)).toEqual(['alone holds', 'both-may-enter holds']);
    expect(done.findings).toEqual([]);
    for (const twin of twins)
      expect(verdicts(await check(peterson(twin)))).toEqual([
        'alone broken',
        'both-may-enter holds',
      ]);
    // Each must arrive, take two steps, and enter.
    const swapped = await check(peterson(['give turn', 'raise flag']));
    expect(swapped.rules[0]!.path).toHaveLength(8);
  });

  /** An explorer for this algorithm only: program counters, flags and the turn in one array. */
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
          case 1:
            return [moved(2, entry[0])];
          case 2:
            return [moved(3, entry[1])];
          case 3:
            return [s[2 + other] === 0, s[4] === i].filter(Boolean).map(() => moved(4));
          case 5:
            return [moved(0, 'lower flag')];
          default:
            return [moved(s[i]! + 1)];
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

describe('readers and writers', () => {
  test('3 actors: 21,527 states, all of them safe', async () => {
    const done = await check(readersWriters(3));
    expect(countOf(done)).toEqual(tlc(59_674, 21_527, 13));
    expect(bruteForceMemo(readersWriters(3))).toEqual(tlc(59_674, 21_527, 13));
    expect(verdicts(done)).toEqual(['safety holds', 'all-at-once holds']);
    expect(done.findings).toEqual([]);
  });

  test('a writer that enters among readers is not safe', async () => {
    const done = await check(readersWriters(2, true));
    expect(verdicts(done)).toEqual(['safety broken', 'all-at-once holds']);
    expect(done.rules[0]!.path).toHaveLength(4);
  });
});

describe('ring election', () => {
  test('3 nodes, every choice of initiators: 137 states in total', async () => {
    const all = await Promise.all(ringElections(3).map(counted));
    expect(all).toHaveLength(8);
    expect(sum(all.map(({ states }) => states))).toBe(137);
    expect(sum(all.map(({ transitions }) => transitions))).toBe(227 - 8);
    expect(Math.max(...all.map(({ depth }) => depth))).toBe(10 - 1);
    expect(ringElections(3).map((network) => bruteForce(network))).toEqual(all);
  });

  test('the least candidate wins, and every path ends in quiescence', async () => {
    for (const network of ringElections(4)) {
      const done = await check(network);
      expect(verdicts(done)).toEqual(['least-wins holds', 'one-wins holds']);
      expect(done.findings).toEqual([]);
    }
  });

  test.each([
    ['lose', ['least-wins broken', 'one-wins holds']],
    ['win', ['least-wins holds', 'one-wins broken']],
  ])('nodes that do not %s', async (action, expected) => {
    const network = ringElections(3).at(-1)!;
    const components = network.components.map((component) => ({
      ...component,
      machine: component.machine.provide({ actions: { [action]: assign({}) } }),
    }));
    expect(verdicts(await check({ ...network, components }))).toEqual(expected);
  });
});

describe('blocking queue', () => {
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
  const sizes: Size[] = upTo(4).flatMap((producers) =>
    upTo(3).flatMap((consumers) => upTo(3).map((capacity) => ({ producers, consumers, capacity }))),
  );

  test('1 producer, 2 consumers, a buffer for 1: the deadlock of the README, call by call', async () => {
    const done = await check(blockingQueue({ producers: 1, consumers: 2, capacity: 1 }));
    expect(verdicts(done)).toEqual(['some-run broken']);
    expect(done.findings).toMatchObject([{ kind: 'deadlock', path: done.rules[0]!.path }]);
    expect(story(done, done.rules[0]!.path!)).toEqual([
      'c1 waits',
      'c2 waits',
      'p1 puts and wakes c1',
      'p1 waits',
      'c1 gets and wakes c2',
      'c1 waits',
      'c2 waits',
    ]);
  });

  // R/TraceLength.csv gives lengths in calls; animation/ has one of the last size in 46 frames.
  test.each([
    [1, 2, 1, 7],
    [2, 1, 1, 8],
    [2, 2, 1, 8],
    [3, 1, 1, 9],
    [1, 4, 2, 13],
    [2, 3, 2, 21],
    [3, 2, 2, 23],
    [4, 1, 2, 15],
    [4, 3, 3, 46],
  ])(
    '%i producers, %i consumers, a buffer for %i: deadlock after %i calls',
    async (producers, consumers, capacity, calls) => {
      const { findings } = await check(blockingQueue({ producers, consumers, capacity }));
      expect(findings.map(({ kind, path }) => [kind, path.length])).toEqual([['deadlock', calls]]);
    },
  );

  test('all sizes: 57,254 states, and a deadlock where 2 * capacity < producers + consumers', async () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
    let all = 0;
    for (const size of sizes) {
      const { exploration, findings } = await check(blockingQueue(size));
      const { producers, consumers, capacity } = size;
      // TLC starts from every choice of threads, which never changes.
      all += choose(4, producers) * choose(3, consumers) * exploration.states;
      const locks = 2 * capacity < producers + consumers;
      expect(findings.map(({ kind }) => kind)).toEqual(locks ? ['deadlock'] : []);
    }
    expect(all).toBe(57_254);
  });

  test('fixed: 1,600 states, and no deadlock in any size', async () => {
    const fixed = blockingQueue({ producers: 4, consumers: 3, capacity: 3 }, true);
    const { states, transitions } = bruteForceMemo(fixed);
    expect({ states, transitions }).toEqual({ states: 1_600, transitions: 12_313 - 1 });
    expect(await counted(fixed)).toMatchObject({ states, transitions });
    for (const size of sizes) {
      const done = await check(blockingQueue(size, true));
      expect([...verdicts(done), ...done.findings]).toEqual(['some-run holds']);
    }
  });
});
