import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RESET } from '../../src/coverage/eulerCircuit.js';
import { ShortestPathTree } from '../../src/coverage/shortestPathTree.js';
import { splitTour } from '../../src/coverage/splitTour.js';
import { edgesOf, type Graph, graphs, successorsOf } from './graphs.js';

/**
 * Consecutive walks of a graph from its first state, and a maximum length that keeps the required transitions within
 * reach.
 */
const cases = graphs.chain((graph) =>
  fc.record({
    graph: fc.constant(graph),
    choices: fc.array(fc.nat({ max: 11 }), { maxLength: 40 }),
    required: fc.array(fc.boolean(), {
      minLength: edgesOf(graph).length,
      maxLength: edgesOf(graph).length,
    }),
    more: fc.nat({ max: 8 }),
  }),
);

function walk(graph: Graph, choices: readonly number[]): Int32Array {
  const edges = edgesOf(graph);
  const walk: number[] = [];
  let state = 0;
  for (const choice of choices) {
    const open = edges.flatMap(([from], entry) => (from === state ? [entry] : []));
    const entry = open[choice] ?? RESET;
    walk.push(entry);
    state = entry === RESET ? 0 : edges[entry]![1];
  }
  return Int32Array.from(walk);
}

/** The cheapest split, by trying every begin and end of each piece. */
function cheapest(
  circuit: Int32Array,
  required: Uint8Array,
  ways: ShortestPathTree,
  longest: number,
): number {
  const isNews = [...circuit].map(
    (entry, at) => entry !== RESET && required[entry] === 1 && circuit.indexOf(entry) === at,
  );
  const known: number[] = [];
  const from = (at: number): number => {
    if (at === circuit.length) return 0;
    known[at] ??= Math.min(
      ...(isNews[at] ? [] : [from(at + 1)]),
      ...[...circuit.keys()].flatMap((last) => {
        if (last < at || circuit.subarray(at, last + 1).includes(RESET)) return [];
        const steps = ways.steps[ways.from[circuit[at]!]!]! + last + 1 - at;
        return steps > longest ? [] : [steps + from(last + 1)];
      }),
    );
    return known[at]!;
  };
  return from(0);
}

test('no other split of the same tour has fewer steps', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ graph, choices, required: flags, more }) => {
      const required = Uint8Array.from(flags, Number);
      const circuit = walk(graph, choices);
      const ways = new ShortestPathTree(successorsOf(graph), graph.length);
      const wanted = [...circuit].filter((entry) => required[entry] === 1);
      const longest = Math.max(0, ...wanted.map((e) => ways.steps[ways.from[e]!]!)) + 1 + more;
      const paths = [...(await splitTour(circuit, required, ways, longest))!];
      for (const path of paths) {
        expect(path.length).toBeLessThanOrEqual(longest);
        path.reduce((state, entry) => {
          expect(ways.from[entry]).toBe(state);
          return edgesOf(graph)[entry]![1];
        }, 0);
      }
      const taken = new Set(paths.flat());
      for (const entry of circuit) if (required[entry] === 1) expect(taken).toContain(entry);
      expect(paths.flat()).toHaveLength(cheapest(circuit, required, ways, longest));
    }),
    { numRuns: 2_000 },
  );
}, 600_000);

test('among splits of equally few steps, takes one with few paths', async () => {
  // A tour around the start several times: a reset there costs nothing.
  const ways = new ShortestPathTree(successorsOf([[1, 2], [0], [0]]), 3);
  const circuit = Int32Array.from([0, 2, 1, 3]);
  expect([...(await splitTour(circuit, new Uint8Array(4).fill(1), ways, 100))!]).toEqual([
    [0, 2, 1, 3],
  ]);
});
