import { expect, test } from 'vitest';
import { emit, setup } from 'xstate';
import { modelDigest } from '../../src/interpret/modelDigest.js';
import { check } from '../../src/search/check.js';
import { lone } from '../networks/lone.js';

/** Emits `there` on the transition to b, and `back` on the transition to a. */
async function print(there: readonly string[], back: readonly string[]): Promise<string> {
  const emits = (words: readonly string[]) => words.map((type) => emit({ type }));
  const shuttle = setup({}).createMachine({
    initial: 'a',
    states: {
      a: { on: { go: { target: 'b', actions: emits(there) } } },
      b: { on: { go: { target: 'a', actions: emits(back) } } },
    },
  });
  return modelDigest((await check(lone(shuttle, ['go']))).compiled);
}

test('is equal for equal machines, and differs if one answer differs', async () => {
  const one = await print(['tick'], ['tock']);
  expect(one).toMatch(/^[0-9a-f]{12}$/);
  expect(await print(['tick'], ['tock'])).toBe(one);
  expect(await print(['tick'], ['tack'])).not.toBe(one);
  // The same messages in the same order, but in other calls.
  expect(await print(['tick', 'tock'], [])).not.toBe(one);
});
