import fc from 'fast-check';
import { expect, test } from 'vitest';
import { criterion as simple } from '../../../src/coverage/criteria/simple.js';
import type { Check } from '../../../src/search/check.js';
import { diningPhilosophers } from '../../toys/dining-philosophers.js';
import { groundOf, networks, planned, searched } from './planned.js';

/** Every path that visits no state twice, prefixes included, directly by the definition. */
function loopless({ successors }: Check, longest: number): string[] {
  const graph = successors!;
  const go = (path: readonly number[], states: readonly number[]): string[] => {
    const on: string[] = [];
    const state = states.at(-1)!;
    for (let entry = graph.rowStart(state); entry < graph.rowStart(state + 1); entry++)
      if (path.length < longest && !states.includes(graph.to(entry)))
        on.push(...go([...path, entry], [...states, graph.to(entry)]));
    return [path.join(), ...on];
  };
  return go([], [0]);
}

test('any small network: every simple path is one of the paths or a prefix of one, and no path occurs twice', async () => {
  await fc.assert(
    fc.asyncProperty(networks, fc.integer({ min: 1, max: 5 }), async (network, longest) => {
      const { check, paths, plan, taken } = await planned(simple, network, { longest });
      const beginnings = paths.flatMap(({ steps }) =>
        steps.map((_, i) => steps.slice(0, i + 1).join()),
      );
      expect(new Set(['', ...beginnings])).toEqual(new Set(loopless(check, longest)));
      const whole = paths.map(({ steps }) => steps.join());
      expect(new Set(whole).size).toBe(whole.length);
      for (const path of whole)
        expect(beginnings.filter((other) => other === path)).toHaveLength(1);
      expect(plan.of).toBe(paths.length);
      expect(taken.size).toBe(paths.length);
    }),
    { numRuns: 60 },
  );
}, 600_000);

test('a repeated path, a path with a loop and a prefix are not counted', async () => {
  const { check, plan, paths } = await planned(simple, diningPhilosophers(2), { longest: 4 });
  expect(plan.of).toBeGreaterThan(1);
  const again = await simple.plan(groundOf(check, { longest: 4 }));
  if ('because' in again) throw new Error(again.because);
  const [first, second] = paths.map(({ steps }) => steps);
  expect([...again.covers(first!)]).toEqual([0]);
  expect([...again.covers(first!)]).toEqual([]);
  expect([...again.covers(first!.slice(0, -1))]).toEqual([]);
  expect([...again.covers([...first!, ...first!])]).toEqual([]);
  expect([...again.covers(second!)]).toEqual([1]);
});

test('given paths are counted and not written again', async () => {
  const network = diningPhilosophers(2);
  const { paths } = await planned(simple, network, { longest: 4 });
  const given = [paths[2]!.steps, paths[0]!.steps];
  const rest = await planned(simple, network, { longest: 4, given });
  expect(rest.paths).toEqual(paths.filter(({ steps }) => !given.includes(steps)));
  expect(rest.taken.size).toBe(rest.plan.of);
});

test('too many paths are counted, and none is written', async () => {
  const check = await searched(simple, diningPhilosophers(2));
  const { plan } = await planned(simple, diningPhilosophers(2), { longest: 4 });
  const few = await simple.plan(groundOf(check, { longest: 4, atMost: plan.of - 1 }));
  expect(few).toEqual({
    because: `there are ${plan.of} paths without a loop, and --at-most is ${plan.of - 1}`,
  });
  expect(await simple.plan(groundOf(check, { longest: 4, atMost: plan.of }))).toMatchObject({
    of: plan.of,
  });
});

test('for very many paths, reports that there are more than it counted', async () => {
  const check = await searched(simple, diningPhilosophers(5));
  expect(await simple.plan(groundOf(check))).toEqual({
    because: 'there are more than 1,000,000 paths without a loop, and --at-most is 10,000',
  });
}, 600_000);
