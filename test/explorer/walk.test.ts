import { describe, expect, test } from 'vitest';
import { emit, setup } from 'xstate';
import type { Place } from '../../src/explorer/explored.js';
import { Walk } from '../../src/explorer/walk.js';
import { check } from '../../src/search/check.js';
import { bruteForceMemo } from '../networks/bruteForce.js';
import { lone } from '../networks/lone.js';
import { echoes } from '../toys/echoes.js';
import { networkIn } from './designs.js';

/** Visits every state without the optimizations of the search. */
function everywhere<W>(walk: Walk<W>) {
  const known = new Map<string, Place>([[walk.first.state.join(), walk.first]]);
  const broken = new Set(walk.first.broken);
  const reached = new Set(walk.first.reached);
  let calls = 0;
  for (const place of known.values())
    for (const { after, broken: byCall } of walk.offers(place)) {
      calls++;
      known.set(after.state.join(), known.get(after.state.join()) ?? after);
      for (const id of [...byCall, ...after.broken]) broken.add(id);
      for (const goal of after.reached) reached.add(goal);
    }
  return { states: known.size, calls, broken, reached };
}

describe.each([
  ['linux-6.0', 'records=1,ipmodify=1,refusing=1'],
  ['linux-6.12', 'records=1,ipmodify=1,bpf=1'],
  ['exclusive', 'records=2,ipmodify=1,bpf=1'],
])('%s with %s', (design, scope) => {
  test('enables the same calls and breaks the same rules as the check', async () => {
    const network = await networkIn(design, scope);
    const { states, calls, broken, reached } = everywhere(new Walk(network));
    const known = bruteForceMemo(network);
    expect([states, calls]).toEqual([known.states, known.transitions]);
    const { rules } = await check(network);
    expect(rules.some(({ verdict }) => verdict === 'broken')).toBe(true);
    for (const { rule, verdict, missed = [], outOfScope = [] } of rules) {
      if (rule.always ?? rule.step)
        expect([rule.id, broken.has(rule.id)]).toEqual([rule.id, verdict === 'broken']);
      for (const { description } of rule.possible ?? [])
        expect([description, reached.has(description)]).toEqual([
          description,
          ![...missed, ...outOfScope].includes(description),
        ]);
    }
  });
});

test('plays a story up to the call that is disabled', async () => {
  const walk = new Walk(await networkIn('linux-6.12', 'small'));
  const number = (description: string) =>
    walk.network.stimuli.findIndex((s) => s.description === description);
  const calls = ['add X 1', 'register X records 1', 'register X records 1', 'remove X 1'];
  const steps = walk.stepsOf(calls.map(number));
  expect(steps.map(({ call, outcome }) => [call, ...outcome])).toEqual([
    ['add X 1', '0', '1: (0) ... - ran -', '2: (0) ... - ran -'],
    ['register X records 1', '0', '1: (1) RI. - ran X', '2: (0) ... - ran -'],
  ]);
  expect(steps[1]!.aside).toEqual(['looks for a direct ops on 1, 0 ops on the list']);
  expect(walk.stepsOf([12345])).toEqual([]);
});

test('the world of a place is that of its state, however many calls follow', async () => {
  const walk = new Walk(await networkIn('linux-6.12', 'small'));
  const number = (description: string) =>
    walk.network.stimuli.findIndex((s) => s.description === description);
  const [idle, live] = walk.stepsOf(['add X 1', 'register X records 1'].map(number));
  walk.offers(live!.after);
  expect(walk.world(live!.after).record(1).state).toBe('ipmodify');
  expect(walk.world(idle!.after).record(1).state).toBe('free');
});

test('a livelock and an unhandled event end the story and are reported', () => {
  const babbling = new Walk(echoes);
  const [ping] = babbling.offers(babbling.first);
  expect(ping).toMatchObject({ fault: 'never reaches quiescence', after: { over: true } });
  expect(babbling.offers(ping!.after)).toEqual([]);

  const psst = emit({ type: 'psst', to: 'receiver' });
  const sender = setup({}).createMachine({ on: { go: { actions: psst } } });
  const receiver = setup({}).createMachine({});
  const network = new Walk<undefined>({
    name: 'one-way',
    description: 'the receiver has no transition for the event',
    components: [
      { name: 'sender', machine: sender },
      { name: 'receiver', machine: receiver },
    ],
    stimuli: [{ to: 'sender', message: { type: 'go' }, description: 'go' }],
    world: () => undefined,
  });
  expect(network.offers(network.first)[0]).toMatchObject({
    fault: 'receiver has no transition for psst in this state',
    after: { over: true },
  });
});

test('enables no call in a terminal state', () => {
  const once = setup({}).createMachine({
    initial: 'a',
    states: { a: { on: { x: 'b' } }, b: { on: { x: 'a' } } },
  });
  const walk = new Walk(lone(once, ['x'], { isTerminal: ({ value }) => value === 'b' }));
  const [step] = walk.offers(walk.first);
  expect(walk.first.over).toBe(false);
  expect(step!.after.over).toBe(true);
  expect(walk.offers(step!.after)).toEqual([]);
});
