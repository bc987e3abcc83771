import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { networkOf } from '../../../machines/design.js';
import { design as linux612 } from '../../../machines/designs/linux-6.12.js';
import { parseScope } from '../../../machines/scopes.js';
import { criterion as guards } from '../../../src/coverage/criteria/guards.js';
import { criterion as pairs } from '../../../src/coverage/criteria/pairs.js';
import { criterion as random } from '../../../src/coverage/criteria/random.js';
import { criterion as rules } from '../../../src/coverage/criteria/rules.js';
import { criterion as states } from '../../../src/coverage/criteria/states.js';
import { criterion as transitions } from '../../../src/coverage/criteria/transitions.js';
import type { Criterion } from '../../../src/coverage/criterion.js';
import type { Network } from '../../../src/model/network.js';
import { diningPhilosophers } from '../../toys/dining-philosophers.js';
import { type Done, groundOf, networks, planned, searched, stepsOf } from './planned.js';

const SLOW = { timeout: 600_000 };

/** The goals that paths cover, each as text, computed without the plan. */
type Count = (path: readonly number[], to: (entry: number) => number) => readonly string[];

type Counted = readonly [name: string, criterion: Criterion, count: Count];
const counts: readonly [Counted, Counted, Counted] = [
  ['states', states, (path, to) => path.flatMap((entry) => to(entry) || []).map(String)],
  ['transitions', transitions, (path) => path.map(String)],
  ['pairs', pairs, (path) => path.slice(1).map((entry, i) => `${path[i]} ${entry}`)],
];

/** The same without memory for a plan of the fewest steps. */
const frugal = (criterion: Criterion): Criterion => ({
  ...criterion,
  plan: (ground) => {
    let isFirst = true;
    const mayHold = () => {
      const may = !isFirst;
      isFirst = false;
      return may;
    };
    return criterion.plan({ ...ground, mayHold });
  },
});
const [, [, , ofTransitions], [, , ofPairs]] = counts;
const frugally: readonly Counted[] = [
  ['transitions', frugal(transitions), ofTransitions],
  ['pairs', frugal(pairs), ofPairs],
];

const passed = ({ check, paths }: Pick<Done, 'check' | 'paths'>, count: Count): Set<string> =>
  new Set(paths.flatMap(({ steps }) => count(steps, (entry) => check.successors!.to(entry))));

/** The goals that any walk of two steps covers. */
function all({ check }: Done, count: Count): Set<string> {
  const graph = check.successors!;
  const walks: number[][] = [[]];
  for (let one = 0; one < graph.size; one++) {
    walks.push([one]);
    const state = graph.to(one);
    for (let other = graph.rowStart(state); other < graph.rowStart(state + 1); other++)
      walks.push([one, other]);
  }
  return passed({ check, paths: walks.map((steps) => ({ steps })) }, count);
}

/** How many transitions are in none of these pairs. */
function alone({ check }: Done, wanted: ReadonlySet<string>): number {
  const inPairs = new Set([...wanted].flatMap((pair) => pair.split(' ')));
  return check.successors!.size - inPairs.size;
}

describe.each(counts)('%s', (_name, criterion, count) => {
  test('covers all goals of any small network, with correct counts', SLOW, async () => {
    await fc.assert(
      fc.asyncProperty(networks, fc.constantFrom(60, 200), async (network, longest) => {
        const done = await planned(criterion, network, { longest });
        const wanted = all(done, count);
        expect(passed(done, count)).toEqual(wanted);
        expect(done.taken.size).toBe(done.plan.of);
        expect(done.plan.of).toBe(wanted.size + (criterion === pairs ? alone(done, wanted) : 0));
        expect(done.plan.lowerBound).toBeLessThanOrEqual(stepsOf(done));
      }),
      { numRuns: 60 },
    );
  });

  test(
    'covers the goals that given paths leave open, and adds no path if none is open',
    SLOW,
    async () => {
      const network = diningPhilosophers(3);
      const whole = await planned(criterion, network);
      const given = whole.paths.map(({ steps }) => steps);
      const none = await planned(criterion, network, { given });
      expect(none.paths).toEqual([]);
      expect(none.plan.lowerBound).toBe(0);
      expect(none.taken.size).toBe(none.plan.of);
      const part = [given[0]!.slice(0, 7)];
      const rest = await planned(criterion, network, { given: part });
      expect(rest.taken.size).toBe(rest.plan.of);
      expect(rest.plan.lowerBound).toBeLessThan(whole.plan.lowerBound!);
      expect(passed({ ...rest, paths: [...rest.paths, { steps: part[0]! }] }, count)).toEqual(
        all(rest, count),
      );
    },
  );

  test(
    'covers the goals within reach of short paths; the bound is for these only',
    SLOW,
    async () => {
      const network = diningPhilosophers(4);
      const done = await planned(criterion, network, { longest: 2 });
      const graph = done.check.successors!;
      // All walks of at most two steps.
      const walks: number[][] = [[]];
      for (let one = graph.rowStart(0); one < graph.rowStart(1); one++) {
        const state = graph.to(one);
        walks.push([one]);
        for (let other = graph.rowStart(state); other < graph.rowStart(state + 1); other++)
          walks.push([one, other]);
      }
      const near = passed({ ...done, paths: walks.map((steps) => ({ steps })) }, count);
      expect(passed(done, count)).toEqual(near);
      expect(done.taken.size).toBe(near.size);
      expect(done.taken.size).toBeLessThan(done.plan.of);
      expect(done.plan.lowerBound).toBeLessThanOrEqual(stepsOf(done));
      if (criterion === states) expect(done.plan.lowerBound).toBe(near.size);
    },
  );
});

