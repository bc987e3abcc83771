import { describe, expect, test } from 'vitest';
import { setup } from 'xstate';
import { configOf, contextOf, statesOf, transitionsOf } from '../../src/export/machine.js';
import { all, raw, statesIn } from './shown.js';

describe.each(all)('$name', (shown) => {
  test('has the states and transitions of its config', () => {
    const { machine } = shown;
    expect([...statesOf(machine)].sort()).toEqual([...statesIn(machine)].sort());
    expect(statesOf(machine)[0]).toBe(machine.config.initial);
    const actual = transitionsOf(machine).map(({ from, on, guard, to, actions }) => ({
      from: from ?? '',
      on: on ?? '',
      guard: guard?.type ?? '',
      to: to ?? '',
      actions: actions.map(({ type }) => type),
    }));
    expect(actual).toEqual(raw(machine));
  });

  test('is JSON as a whole', () => {
    expect(JSON.parse(JSON.stringify(configOf(shown)))).toEqual(configOf(shown));
    expect(JSON.parse(JSON.stringify(contextOf(shown)))).toEqual(contextOf(shown));
  });
});

describe('refuses a machine that cannot be exported, and names the place', () => {
  const shown = (machine: Parameters<typeof statesOf>[0]) => ({
    name: 'it',
    description: '',
    machine,
  });

  test.each([
    [
      'a state within a state',
      setup({}).createMachine({ initial: 'a', states: { a: { states: { b: {} }, initial: 'b' } } }),
      /RW112: machine it, state a:/,
    ],
    [
      'an entry action',
      setup({ actions: { hi: () => {} } }).createMachine({
        initial: 'a',
        states: { a: { entry: 'hi' } },
      }),
      /RW112: machine it, state a:/,
    ],
    [
      'a final state',
      setup({}).createMachine({ initial: 'a', states: { a: { type: 'final' } } }),
      /RW112: machine it, state a:/,
    ],
    [
      'a guard without a name',
      setup({}).createMachine({ on: { go: { guard: () => true } } }),
      /RW112: machine it, it\.on\.go\.guard: a function/,
    ],
  ])('%s', (_, machine, description) => {
    expect(() => configOf(shown(machine))).toThrow(description);
  });
});
