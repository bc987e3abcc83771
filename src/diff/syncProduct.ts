import type { Cursor, Transition } from './cursor.js';

/** A way on each side; undefined where the call is not offered. */
export type Pair = readonly [Transition | undefined, Transition | undefined];

/**
 * The ways of one call on two sides that go together. What is left open is decided outside of both
 * networks and alike for both, so a choice that both have is the same on both sides. One that only
 * one side has tells nothing of the other, and goes together with each of the other's ways.
 */
export function pairs(ones: readonly Transition[], others: readonly Transition[]): Pair[] {
  if (ones.length === 0) return others.map((other) => [undefined, other]);
  if (others.length === 0) return ones.map((one) => [one, undefined]);
  const has = (ways: readonly Transition[], description: string) =>
    ways.some((way) => way.description === description);
  return ones.flatMap((one) =>
    others
      .filter(
        ({ description }) =>
          description === one.description ||
          !has(others, one.description) ||
          !has(ones, description),
      )
      .map((other): Pair => [one, other]),
  );
}

/** What a person writes for both: the choice that only one of them knows says more than the other's. */
export function saysOf(sides: readonly [Cursor, Cursor], one: string, other: string): string {
  const [a, b] = sides;
  if (one === other) return one;
  if (a.knows(other) && !b.knows(one)) return one;
  if (b.knows(one) && !a.knows(other)) return other;
  return `${one} / ${other}`;
}
