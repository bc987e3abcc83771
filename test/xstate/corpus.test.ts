import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import { check } from '../../src/search/check.js';
import { type MachineOptions, machineNetwork } from '../../src/xstate/machineNetwork.js';

const folder = new URL('corpus/', import.meta.url);

/** States, transitions, and what the check reports besides rules that hold, of each machine. */
const EXPECTED: Readonly<Record<string, readonly [number, number, readonly string[]]>> = {
  auth: [3, 6, []],
  checkout: [13, 15, []],
  debounce: [4, 10, []],
  form: [4, 6, []],
  order: [3, 4, []],
  player: [25, 65, []],
  retry: [9, 8, []],
  ticker: [9, 15, []],
  todos: [7, 9, []],
  toggle: [2, 2, []],
  trafficLight: [4, 4, []],
  upload: [7, 9, []],
};

test('every machine has its numbers', () => {
  const names = readdirSync(fileURLToPath(folder)).map((file) => file.replace('.ts', ''));
  expect(Object.keys(EXPECTED).sort()).toEqual(names.sort());
});

describe('machines as they are', () => {
  test.each(Object.entries(EXPECTED))('%s', async (name, expected) => {
    const given: { default: AnyStateMachine; recwalk?: MachineOptions } = await import(
      new URL(`${name}.ts`, folder).href
    );
    const { exploration, rules, findings } = await check(
      machineNetwork(given.default, given.recwalk),
    );
    expect(exploration.complete).toBe(true);
    const broken = rules.filter(({ verdict }) => verdict !== 'holds').map(({ rule }) => rule.id);
    expect([
      exploration.states,
      exploration.transitions,
      [...broken, ...findings.map(({ kind }) => kind)],
    ]).toEqual(expected);
  });
});
