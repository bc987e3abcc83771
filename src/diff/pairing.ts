import type { Side, Way } from './side.js';

/** A way on each side; undefined where the call is not offered. */
export type Pair = readonly [Way | undefined, Way | undefined];

/**
 * The ways of one call on two sides that go together. What is left open is decided outside of both
 * networks and alike for both, so a choice that both have is the same on both sides. One that only
 * one side has tells nothing of the other, and goes together with each of the other's ways.
 */
export function pairs(ones: readonly Way[], others: readonly Way[]): Pair[] {
  if (ones.length === 0) return others.map((other) => [undefined, other]);
  if (others.length === 0) return ones.map((one) => [one, undefined]);
  const has = (ways: readonly Way[], says: string) => ways.some((way) => way.says === says);
  return ones.flatMap((one) =>
    others
      .filter(({ says }) => says === one.says || !has(others, one.says) || !has(ones, says))
      .map((other): Pair => [one, other]),
  );
}

/** What a person writes for both: the choice that only one of them knows says more than the other's. */
export function saysOf(sides: readonly [Side, Side], one: string, other: string): string {
  const [a, b] = sides;
  if (one === other) return one;
  if (a.knows(other) && !b.knows(one)) return one;
  if (b.knows(one) && !a.knows(other)) return other;
  return `${one} / ${other}`;
}
