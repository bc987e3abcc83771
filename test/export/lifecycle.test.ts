import { describe, expect, test } from 'vitest';
import { networkOf } from '../../machines/design.js';
import { lifeOf, stageOf } from '../../machines/lifecycle.js';
import { parseScope } from '../../machines/scopes.js';
import type { World } from '../../machines/world.js';
import { designNamed } from '../../src/cli/shared/registry.js';
import type { Chart } from '../../src/export/chart.js';
import { lifecycle } from '../../src/export/lifecycle.js';
import type { Rule } from '../../src/model/network.js';
import { check } from '../../src/search/check.js';

const SLOW = { timeout: 600_000 };

async function lifeIn(design: string, scope: string): Promise<Chart> {
  const network = networkOf(await designNamed(design), parseScope(scope), []);
  return lifecycle(await check(network, { keepTransitions: true }), lifeOf(network.name), []);
}

const labels = ({ arrows }: Chart, from: string, to: string) =>
  arrows.find((arrow) => arrow.from === from && arrow.to === to)?.labels ?? [];
const inside = ({ states }: Chart, name: string) =>
  states.find((state) => state.name === name)?.inside ?? [];

describe.each([
  ['exclusive', 'default'],
  ['linux-6.12', 'default'],
  ['proposal', 'misuse'],
  ['linux-7.0', 'records=2,ipmodify=1,bpf=1'],
])('%s in scope %s', SLOW, (design, scope) => {
  test('has exactly the arrows that some call gives some record', async () => {
    const seen = new Set<string>();
    // A rule that nothing breaks is evaluated on every transition.
    const watching: Rule<World> = {
      id: 'watching',
      description: 'it sees every transition',
      source: 'this test',
      step: ({ before, after }) => {
        for (const [i, record] of before.records.entries())
          seen.add(`${stageOf(record, before)} -> ${stageOf(after.records[i]!, after)}`);
        return true;
      },
    };
    await check(networkOf(await designNamed(design), parseScope(scope), [watching]));
    const life = await lifeIn(design, scope);
    const arrows = life.arrows.map(({ from, to }) => `${from} -> ${to}`);
    const stays = life.states.map(({ name }) => `${name} -> ${name}`);
    expect([...seen].filter((way) => !stays.includes(way)).sort()).toEqual(arrows.sort());
    expect(life.states[0]!.name).toBe('free');
  });
});

test('before 6.0 a direct ops has IPMODIFY too, and shares with none', SLOW, async () => {
  const { states, arrows } = await lifeIn('exclusive', 'default');
  expect(states.map(({ name }) => name).sort()).toEqual(['direct+ipmodify', 'free', 'ipmodify']);
  for (const { from, to } of arrows) expect([from, to]).toContain('free');
});

test(
  'linux-6.12 asks the owner of a direct ops that joins, and not when a live filter grows',
  SLOW,
  async () => {
    const life = await lifeIn('linux-6.12', 'default');
    expect(labels(life, 'ipmodify', 'direct+ipmodify')).toEqual(['register direct: SELF 0']);
    expect(labels(life, 'direct', 'direct+ipmodify')).toEqual([
      'add ipmodify',
      'register ipmodify: PEER 0',
    ]);
    expect(inside(life, 'direct+ipmodify')).toContain('register ipmodify: -EBUSY, PEER 0');
    expect(inside(life, 'free')).not.toContain('add direct');
  },
);

test('the mail asks no owner when a direct ops joins', SLOW, async () => {
  const life = await lifeIn('proposal', 'default');
  expect(labels(life, 'ipmodify', 'direct+ipmodify')).toEqual(['register direct']);
});

test.each([
  ['ftrace is dead', 'records=2,willing=2,edits=1'],
  ['func is NULL', 'records=1,willing=1,misuse=1'],
])('a lifecycle may end: %s', SLOW, async (end, scope) => {
  const life = await lifeIn('linux-6.12', scope);
  expect(life.arrows.map(({ to }) => to)).toContain(end);
  expect(life.arrows.map(({ from }) => from)).not.toContain(end);
  expect(inside(life, end)).toEqual([]);
});
