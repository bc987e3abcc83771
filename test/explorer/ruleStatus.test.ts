import { describe, expect, test } from 'vitest';
import type { World } from '../../machines/world.js';
import type { Given } from '../../src/explorer/given.js';
import { breaksOf, ruleStatuses } from '../../src/explorer/ruleStatus.js';
import { Walk } from '../../src/explorer/walk.js';
import type { Network } from '../../src/model/network.js';
import { check } from '../../src/search/check.js';
import { networkIn } from './designs.js';

async function given(network: Network<World>): Promise<Given> {
  const { rules, exploration } = await check(network);
  return {
    version: '0',
    design: network.name,
    scope: network.scopeText!,
    verdicts: rules.map(({ rule, verdict, path, missed }) => ({
      rule: rule.id,
      verdict,
      ...(path && { calls: path }),
      ...(missed && { missed }),
      evidence: [],
    })),
    findings: [],
    walked: exploration,
  };
}

const REFUSED = 'records=1,ipmodify=1,refusing=1';

describe.each([
  ['linux-6.12', 'records=2,ipmodify=2,bpf=1,inuse=3'],
  ['linux-6.0', REFUSED],
  ['share-flag', REFUSED],
])('%s with %s', async (design, scope) => {
  const network = await networkIn(design, scope);
  const walk = new Walk(network);
  const all = await given(network);
  const stories = all.verdicts.flatMap(({ rule, calls }) =>
    calls === undefined ? [] : [[rule, calls] as const],
  );

  test.each(stories)('%s breaks at the last call of its story, and not before', (rule, calls) => {
    const steps = walk.stepsOf(calls);
    expect(steps).toHaveLength(calls.length);
    const of = (n: number) =>
      ruleStatuses(walk, steps.slice(0, n), all).find((standing) => standing.rule.id === rule)!;
    expect(of(calls.length)).toMatchObject({ here: 'broken', since: calls.length });
    for (let n = 0; n < calls.length; n++) {
      expect(of(n).here).not.toBe('broken');
      expect(of(n)).not.toHaveProperty('since');
    }
  });
});

test('after a state without a way back, no later state has one; a similar state is not marked', async () => {
  const network = await networkIn('linux-6.0', REFUSED);
  const walk = new Walk(network);
  const all = await given(network);
  const { calls } = all.verdicts.find(({ rule }) => rule === 'all-can-be-undone')!;
  const steps = walk.stepsOf(calls!);
  const next = walk.offers(steps.at(-1)!.after)[0]!;
  const of = (steps: readonly (typeof next)[], known: Given | undefined) =>
    ruleStatuses(walk, steps, known).find(({ rule }) => rule.id === 'all-can-be-undone');
  expect(of([...steps, next], all)).toMatchObject({ here: 'broken', since: calls!.length });
  expect(of([], all)).toMatchObject({ here: 'unsaid' });
  // Without a complete search, nothing is claimed.
  expect(of(steps, undefined)).toMatchObject({ here: 'unsaid' });
});

test('a step rule that was broken earlier is reported so, and holds again', async () => {
  const walk = new Walk(await networkIn('linux-6.12', 'small'));
  const number = (description: string) =>
    walk.network.stimuli.findIndex((s) => s.description === description);
  const calls = ['add X 1', 'register X records 1', 'add W 2'].map(number);
  const steps = walk.stepsOf(calls);
  expect(ruleStatuses(walk, steps, undefined)).toContainEqual(
    expect.objectContaining({
      rule: expect.objectContaining({ id: 'searches-only-when-direct' }),
      here: 'holds',
      since: 2,
    }),
  );
});

test('goals out of scope are not goals', async () => {
  const walk = new Walk(await networkIn('linux-6.12', REFUSED));
  const [goals] = ruleStatuses(walk, [], undefined).flatMap(({ goals }) => (goals ? [goals] : []));
  expect(goals!.map(({ description }) => description)).toEqual([
    'a direct ops alone on a record',
    'an IPMODIFY ops alone on a record',
  ]);
});

test('goals stay reached', async () => {
  const walk = new Walk(await networkIn('linux-6.12', 'small'));
  const number = (description: string) =>
    walk.network.stimuli.findIndex((s) => s.description === description);
  const calls = ['add X 1', 'register X records 1', 'unregister X records 1'].map(number);
  const goals = (n: number) =>
    ruleStatuses(walk, walk.stepsOf(calls.slice(0, n)), undefined)
      .find(({ rule }) => rule.id === 'combinations-are-possible')!
      .goals!.filter(({ reached }) => reached)
      .map(({ description }) => description);
  expect(goals(1)).toEqual([]);
  expect(goals(2)).toEqual(['an IPMODIFY ops alone on a record']);
  expect(goals(3)).toEqual(['an IPMODIFY ops alone on a record']);
});

test('a rule that stays broken is reported once', () => {
  const place = { state: new Int32Array(), over: false, reached: [] };
  const step = {
    stimulus: 0,
    call: 'x',
    sort: 'x',
    outcome: [],
    aside: [],
    broken: ['of calls'],
    after: { ...place, broken: ['of states', 'of calls'] },
  };
  expect(breaksOf(step, { broken: [] })).toEqual(['of calls', 'of states']);
  expect(breaksOf(step, { broken: ['of states'] })).toEqual(['of calls']);
});
