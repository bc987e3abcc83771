import { expect, test } from 'vitest';
import { criterion as random } from '../../../src/coverage/criteria/random.js';
import { diningPhilosophers } from '../../toys/dining-philosophers.js';
import { planned } from './planned.js';

const network = diningPhilosophers(4);

test('equal seeds give equal paths, other seeds others', async () => {
  const of = async (seed: number) => (await planned(random, network, { seed, paths: 20 })).paths;
  expect(await of(7)).toEqual(await of(7));
  expect(await of(7)).not.toEqual(await of(8));
});

test('makes the requested number of paths, each of maximum length unless it ends in a state without calls', async () => {
  const { check, paths } = await planned(random, network, { paths: 50, longest: 30 });
  expect(paths).toHaveLength(50);
  const graph = check.successors!;
  for (const { steps } of paths) {
    const end = graph.to(steps.at(-1)!);
    expect(steps.length === 30 || graph.rowStart(end) === graph.rowStart(end + 1)).toBe(true);
  }
});

test('the transitions of the first state are about equally likely', async () => {
  const { paths } = await planned(random, network, { paths: 4_000, longest: 1 });
  const counts = [0, 0, 0, 0];
  for (const { steps } of paths) counts[steps[0]!]!++;
  // 1,000 each. In a fair draw, one of four is off by more than 120 for one seed in 20,000; this seed is fixed.
  for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(120);
});

test('coverage is counted in transitions', async () => {
  const { check, paths, plan, taken } = await planned(random, network, { paths: 3, longest: 5 });
  expect(plan.of).toBe(check.successors!.size);
  expect(taken).toEqual(new Set(paths.flatMap(({ steps }) => steps)));
});
