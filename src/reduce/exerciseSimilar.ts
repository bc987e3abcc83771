import type { PropertyMonitor } from '../properties/propertyMonitor.js';
import type { StateQuotient } from './stateQuotient.js';

/**
 * Makes the calls that a search with reductions represents without making them, as far as they may exercise more than
 * the search did. For each call that was the first to exercise something, these are the calls of the states that the
 * held state represents.
 */
export function exerciseSimilar<W>(
  { tables, reactor, exercised, touches }: PropertyMonitor<W>,
  { lumps, orbits }: StateQuotient<W>,
): void {
  const { firsts } = exercised;
  const { length } = tables.components;
  const state = new Int32Array(length);
  const made = firsts.length;
  if (lumps !== undefined)
    for (let i = 0; i < made; i++) {
      const before = firsts[i]!.subarray(0, length);
      const stimulus = firsts[i]![length]!;
      for (let c = 0; c < length; c++) {
        state.set(before);
        lumps.settleOne(state, c);
        for (const member of lumps.members(c, state[c]!)) {
          reactor.state.set(before);
          reactor.state[c] = member;
          reactor.step(stimulus);
        }
      }
    }
  const images = orbits?.transpositions() ?? [];
  // Calls of images may themselves be the first to exercise something; the loop ends when no more are.
  for (let i = 0; i < firsts.length; i++) {
    const before = firsts[i]!.subarray(0, length);
    const [called] = tables.stimuli[firsts[i]![length]!]!;
    for (const image of images) {
      image.write(before, state);
      for (const [stimulus, [to]] of tables.stimuli.entries()) {
        if (to !== image.target[called!]) continue;
        reactor.state.set(state);
        reactor.step(stimulus);
      }
    }
  }
  touches.length = 0;
}
