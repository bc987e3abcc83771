import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../../src/engine/check.js';
import { play } from '../../src/engine/story.js';
import type { Rule } from '../../src/model/network.js';
import { bruteForceMemo } from './brute-force.js';
import { type RandomWorld, randomNetworks } from './random-network.js';

const runs = { numRuns: 150 };

test('the explorer counts what brute force counts', async () => {
  await fc.assert(
    fc.asyncProperty(randomNetworks, async (network) => {
      const { states, transitions, depth } = (await check(network)).exploration;
      expect({ states, transitions, depth }).toEqual(bruteForceMemo(network));
    }),
    runs,
  );
}, 60_000);

test('a broken rule has a path as short as brute force finds, and the path leads there', async () => {
  await fc.assert(
    fc.asyncProperty(randomNetworks, fc.nat(2), fc.nat(2), async (network, state, count) => {
      const bad = `s${state}/${count}`;
      let nearest: number | undefined;
      bruteForceMemo(network, (world, depth) => {
        if (world.at(0) === bad) nearest ??= depth;
      });
      const never: Rule<RandomWorld> = {
        id: 'never',
        says: `c0 is never ${bad}`,
        source: 'chance',
        always: (world) => world.at(0) !== bad,
      };
      const { tables, rules } = await check({ ...network, rules: [never] });
      const [judged] = rules;
      expect(judged?.path?.length).toBe(nearest);
      expect(judged?.verdict).toBe(nearest === undefined ? 'holds' : 'broken');
      if (judged?.path === undefined || judged.path.length === 0) return;
      let last = '';
      for (const { after } of play(tables, judged.path)) last = after.at(0);
      expect(last).toBe(bad);
    }),
    runs,
  );
}, 60_000);
