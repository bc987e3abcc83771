import fc from 'fast-check';
import loader from 'highs';
import { expect, test } from 'vitest';
import { dualLowerBound } from '../../src/coverage/dualLowerBound.js';
import { minCostFlow } from '../../src/coverage/minCostFlow.js';
import { distances, edgesOf, type Graph, successorsOf } from './graphs.js';

// Its types describe the CommonJS form, which has the loader one level deeper.
const highs = await (loader as unknown as typeof loader.default)();

/** Graphs of some dozens of reachable states: the first transition to each state comes from an earlier one. */
const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 2, max: 40 }).chain((size) =>
  fc
    .tuple(
      fc.tuple(...Array.from({ length: size - 1 }, (_, i) => fc.nat({ max: i }))),
      fc.array(fc.tuple(fc.nat({ max: size - 1 }), fc.nat({ max: size - 1 })), { maxLength: 60 }),
    )
    .map(([parents, more]) => {
      const graph: number[][] = Array.from({ length: size }, () => []);
      parents.forEach((parent, i) => {
        graph[parent]!.push(i + 1);
      });
      for (const [from, to] of more) graph[from]!.push(to);
      return graph;
    }),
);

const cases = graphs.chain((graph) =>
  fc.record({
    graph: fc.constant(graph),
    required: fc.array(fc.boolean(), {
      minLength: edgesOf(graph).length,
      maxLength: edgesOf(graph).length,
    }),
  }),
);

/**
 * The fewest steps by linear programming, with variables for the uses of each transition and the walks that end in each
 * state.
 */
function programmed(graph: Graph, required: readonly boolean[]): number {
  const terms = graph.map((): string[] => []);
  const edges = edgesOf(graph);
  edges.forEach(([from, to], entry) => {
    if (from === to) return;
    terms[from]!.push(`+ x${entry}`);
    terms[to]!.push(`- x${entry}`);
  });
  for (let state = 1; state < graph.length; state++) {
    terms[state]!.push(`+ r${state}`);
    terms[0]!.push(`- r${state}`);
  }
  const { Status, ObjectiveValue } = highs.solve(
    [
      `Minimize\n steps: ${edges.map((_, entry) => `x${entry}`).join(' + ')}`,
      'Subject To',
      ...terms.map((sum, state) => ` s${state}: ${sum.join(' ')} = 0`),
      'Bounds',
      ...edges.map((_, entry) => ` x${entry} >= ${required[entry] ? 1 : 0}`),
      'End\n',
    ].join('\n'),
  );
  expect(Status).toBe('Optimal');
  return Math.round(ObjectiveValue);
}

const balanced = (graph: Graph, required: readonly boolean[]) =>
  minCostFlow(successorsOf(graph), graph.length, Uint8Array.from(required, Number));

test('repeats as few steps as linear programming finds, and its potentials prove it', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ graph, required }) => {
      expect(distances(graph, () => true).size).toBe(graph.length);
      const { again, potentials } = (await balanced(graph, required))!;
      const steps = again.reduce((sum, n) => sum + n, 0) + required.filter(Boolean).length;
      const flags = Uint8Array.from(required, Number);
      expect(steps).toBe(programmed(graph, required));
      expect(dualLowerBound(successorsOf(graph), graph.length, flags, potentials)).toBe(steps);
    }),
    { numRuns: 200 },
  );
}, 600_000);

test('every state is left as often as it is entered', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ graph, required }) => {
      const { again, ends } = (await balanced(graph, required))!;
      const arrivals = graph.map(() => 0);
      edgesOf(graph).forEach(([from, to], entry) => {
        const times = again[entry]! + Number(required[entry]);
        arrivals[to]! += times;
        arrivals[from]! -= times;
      });
      const all = ends.reduce((sum, n) => sum + n, 0);
      expect(arrivals.map((n, state) => n - ends[state]! + (state === 0 ? all : 0))).toEqual(
        graph.map(() => 0),
      );
      expect(Math.min(...again, ...ends)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 200 },
  );
}, 600_000);

test('refuses potentials that prove nothing', () => {
  const graph = successorsOf([[1], [0]]);
  const required = new Uint8Array(2).fill(1);
  const bound = (...prices: number[]) =>
    dualLowerBound(graph, 2, required, Int32Array.from(prices));
  expect(bound(0, 0)).toBe(2);
  expect(() => bound(0, 1)).toThrow('higher potential than the first state');
  expect(() => bound(0, -2)).toThrow('by more than one');
});