describe.each(frugally)(
  '%s without memory for a plan of the fewest steps',
  (name, criterion, count) => {
    test('of any small network are all taken, with correct counts', SLOW, async () => {
      await fc.assert(
        fc.asyncProperty(networks, fc.constantFrom(60, 200), async (network, longest) => {
          const done = await planned(criterion, network, { longest });
          const wanted = all(done, count);
          expect(passed(done, count)).toEqual(wanted);
          expect(done.taken.size).toBe(done.plan.of);
          expect(done.plan.of).toBe(wanted.size + (name === 'pairs' ? alone(done, wanted) : 0));
          expect(done.plan.lowerBound).toBeUndefined();
          expect(done.plan.note).toContain(
            'do not fit into --memory for a plan of the fewest steps',
          );
          const fewest = await planned(name === 'pairs' ? pairs : transitions, network, {
            longest,
          });
          expect(stepsOf(done)).toBeGreaterThanOrEqual(fewest.plan.lowerBound!);
        }),
        { numRuns: 60 },
      );
    });

    test('covers the goals that given paths leave open', SLOW, async () => {
      const network = diningPhilosophers(3);
      const given = (await planned(criterion, network)).paths.map(({ steps }) => steps);
      const none = await planned(criterion, network, { given });
      expect(none.paths).toEqual([]);
      expect(none.taken.size).toBe(none.plan.of);
      const rest = await planned(criterion, network, { given: given.slice(1) });
      expect(rest.taken.size).toBe(rest.plan.of);
      expect(stepsOf(rest)).toBeLessThan(given.flat().length);
    });

    test('covers the goals within reach of short paths', SLOW, async () => {
      const options = { longest: 3 };
      const done = await planned(criterion, diningPhilosophers(4), options);
      const exact = await planned(
        name === 'pairs' ? pairs : transitions,
        diningPhilosophers(4),
        options,
      );
      expect(done.taken).toEqual(exact.taken);
      expect(done.taken.size).toBeLessThan(done.plan.of);
    });

    test('needs few more steps', SLOW, async () => {
      const network = networkOf(linux612, parseScope('small'), []) as Network;
      const exact = await planned(name === 'pairs' ? pairs : transitions, network);
      expect(stepsOf(await planned(criterion, network))).toBeLessThan(1.5 * stepsOf(exact));
    });
  },
);

test('without any memory, reports the number of goals', async () => {
  const mayHold = () => false;
  const because = async (criterion: Criterion) => {
    const check = await searched(criterion, diningPhilosophers(3));
    const plan = await criterion.plan(groundOf(check, { mayHold }));
    return 'because' in plan ? plan.because : plan;
  };
  // 14 states, the third of the companion Pell numbers
  expect(await because(states)).toBe(
    'stopped (memory): 13 states besides the first to take, none taken',
  );
  const transitionsOf = (await planned(transitions, diningPhilosophers(3))).plan.of;
  const pairsOf = (await planned(pairs, diningPhilosophers(3))).plan.of;
  expect(await because(transitions)).toBe(
    `stopped (memory): ${transitionsOf} transitions to take, none taken`,
  );
  expect(await because(pairs)).toBe(
    `stopped (memory): ${pairsOf} pairs of transitions to take, none taken`,
  );
  const unobservable = 'stopped (memory): not every transition was scanned';
  expect([await because(guards), await because(rules)]).toEqual([unobservable, unobservable]);
  expect(await because(random)).toBe(
    `stopped (memory): ${transitionsOf} transitions to take, none taken`,
  );
});

test('an interrupt during the scan of the calls gives no plan', async () => {
  const signal = AbortSignal.abort();
  for (const criterion of [guards, rules]) {
    const check = await searched(criterion, diningPhilosophers(4));
    expect(await criterion.plan(groundOf(check, { signal }))).toEqual({
      because: 'stopped (interrupted)',
    });
  }
});

test('covers the transitions of philosophers in the minimum number of steps, if paths may be long', async () => {
  const done = await planned(transitions, diningPhilosophers(4), { longest: 10_000 });
  expect(stepsOf(done)).toBe(done.plan.lowerBound);
});

test(
  'linux-6.12 in the default scope: at most 1.05 times the bound, which equals that of HiGHS',
  SLOW,
  async () => {
    const network = networkOf(linux612, parseScope('default'), []);
    const done = await planned(transitions, network as Network);
    // Linear programming by HiGHS 1.15: 11,532 steps in addition to the 26,252 transitions.
    expect(done.plan).toMatchObject({ of: 26_252, lowerBound: 37_784 });
    expect(done.taken.size).toBe(26_252);
    expect(stepsOf(done)).toBeLessThanOrEqual(1.05 * 37_784);
  },
);

test('a transition in no pair is covered, too', async () => {
  const network = diningPhilosophers(2);
  // Only the first call of a philosopher, after which no call is enabled.
  const once = { ...network, stimuli: [network.stimuli[0]!] };
  expect((await searched(pairs, once)).successors!.size).toBe(1);
  const done = await planned(pairs, once);
  expect(done.paths).toEqual([{ steps: [0] }]);
  expect(done.plan.of).toBe(1);
  expect(done.taken.size).toBe(1);
});

test('an interrupt leaves no paths and no bound', async () => {
  const signal = AbortSignal.abort();
  for (const criterion of [transitions, pairs]) {
    const { paths, plan } = await planned(criterion, diningPhilosophers(3), { signal });
    expect({ paths, bound: plan.lowerBound }).toEqual({ paths: [], bound: undefined });
  }
});
