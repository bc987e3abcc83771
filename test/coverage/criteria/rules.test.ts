import { expect, test } from 'vitest';
import { criterion as rules } from '../../../src/coverage/criteria/rules.js';
import { play } from '../../../src/interpret/play.js';
import type { Network, Rule } from '../../../src/model/network.js';
import { diningPhilosophers, type Table } from '../../toys/dining-philosophers.js';
import { type Done, planned } from './planned.js';

const withRules = (...all: readonly Rule<Table>[]) =>
  ({ ...diningPhilosophers(3), rules: all }) as Network;

/** The description of each path, and its calls. */
const callsOf = ({ paths, check }: Done): readonly (readonly string[])[] =>
  paths.map(({ description, steps }) => [
    description!,
    ...steps.map(
      (entry) => check.compiled.network.stimuli[check.successors!.stimulus(entry)]!.description,
    ),
  ]);

const eaten = (after: Table) => after.philosophers.includes('eating');

test('the shortest story of a broken rule of any kind ends where it breaks', async () => {
  const puts = (description: string) => description.endsWith('puts both forks down');
  const done = await planned(
    rules,
    withRules(
      {
        id: 'nobody-eats',
        description: 'a test',
        source: 'this test',
        always: (after) => !eaten(after),
      },
      {
        id: 'nobody-puts',
        description: 'a test',
        source: 'this test',
        step: ({ call }) => !puts(call.description),
      },
      {
        id: 'can-think',
        description: 'a test',
        source: 'this test',
        recoverable: ({ philosophers }) => philosophers.every((state) => state === 'thinking'),
      },
    ),
  );
  expect(done.taken.size).toBe(done.plan.of);
  const stories = new Map(callsOf(done).map(([description, ...calls]) => [description, calls]));
  expect(stories.get('breaks nobody-eats')).toHaveLength(2);
  expect(stories.get('breaks nobody-puts')).toHaveLength(3);
  expect(stories.get('breaks nobody-puts')!.at(-1)).toMatch(/puts both forks down$/);
  // Each of the three has taken the left fork.
  expect(stories.get('breaks can-think')).toHaveLength(3);
});

test('a shortest path to each goal, and a list of the goals that cannot be reached', async () => {
  const done = await planned(
    rules,
    withRules({
      id: 'goals',
      description: 'a test',
      source: 'this test',
      possible: [
        { description: 'somebody eats', holds: eaten },
        {
          description: 'two eat',
          holds: ({ philosophers }) => philosophers.filter((s) => s === 'eating').length > 1,
        },
        {
          description: 'all reach',
          holds: ({ philosophers }) => philosophers.every((s) => s === 'reaching'),
        },
      ],
    }),
  );
  expect(callsOf(done).map(([description, ...calls]) => [description, calls.length])).toEqual([
    ['reaches: all reach', 3],
    ['reaches: somebody eats', 2],
  ]);
  expect(done.plan.never).toEqual(['reaches: two eat']);
  expect(done.plan.of).toBe(2);
});

test('a goal reached and a rule broken before any call need no path', async () => {
  const none = ({ philosophers }: Table) => philosophers.every((state) => state === 'thinking');
  const done = await planned(
    rules,
    withRules(
      {
        id: 'goals',
        description: 'a test',
        source: 'this test',
        possible: [{ description: 'all think', holds: none }],
      },
      { id: 'broken', description: 'a test', source: 'this test', always: (world) => !none(world) },
    ),
  );
  expect(done.plan.never).toEqual(['breaks broken: it is broken before any call']);
  // The rule reads the whole table, whichever of them is not thinking.
  expect(callsOf(done).map(([description]) => description)).toEqual([
    'asks broken 1 (after: philosopher 1 philosopher 2 philosopher 3)',
  ]);
});

test('each situation that a rule distinguishes by its reads', async () => {
  const done = await planned(
    rules,
    withRules({
      id: 'looks',
      description: 'a test',
      source: 'this test',
      step: ({ call, emitted, before, after }) => {
        if (!call.description.endsWith('puts both forks down')) return true;
        return before.philosophers[0] !== 'eating' || (emitted.length === 0 && eaten(after));
      },
    }),
  );
  // The three situations, and the break: the forks are put down and no philosopher eats.
  expect(done.plan.of).toBe(4);
  expect(done.taken.size).toBe(4);
  const seen = new Set<string>();
  for (const { steps } of done.paths)
    for (const { stimulus, before, emitted } of play(
      done.check.compiled,
      steps.map((entry) => done.check.successors!.stimulus(entry)),
    )) {
      const puts = stimulus.description.endsWith('puts both forks down');
      const ate = (before as Table).philosophers[0] === 'eating';
      seen.add(
        puts
          ? ate
            ? `looks on, ${emitted.length} words`
            : 'looks at whether 1 ate'
          : 'does not look',
      );
    }
  expect(seen).toEqual(new Set(['does not look', 'looks at whether 1 ate', 'looks on, 0 words']));
});

test('emitted messages count as read when they are used, not when they are only named', async () => {
  const done = await planned(
    rules,
    withRules({
      id: 'reads',
      description: 'a test',
      source: 'this test',
      step: ({ call, emitted }) =>
        !call.description.endsWith('puts both forks down') || emitted.length === 0,
    }),
  );
  const names = callsOf(done).map(([description]) => description);
  expect(done.plan.of).toBe(2);
  expect(names).toEqual(['asks reads 2 (emitted messages)']);
});

test('a state in which nothing that the rule reads has changed is no situation; a rule without situations is listed', async () => {
  const done = await planned(
    rules,
    withRules(
      { id: 'blind', description: 'a test', source: 'this test', always: () => true },
      {
        id: 'sees',
        description: 'a test',
        source: 'this test',
        always: ({ philosophers }) => philosophers.length === 3,
      },
    ),
  );
  expect(done.plan.never).toEqual(['blind: no call changes anything that it reads']);
  expect(done.plan.of).toBe(1);
  expect(done.paths).toHaveLength(1);
  expect(done.paths[0]!.description).toBe(
    'asks sees 1 (after: philosopher 1 philosopher 2 philosopher 3)',
  );
});

test('situations of the given paths are not covered again', async () => {
  const network = withRules({
    id: 'sees',
    description: 'a test',
    source: 'this test',
    always: (after) => !eaten(after),
  });
  const whole = await planned(rules, network);
  const given = whole.paths.map(({ steps }) => steps);
  const rest = await planned(rules, network, { given });
  expect(rest.paths).toEqual([]);
  expect(rest.taken.size).toBe(rest.plan.of);
});
