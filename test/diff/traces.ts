import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import { Interpreter } from '../../src/interpret/interpreter.js';
import type { Network } from '../../src/model/network.js';

/**
 * A brute-force oracle: every story of up to `longest` calls with its outcomes, as text. Two networks without open
 * choices are the same up to this length if they have the same stories.
 */
export function traces(network: Network, longest: number): Set<string> {
  const compiled = new CompiledSystem(network);
  const interpreter = new Interpreter(compiled);
  const world = compiled.world(interpreter.state);
  const found = new Set<string>();
  const go = (state: Int32Array, story: readonly string[]) => {
    if (story.length === longest) return;
    for (const [i, { description }] of network.stimuli.entries()) {
      interpreter.state.set(state);
      const how = interpreter.step(i);
      if (how === 'disabled') continue;
      const emitted = interpreter.outputs();
      const outcome = how === 'quiescence' ? (network.outcome?.(emitted, world) ?? emitted) : how;
      const longer = [...story, `${description}: ${JSON.stringify(outcome)}`];
      found.add(longer.join('\n'));
      if (how === 'quiescence') go(interpreter.state.slice(), longer);
    }
  };
  go(Int32Array.from(compiled.first), []);
  return found;
}

/** The number of calls in the shortest story that only one of two sets has; undefined if the sets are equal. */
export function shortestOfOne(one: Set<string>, other: Set<string>): number | undefined {
  const lengths = [...one, ...other]
    .filter((story) => !(one.has(story) && other.has(story)))
    .map((story) => story.split('\n').length);
  return lengths.length === 0 ? undefined : Math.min(...lengths);
}
