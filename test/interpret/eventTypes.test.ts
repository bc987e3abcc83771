import { expect, test } from 'vitest';
import { type AnyStateMachine, emit, setup } from 'xstate';
import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import type { Stimulus } from '../../src/model/network.js';
import { check } from '../../src/search/check.js';
import { lone } from '../networks/lone.js';

const noop = setup({}).createMachine;

const mouse = noop({
  id: 'mouse',
  initial: 'up',
  states: {
    up: { on: { 'mouse.down': 'down', click: {} } },
    down: {
      initial: 'still',
      states: { still: { on: { 'drag.*': {}, 'mouse.up': '#mouse.up' } } },
    },
  },
});

/** `accepted`, or the error for a stimulus of this type to this machine. */
function refusal(machine: AnyStateMachine, type: string, more: Partial<Stimulus> = {}): string {
  const stimuli = [{ to: 'it', message: { type }, description: 'do it', ...more }];
  try {
    new CompiledSystem(lone(machine, [], { stimuli }));
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  }
}

test.each(['mouse.down', 'mouse.up', 'click', 'drag', 'drag.left', 'drag.left.far'])(
  'accepts a type of any state, at any depth: %s',
  (type) => expect(refusal(mouse, type)).toBe('accepted'),
);

test('a wildcard matches every type; a forbidden event counts as a type of the machine', () => {
  expect(refusal(noop({ on: { '*': {} } }), 'whatever')).toBe('accepted');
  expect(refusal(noop({ on: { x: undefined } as object }), 'x')).toBe('accepted');
});

test('RW218 for a type that the machine does not have', () => {
  expect(refusal(mouse, 'clik')).toBe(
    'RW218: stimulus "do it" sends clik to it, whose machine has no event of that type; did you mean click? the names are mouse.down, click, drag.*, mouse.up',
  );
  expect(refusal(mouse, 'dragged')).toMatch(
    /^RW218: .* no event of that type; .*the names are mouse/,
  );
  expect(refusal(noop({}), 'x')).toContain('no event of that type; there are no names');
  // No state has an event of this name.
  expect(refusal(noop({ on: { '*': {} } }), '*')).toMatch(/^RW218/);
});

test('RW218 for each message of a stimulus', () => {
  const also = [{ to: 'it', type: 'mouse.dwn' }];
  expect(refusal(mouse, 'click', { also })).toMatch(/sends mouse\.dwn to it, .*mean mouse\.down\?/);
});

test("RW219 for XState's own events as stimuli", () => {
  const done = noop({
    initial: 'a',
    states: { a: { initial: 'b', states: { b: { type: 'final' } }, onDone: 'c' }, c: {} },
  });
  for (const type of ['xstate.done.state.(machine).a', 'xstate.init', 'xstate.stop'])
    expect(refusal(done, type)).toBe(
      `RW219: stimulus "do it" sends ${type} to it; types that begin with xstate. are XState's own, give it another`,
    );
});

test("RW219 for XState's own events from another machine, but not to the environment", async () => {
  const emitting = (event: { readonly type: string; readonly to?: string }) =>
    lone(
      setup({ actions: { say: emit(event) } }).createMachine({ on: { x: { actions: 'say' } } }),
      ['x'],
    );
  await expect(check(emitting({ type: 'xstate.stop', to: 'it' }))).rejects.toThrow(
    /^RW219: machine it sends xstate\.stop to it;/,
  );
  expect((await check(emitting({ type: 'xstate.stop' }))).exploration.transitions).toBe(1);
});
