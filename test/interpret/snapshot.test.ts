import { describe, expect, test } from 'vitest';
import { assign, setup } from 'xstate';
import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import type { Network, Rule, Snapshot } from '../../src/model/network.js';
import { check } from '../../src/search/check.js';

/** Counts to two; then it is done by `stop` or `kill`, and its output names which. */
const counter = setup({
  types: {} as { context: { n: number } },
  guards: { few: ({ context }) => context.n < 2, all: ({ context }) => context.n === 2 },
  actions: { more: assign({ n: ({ context }) => context.n + 1 }) },
}).createMachine({
  id: 'counter',
  context: { n: 0 },
  initial: 'counting',
  output: ({ event }) => (event as unknown as { output: unknown }).output,
  states: {
    counting: {
      tags: ['busy'],
      initial: 'low',
      states: {
        low: { on: { up: { guard: 'few', target: 'high', actions: 'more' } } },
        high: { on: { up: { guard: 'few', target: 'low', actions: 'more' } } },
      },
      on: { stop: { guard: 'all', target: 'ended' }, kill: { guard: 'all', target: 'ended' } },
    },
    ended: { type: 'final', output: ({ event }) => event.type },
  },
});

interface World {
  readonly it: Snapshot;
  readonly isDone: boolean;
}

const network = (...rules: readonly Rule<World>[]): Network<World> => ({
  name: 'counting',
  description: 'a counter',
  components: [{ name: 'it', machine: counter }],
  stimuli: ['up', 'stop', 'kill'].map((type) => ({
    to: 'it',
    message: { type },
    description: type,
  })),
  world: (look) => {
    const seen = look('it');
    const isDone = look('it', ({ status }) => status === 'done');
    return {
      get it() {
        return seen();
      },
      get isDone() {
        return isDone();
      },
    };
  },
  rules,
});

const can = (description: string, holds: (it: Snapshot) => boolean) => ({
  description,
  holds: ({ it }: World) => holds(it),
});
const named = { id: 'r', description: 'a rule', source: 'this test' };

test("rules see XState's own fields of a snapshot", async () => {
  const possible = [
    can('active', ({ status, output }) => status === 'active' && output === undefined),
    can('done by stop', ({ status, output }) => status === 'done' && output === 'stop'),
    can('done by kill', ({ status, output }) => status === 'done' && output === 'kill'),
    can('tag', ({ tags, hasTag }) => tags.has('busy') && hasTag('busy')),
    can('no tag', ({ tags, hasTag }) => tags.size === 0 && !hasTag('busy')),
    can('matches', ({ matches }) => matches('counting') && matches({ counting: 'high' })),
    can('can go up, and not stop', (it) => it.can({ type: 'up' }) && !it.can({ type: 'stop' })),
    can('can stop, and not go up', ({ can }) => !can({ type: 'up' }) && can({ type: 'stop' })),
  ];
  const always: Rule<World> = {
    ...named,
    id: 'projection',
    always: ({ it, isDone }) => isDone === (it.status === 'done') && isDone === !it.hasTag('busy'),
  };
  const { rules, exploration } = await check(network({ ...named, possible }, always));
  expect(rules.map(({ verdict, missed }) => missed ?? verdict)).toEqual(['holds', 'holds']);
  // 0, 1, 2, and two final states
  expect(exploration.states).toBe(5);
});

test.each(['machine', 'children', 'getMeta', '_nodes', 'valeu'])(
  'fields that act, belong to other actors, or are misspelt do not exist: %s',
  async (key) => {
    const rule: Rule<World> = { ...named, always: ({ it }) => (it as never)[key] === undefined };
    await expect(check(network(rule))).rejects.toThrow(
      `RW215: rule "r" reads ${key}, but a snapshot has no such property`,
    );
  },
);

test.each<readonly [string, (it: Snapshot) => boolean, string]>([
  [
    'a state',
    (it) => it.matches('countng'),
    'calls matches("countng"), but machine counter has no state countng; did you mean counting? the names are counting, ended',
  ],
  [
    'a state within another',
    (it) => it.matches('counting.hihg'),
    'calls matches("counting.hihg"), but state counting of machine counter has no state hihg; did you mean high? the names are low, high',
  ],
  [
    'a state within another, as an object',
    (it) => it.matches({ counting: 'hgh' }),
    'state counting of machine counter has no state hgh; did you mean high?',
  ],
  [
    'a tag',
    (it) => it.hasTag('bsy'),
    'calls hasTag("bsy"), but no state of machine counter has that tag; did you mean busy?',
  ],
  [
    'an event',
    (it) => it.can({ type: 'upp' }),
    'calls can("upp"), but machine counter has no event of that type; did you mean up?',
  ],
])('RW220: %s that the machine does not have never matches', async (_what, holds, description) => {
  const rule: Rule<World> = { ...named, always: ({ it }) => !holds(it) };
  await expect(check(network(rule))).rejects.toThrow('RW220: rule "r" calls ');
  await expect(check(network(rule))).rejects.toThrow(description);
});

test('matches reads a state value as XState does', async () => {
  const dotted = setup({}).createMachine({
    initial: 'a.b',
    states: { 'a.b': { initial: 'c', states: { c: {} } } },
    type: 'compound',
    on: { x: {} },
  });
  const made: Network<{ readonly it: Snapshot }> = {
    ...{ name: 'dotted', description: 'a state with a dot', world: network().world },
    components: [{ name: 'it', machine: dotted }],
    stimuli: [{ to: 'it', message: { type: 'x' }, description: 'x' }],
    rules: [{ ...named, always: ({ it }) => it.matches('a\\.b.c') && it.matches({ 'a.b': 'c' }) }],
  };
  expect((await check(made)).rules[0]!.verdict).toBe('holds');
});

test('a change to tags by a rule has no effect outside of the rule', async () => {
  const rule: Rule<World> = {
    ...named,
    always: ({ it }) => {
      (it.tags as Set<string>).clear();
      return it.status === 'done' || it.hasTag('busy');
    },
  };
  expect((await check(network(rule))).rules[0]!.verdict).toBe('holds');
});

describe('a projection', () => {
  const { name, description, components, stimuli } = network();
  const reading = (read: (seen: Snapshot) => unknown): Network<{ readonly read: unknown }> => ({
    ...{ name, description, components, stimuli },
    world: (look) => {
      const present = look('it', read);
      return {
        get read() {
          return present();
        },
      };
    },
    rules: [{ ...named, always: ({ read }) => read !== 'never' }],
  });

  test('that throws: RW214 names its component', async () => {
    await expect(check(reading(({ context }) => context.deep.n))).rejects.toThrow(
      /^RW214: the selector of it fails: TypeError: .*'n'/,
    );
  });

  test('that reads another property than those of a snapshot: RW215', async () => {
    await expect(
      check(reading((seen) => (seen as { readonly valeu?: unknown }).valeu)),
    ).rejects.toThrow(
      'RW215: the selector of it reads valeu, but a snapshot has no such property; did you mean value?',
    );
  });

  test('that returns a promise: RW213', async () => {
    await expect(check(reading(async ({ value }) => value))).rejects.toThrow(
      /^RW213: the selector of it returns a promise/,
    );
  });
});

test('a selector without a projection gives the same object in the same state', () => {
  const compiled = new CompiledSystem(network());
  const one = compiled.world(compiled.first);
  const other = compiled.world(compiled.first);
  expect(one.it).toBe(other.it);
});
