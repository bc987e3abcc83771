import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FULL, VisitedSet } from '../../src/store/visitedSet.js';

/** Mostly small digits, so that states recur; sometimes one that needs up to 32 bits. */
const digit = fc.oneof(
  { weight: 8, arbitrary: fc.nat(2) },
  { weight: 1, arbitrary: fc.nat(2 ** 20) },
  { weight: 1, arbitrary: fc.integer() },
);
const states = fc.integer({ min: 1, max: 12 }).chain((components) =>
  fc.array(fc.array(digit, { minLength: components, maxLength: components }), {
    minLength: 1,
    maxLength: 200,
  }),
);

/** Adds all states to both and compares each result; then reads every state back. */
function beside(list: readonly (readonly number[])[]): void {
  const visited = new VisitedSet(list[0]!.length);
  const numbers = new Map<string, number>();
  for (const digits of list) {
    const text = digits.join();
    const number = visited.add(Int32Array.from(digits), numbers.size - 1, digits[0]!);
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    if (number !== numbers.get(text)) expect(number).toBe(numbers.get(text));
  }
  expect(visited.size).toBe(numbers.size);
  const state = new Int32Array(visited.components);
  for (const [text, number] of numbers) {
    visited.load(number, state);
    if (state.join() !== text) expect(state.join()).toBe(text);
    if (visited.parent(number) !== number - 1) expect(visited.parent(number)).toBe(number - 1);
  }
}

test('numbers states like a Map of texts', () => {
  fc.assert(fc.property(states, beside), { numRuns: 200 });
});

test('numbers states alike during growth and repacking, with more than 53 bits in total', () => {
  const digits = fc.array(fc.integer({ min: 1, max: 32 }), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(digits, fc.nat(), (widths, seed) => {
      let n = seed | 1;
      const random = () => {
        n = Math.imul(n ^ (n >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
        return (n ^ (n >>> 13)) >>> 0;
      };
      // From narrow to wide digits, so that a full set is repacked; every second state is added again.
      const list = Array.from({ length: 5_000 }, (_, i) =>
        widths.map(
          (width) => (random() >>> (32 - Math.max(1, Math.floor((width * i) / 5_000)))) | 0,
        ),
      );
      beside(list.flatMap((digits, i) => [digits, list[i >> 1]!]));
    }),
    { numRuns: 20 },
  );
}, 600_000);

test('distinguishes states that differ in any one bit', () => {
  const visited = new VisitedSet(5);
  const all = [0, 1, 2, 3, 4].flatMap((i) =>
    Array.from({ length: 32 }, (_, bit) => {
      const state = new Int32Array(5);
      state[i] = 1 << bit;
      return state;
    }),
  );
  expect(all.map((state) => visited.add(state, -1, -1))).toEqual(all.map((_, i) => i));
  expect(all.map((state) => visited.add(state, -1, -1))).toEqual(all.map((_, i) => i));
});

test('stores at most the allowed number, and still finds the stored ones', () => {
  const visited = new VisitedSet(1, 1, 2);
  const add = (n: number) => visited.add(Int32Array.of(n), -1, -1);
  expect([5, 6, 7, 6, 5].map(add)).toEqual([0, 1, FULL, 1, 0]);
  expect(visited.size).toBe(2);
});

test('bytes grow with the stored states', () => {
  const visited = new VisitedSet(2);
  const empty = visited.bytes;
  for (let n = 0; n < 10_000; n++) visited.add(Int32Array.of(n, n), -1, -1);
  // 28 bits fit one word; with parent, stimulus and two slots that is five words a state
  expect(visited.bytes).toBeGreaterThanOrEqual(10_000 * 5 * 4);
  expect(visited.bytes).toBeLessThan(10_000 * 5 * 4 * 2);
  expect(empty).toBeLessThan(visited.bytes);
});

test('path() is a shortest path', () => {
  const graph = fc
    .integer({ min: 1, max: 12 })
    .chain((size) =>
      fc.array(fc.array(fc.nat(size - 1), { maxLength: 3 }), { minLength: size, maxLength: size }),
    );
  fc.assert(
    fc.property(graph, (edges) => {
      // Breadth-first, as in a search; a node's digit is its number.
      const visited = new VisitedSet(1);
      const state = Int32Array.of(0);
      visited.add(state, -1, -1);
      for (let n = 0; n < visited.size; n++) {
        visited.load(n, state);
        const from = state[0]!;
        for (const [edge, to] of edges[from]!.entries()) visited.add(Int32Array.of(to), n, edge);
      }
      // Bellman and Ford, from node 0
      const far = edges.map((_, i) => (i === 0 ? 0 : Number.POSITIVE_INFINITY));
      for (const _ of edges)
        edges.forEach((tos, from) => {
          for (const to of tos) far[to] = Math.min(far[to]!, far[from]! + 1);
        });
      expect(visited.size).toBe(far.filter(Number.isFinite).length);
      for (let n = 0; n < visited.size; n++) {
        visited.load(n, state);
        const path = visited.path(n);
        expect(path).toHaveLength(far[state[0]!]!);
        expect(path.reduce((at, edge) => edges[at]![edge]!, 0)).toBe(state[0]);
      }
    }),
  );
});
