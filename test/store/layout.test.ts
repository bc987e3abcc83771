import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Layout } from '../../src/store/layout.js';

/** Widths, and a state of digits that fit them. */
const fitting = fc
  .array(fc.integer({ min: 1, max: 32 }), { minLength: 1, maxLength: 20 })
  .chain((bits) => {
    const digits = bits.map((width) => fc.nat({ max: 2 ** 31 - 1 }).map((n) => fit(n, width)));
    return fc.record({ bits: fc.constant(bits), state: fc.tuple(...digits).map(words) });
  });
const words = (digits: readonly number[]) => Int32Array.from(digits);
/** The top `width` bits of a number of 31, so that wide digits are wide; all of 32 by doubling. */
const fit = (n: number, width: number) =>
  width === 32 ? (n * 2 + (n % 2)) | 0 : Math.floor(n / 2 ** (31 - width));

test('a state that fits unpacks to itself, over any old content', () => {
  fc.assert(
    fc.property(fitting, fc.integer(), fc.nat(5), ({ bits, state }, rubbish, at) => {
      const layout = new Layout(bits);
      const packed = new Int32Array(layout.words + at).fill(rubbish);
      expect(layout.pack(state, packed, at)).toBe(true);
      const back = new Int32Array(bits.length).fill(rubbish);
      layout.unpack(packed, at, back);
      expect(back).toEqual(state);
      expect(packed.slice(0, at)).toEqual(new Int32Array(at).fill(rubbish));
    }),
  );
});

test('different states differ when packed', () => {
  fc.assert(
    fc.property(fitting, fc.nat(), fc.integer({ min: 0, max: 31 }), ({ bits, state }, at, bit) => {
      const i = at % bits.length;
      const other = Int32Array.from(state);
      other[i]! ^= 1 << (bit % bits[i]!);
      const layout = new Layout(bits);
      const packed = [state, other].map((s) => {
        const to = new Int32Array(layout.words);
        layout.pack(s, to, 0);
        return to.join();
      });
      expect(packed[0]).not.toBe(packed[1]);
    }),
  );
});

test('reports a digit that is too wide', () => {
  fc.assert(
    fc.property(fitting, fc.nat(), ({ bits, state }, at) => {
      const i = at % bits.length;
      const layout = new Layout(bits);
      expect(layout.fits(Int32Array.from(state))).toBe(true);
      if (bits[i] === 32) return;
      const wide = Int32Array.from(state);
      wide[i] = 1 << bits[i]!;
      expect(layout.fits(wide)).toBe(false);
      expect(layout.pack(wide, new Int32Array(layout.words), 0)).toBe(false);
    }),
  );
});

test('spare bits take no extra word, and none from required bits', () => {
  fc.assert(
    fc.property(fitting, ({ bits }) => {
      const roomy = Layout.roomy(bits);
      expect(roomy.words).toBe(new Layout(bits).words);
      for (const [i, width] of roomy.bits.entries())
        expect(width - bits[i]!).toBeGreaterThanOrEqual(0);
    }),
  );
  expect(Layout.roomy([1, 1]).bits).toEqual([2, 2]);
  expect(Layout.roomy([16, 15]).bits).toEqual([17, 15]);
  expect(Layout.roomy([32]).bits).toEqual([32]);
});

test('digits share words, and none crosses a word boundary', () => {
  expect(new Layout(new Array(32).fill(1)).words).toBe(1);
  expect(new Layout(new Array(33).fill(1)).words).toBe(2);
  expect(new Layout([20, 20, 12]).words).toBe(2);
  expect(new Layout([32, 1, 32]).words).toBe(3);
});
