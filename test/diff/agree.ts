import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import { Interpreter } from '../../src/interpret/interpreter.js';
import type { Network } from '../../src/model/network.js';

/**
 * A brute-force oracle for open choices: the number of calls in the shortest story with different ends, at most
 * `longest`. It implements the definition directly, to every depth, without a cache.
 */
export function shortestUnlike(a: Network, b: Network, longest: number): number | undefined {
  const [one, other] = [sideOf(a), sideOf(b)];
  const calls = [
    ...new Set([...a.stimuli, ...b.stimuli].map(({ description, call = description }) => call)),
  ];
  const agree = (mine: Int32Array, its: Int32Array, depth: number): boolean =>
    depth === 0 ||
    calls.every((call) => {
      const [ones, others] = [one.ways(mine, call), other.ways(its, call)];
      if (ones.length === 0 || others.length === 0) return ones.length === others.length;
      return ones.every((x) =>
        others.every((y) => {
          const both = [x, y].every((way) =>
            [ones, others].every((ways) => ways.some((w) => w.description === way.description)),
          );
          if (both && x.description !== y.description) return true;
          return x.outcome === y.outcome && (!x.goesOn || agree(x.to, y.to, depth - 1));
        }),
      );
    });
  for (let depth = 1; depth <= longest; depth++)
    if (!agree(one.first, other.first, depth)) return depth;
  return undefined;
}

function sideOf(network: Network) {
  const compiled = new CompiledSystem(network);
  const interpreter = new Interpreter(compiled);
  const world = compiled.world(interpreter.state);
  const ways = (state: Int32Array, call: string) =>
    network.stimuli.flatMap((stimulus, i) => {
      if ((stimulus.call ?? stimulus.description) !== call) return [];
      interpreter.state.set(state);
      const how = interpreter.step(i);
      if (how === 'disabled') return [];
      const goesOn = how === 'quiescence';
      const outcome = goesOn ? JSON.stringify(network.outcome!(interpreter.outputs(), world)) : how;
      return [
        { description: stimulus.description, outcome, goesOn, to: interpreter.state.slice() },
      ];
    });
  return { first: Int32Array.from(compiled.first), ways };
}
