import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StateLabels } from '../../src/store/stateLabels.js';

/** Saves one object and restores another from it, in the same order. */
function copyOf(labels: StateLabels): StateLabels {
  const written: unknown[] = [];
  const copy = new StateLabels();
  labels.save({
    plain: (value: unknown) => written.push(structuredClone(value)),
    bytes: (value: Uint8Array) => written.push(value.slice()),
  } as never);
  const isWhole = copy.restore({
    plain: () => written.shift(),
    bytes: (into: Uint8Array) => {
      into.set(written.shift() as Uint8Array);
      return into;
    },
  } as never);
  expect(isWhole).toBe(true);
  return copy;
}

test('labels keep their values at any size, and in a checkpoint', () => {
  const label = fc.oneof(fc.nat(3), fc.integer({ min: 250, max: 260 }), fc.nat(1 << 20));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(5_000), label), { maxLength: 40 }), (given) => {
      const labels = new StateLabels();
      const expected = new Map<number, number>();
      for (const [state, number] of given) {
        if (expected.has(state)) continue;
        labels.set(state, number);
        expected.set(state, number);
        for (const [one, before] of expected) expect(labels.of(one)).toBe(before);
      }
      const copy = copyOf(labels);
      for (let state = 0; state <= 5_001; state++) {
        expect(labels.of(state)).toBe(expected.get(state) ?? 0);
        expect(copy.of(state)).toBe(expected.get(state) ?? 0);
      }
    }),
    {
      numRuns: 60,
      examples: [
        [
          [
            [0, 255],
            [1, 256],
            [2, 65_535],
            [3, 65_536],
          ],
        ],
      ],
    },
  );
});
