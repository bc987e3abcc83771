import type { PropertyMonitor } from '../properties/propertyMonitor.js';
import type { StateQuotient } from './stateQuotient.js';

/**
 * Executes calls that a search with reductions represented but did not execute, since they may exercise further items.
 * For each call that was the first to exercise an item, these are the same calls in the states that the held state
 * represents.
 */
export function exerciseSimilar<W>(
  { compiled, interpreter, exercised, touches }: PropertyMonitor<W>,
  { localCycles, orbits }: StateQuotient<W>,
): void {
  const { firsts } = exercised;
  const { length } = compiled.components;
  const state = new Int32Array(length);
  const count = firsts.length;
  if (localCycles !== undefined)
    for (let i = 0; i < count; i++) {
      const before = firsts[i]!.subarray(0, length);
      const stimulus = firsts[i]![length]!;
      for (let c = 0; c < length; c++) {
        state.set(before);
        localCycles.representDigit(state, c);
        for (const member of localCycles.members(c, state[c]!)) {
          interpreter.state.set(before);
          interpreter.state[c] = member;
          interpreter.step(stimulus);
        }
      }
    }
  const images = orbits?.transpositions() ?? [];
  // A call in an image may itself be the first to exercise an item; `firsts` then grows during the loop.
  for (let i = 0; i < firsts.length; i++) {
    const before = firsts[i]!.subarray(0, length);
    const [called] = compiled.stimuli[firsts[i]![length]!]!;
    for (const image of images) {
      image.write(before, state);
      for (const [stimulus, [to]] of compiled.stimuli.entries()) {
        if (to !== image.target[called!]) continue;
        interpreter.state.set(state);
        interpreter.step(stimulus);
      }
    }
  }
  touches.length = 0;
}
