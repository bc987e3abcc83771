import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diff } from '../../src/diff/diff.js';
import type { Message, Network } from '../../src/model/network.js';
import { runs } from '../effort.js';
import { randomNetworks } from '../networks/randomNetwork.js';
import { shortestUnlike } from './agree.js';
import { shortestOfOne, traces } from './traces.js';

const LONGEST = 4;
const tries = runs(60, 400);

/** How much of the emitted messages the outcome shows; with less, a difference shows later. */
const sights = fc.constantFrom(
  (emitted: readonly Message[]) => emitted.map(({ type }) => type),
  (emitted: readonly Message[]) => [String(emitted.length)],
  () => ['done'],
);

/** Two networks that differ in one machine, or in their stimuli. */
const alike: fc.Arbitrary<readonly [Network, Network]> = fc
  .tuple(randomNetworks, randomNetworks, sights, fc.boolean())
  .filter(([one, other]) => other.components.length <= one.components.length)
  .map(([one, other, outcome, swap]) => {
    const network = { ...one, outcome } as Network;
    const twin = swap
      ? { ...network, components: [other.components[0]!, ...network.components.slice(1)] }
      : { ...network, stimuli: network.stimuli.slice(1) };
    return [network, twin];
  });

test('the shortest story is as short as the shortest trace of only one of them', async () => {
  const lengths: (number | undefined)[] = [];
  await fc.assert(
    fc.asyncProperty(alike, async ([a, b]) => {
      const shortest = shortestOfOne(traces(a, LONGEST), traces(b, LONGEST));
      lengths.push(shortest);
      const { complete, differences } = await diff(a, b);
      expect(complete).toBe(true);
      const found = differences.map(({ path }) => path.length + 1);
      expect(found).toEqual(found.toSorted((x, y) => x - y));
      if (shortest === undefined) expect(found[0] ?? LONGEST + 1).toBeGreaterThan(LONGEST);
      else expect(found[0]).toBe(shortest);
    }),
    tries,
  );
  // The test proves nothing if all are the same, or all differ at once.
  for (const length of [undefined, 1, 2]) expect(lengths).toContain(length);
}, 600_000);

test('the sides can be swapped', async () => {
  const swapped = (sort: string) => sort.replace(/: (.*) \/ (.*)$/, ': $2 / $1');
  await fc.assert(
    fc.asyncProperty(alike, async ([a, b]) => {
      const [there, back] = [await diff(a, b), await diff(b, a)];
      expect([back.states, back.transitions, back.depth]).toEqual([
        there.states,
        there.transitions,
        there.depth,
      ]);
      const named = (differences: typeof there.differences, name: (sort: string) => string) =>
        differences
          .map(
            ({ divergenceClass, count, path }) =>
              `${name(divergenceClass)} ${count} ${path.length}`,
          )
          .sort();
      expect(named(back.differences, swapped)).toEqual(named(there.differences, (sort) => sort));
    }),
    tries,
  );
}, 600_000);

test('a network equals itself', async () => {
  await fc.assert(
    fc.asyncProperty(randomNetworks, async (network) => {
      expect(await diff(network, network)).toMatchObject({ complete: true, differences: [] });
    }),
    tries,
  );
}, 600_000);

/** The first two stimuli of the first machine are one call with an open choice. */
const oneCallOfTwo = (network: Network): Network => {
  const two = network.stimuli.filter(({ to }) => to === 'c0').slice(0, 2);
  return {
    ...network,
    stimuli: network.stimuli.map((s) => (two.includes(s) ? { ...s, call: 'ask' } : s)),
  };
};

test('open choices are paired as documented', async () => {
  const lengths: (number | undefined)[] = [];
  await fc.assert(
    fc.asyncProperty(alike, async (networks) => {
      const [a, b] = [oneCallOfTwo(networks[0]), oneCallOfTwo(networks[1])];
      const shortest = shortestUnlike(a, b, 3);
      lengths.push(shortest);
      const { differences } = await diff(a, b);
      const found = differences.map(({ path }) => path.length + 1);
      if (shortest === undefined) expect(found[0] ?? 4).toBeGreaterThan(3);
      else expect(found[0]).toBe(shortest);
    }),
    tries,
  );
  for (const length of [undefined, 1, 2]) expect(lengths).toContain(length);
}, 600_000);
