import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assign, createMachine, fromPromise, raise } from 'xstate';
import { recwalk, wizard } from '../../docs/examples/wizard.js';
import { sampled } from '../../src/fast-check/sampled.js';
import { check } from '../../src/search/check.js';
import { type MachineOptions, machineNetwork } from '../../src/xstate/machineNetwork.js';
import toggle from './corpus/toggle.js';

const stimuliOf = (...given: Parameters<typeof machineNetwork>) =>
  machineNetwork(...given).stimuli.map(({ description }) => description);
const any = createMachine({ id: 'any', on: { a: {}, 'b.*': {}, '*': {} } });

describe('the events of a machine are the stimuli', () => {
  test('each type once, in the order of the machine', () => {
    expect(stimuliOf(toggle)).toEqual(['press']);
    expect(stimuliOf(wizard)).toEqual(['fill', 'reset', 'next', 'back']);
  });

  test('each given event in the place of its type', () => {
    expect(stimuliOf(wizard, recwalk)).toEqual([
      'fill {"field":"name","text":"Ada"}',
      'fill {"field":"email","text":"ada@example.org"}',
      'fill {"field":"email","text":""}',
      'reset',
      'next',
      'back',
    ]);
  });

  test('a wildcard stands for the given events that it matches', () => {
    const events = [{ type: 'b.c', n: 1 }, { type: 'z' }];
    expect(stimuliOf(any, { events })).toEqual(['a', 'b.c {"n":1}', 'z']);
  });

  test.each([
    [[], 'b.*'],
    [[{ type: 'a' }, { type: 'z' }], 'b.*'],
  ])('RW114 for a wildcard without events: %j', (events, descriptor) => {
    expect(() => machineNetwork(any, { events })).toThrow(
      `RW114: machine any has a transition for "${descriptor}", which names no event; declare events that it matches: export const recwalk = { events: [{ type: 'b.anything' }] }`,
    );
  });

  test('RW218 for a given event that the machine does not have', async () => {
    const events = [{ type: 'pres' }];
    await expect(check(machineNetwork(toggle, { events }))).rejects.toThrow(
      /^RW218: stimulus "pres" sends pres to toggle, .* did you mean press\?/,
    );
  });

  test('sampled events, with their seed in the scope', () => {
    const fills = fc.record({ type: fc.constant('fill'), text: fc.string() });
    const network = machineNetwork(wizard, { events: [sampled(fills, { seed: 7, count: 3 })] });
    expect(network.stimuli.filter(({ message }) => message.type === 'fill')).toHaveLength(3);
    expect(network.scopeText).toBe('3 sampled events, seed 7');
  });

  test("an event of XState's own is never offered", () => {
    const parent = createMachine({
      initial: 'a',
      states: { a: { initial: 'b', onDone: 'c', states: { b: { type: 'final' } } }, c: {} },
    });
    expect(stimuliOf(parent)).toEqual([]);
  });
});

describe('the world and the outcome', () => {
  test('rules read the snapshot', async () => {
    const { rules, exploration } = await check(machineNetwork(wizard, recwalk));
    expect(exploration).toMatchObject({ complete: true, states: 7, transitions: 29 });
    expect(rules.map(({ verdict }) => verdict)).toEqual(['holds', 'holds']);
  });

  test('a rule about the snapshot breaks', async () => {
    const network = machineNetwork(toggle, {
      rules: [
        {
          id: 'dark',
          description: 'It is never lit.',
          source: 'a test',
          always: ({ value, tags, matches, hasTag }) =>
            value !== 'on' || !tags.has('lit') || !matches('on') || !hasTag('lit'),
        },
      ],
    });
    expect((await check(network)).rules).toMatchObject([{ verdict: 'broken', path: [0] }]);
  });

  test('the outcome has what is emitted, the state, its tags, and the end with its output', () => {
    const world = {
      ...{
        value: { a: 'b', c: {} },
        context: {},
        tags: new Set(['x', 'y']),
        status: 'done' as const,
      },
      ...{
        actors: {},
        timers: [],
        output: { n: 1 },
        matches: () => false,
        hasTag: () => false,
        can: () => false,
      },
    };
    const outcome = machineNetwork(toggle).outcome!;
    expect(outcome([{ type: 'beep' }, { type: 'say', text: 'hi' }], world)).toEqual([
      ...['beep', 'say {"text":"hi"}', 'in a.b, c (x, y)', 'done', 'output {"n":1}'],
    ]);
  });

  test('RW109 for a machine without the input, or with an event without the fields, that it needs', async () => {
    const needs = createMachine({
      context: ({ input }) => ({ name: (input as { name: string }).name }),
      on: { rename: { guard: ({ event }) => event.name.length > 0 } },
    });
    await expect(check(machineNetwork(needs))).rejects.toThrow(
      /^RW109: .* fails when it starts: TypeError: .*; if it needs an input, give one$/,
    );
    await expect(check(machineNetwork(needs, { input: { name: 'Ada' } }))).rejects.toThrow(
      /^RW109: .* fails when it handles rename: .*; if the event or the answer lacks a field, declare/,
    );
  });

  test('RW210 for an option that does not exist', () => {
    const options = { event: [] } as unknown as MachineOptions;
    expect(() => machineNetwork(toggle, options)).toThrow(
      'RW210: the options of machine toggle has an unknown property "event"; did you mean events?',
    );
  });
});

test('an actor that only an assigner spawns is answered by its declared id', async () => {
  const machine = createMachine({
    initial: 'idle',
    states: {
      idle: {
        on: {
          GO: {
            target: 'busy',
            actions: assign(({ spawn }) => {
              spawn(
                fromPromise(async () => 1),
                { id: 'job' },
              );
              return {};
            }),
          },
        },
      },
      busy: { on: { 'xstate.done.actor.job': 'done' } },
      done: {},
    },
  });
  await expect(check(machineNetwork(machine, {}, 'it'))).rejects.toThrow(
    /^RW101: machine it starts the promise job.*export const recwalk = \{ actors: \{ 'job': \{\} \} \}/,
  );
  const options = { actors: { job: { output: [1], error: [] } } };
  const { exploration } = await check(machineNetwork(machine, options, 'it'));
  expect(exploration.states).toBe(3);
});

test.each([
  [{ events: ['GO'] }, /events\[0\] is the string GO/],
  [{ events: [null] }, /events\[0\] is null/],
  [
    { actors: { job: { outputs: [1] } } },
    /actors\["job"\] has an unknown property "outputs"; did you mean output\?/,
  ],
  [{ actors: { job: [1] } }, /actors\["job"\] is an array/],
])('options %j are refused', (options, why) => {
  const machine = createMachine({ on: { GO: {} } });
  expect(() => machineNetwork(machine, options as never, 'it')).toThrow(why);
});

test('delayed events without end are refused with the name of one', async () => {
  const machine = createMachine({
    initial: 'idle',
    states: {
      idle: {
        on: { GO: { target: 'busy', actions: raise({ type: 'T' }, { delay: 10, id: 't' }) } },
      },
      busy: { on: { BACK: 'idle' } },
    },
    on: { T: {} },
  });
  await expect(check(machineNetwork(machine, {}, 'it'))).rejects.toThrow(
    /^RW105: machine it has more than 50 delayed events at once, the last one t; cancel it/,
  );
});
