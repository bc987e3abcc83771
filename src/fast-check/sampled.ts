import fc from 'fast-check';
import type { EventObject } from 'xstate';

/** How many values to draw, and the seed that draws the same ones again. */
export interface SampleOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Default 5. */
  readonly count?: number;
}

/** Events that an arbitrary draws, for the option `events` of a machine. Every verdict prints their number and seed. */
export function sampled<E extends EventObject>(
  events: fc.Arbitrary<E>,
  { seed = 1, count = 5 }: SampleOptions = {},
): { readonly events: readonly E[]; readonly seed: number } {
  return { events: fc.sample(events, { seed, numRuns: count }), seed };
}
