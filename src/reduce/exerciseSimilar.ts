import type { PropertyMonitor } from '../properties/propertyMonitor.js';
import type { StateQuotient } from './stateQuotient.js';

/**
 * Makes the calls that a search with reductions stands for, as far as they exercise anything that the search itself did
 * not: of each call that was the first to exercise something, those of the states that one state was held for.
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
  // calls of images are firsts, too, until there are no more
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
