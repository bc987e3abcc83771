import { expect, test } from 'vitest';
import { emit, setup } from 'xstate';
import { check } from '../../src/engine/check.js';
import { fingerprint } from '../../src/engine/fingerprint.js';
import { lone } from './lone.js';

/** Says `first` on the way to b, and `later` on the way back. */
const shuttle = (first: string, later: string) =>
  setup({
    actions: { first: emit({ type: first }), later: emit({ type: later }) },
  }).createMachine({
    initial: 'a',
    states: {
      a: { on: { go: { target: 'b', actions: 'first' } } },
      b: { on: { go: { target: 'a', actions: 'later' } } },
    },
  });
const print = async (first: string, later: string) =>
  fingerprint((await check(lone(shuttle(first, later), ['go']))).tables);

test('the same of the same machines, another when one answer differs', async () => {
  const tick = await print('tick', 'tock');
  expect(tick).toMatch(/^[0-9a-f]{12}$/);
  expect(await print('tick', 'tock')).toBe(tick);
  expect(await print('tick', 'tack')).not.toBe(tick);
  expect(await print('tock', 'tick')).not.toBe(tick);
});
