import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backwardFixpoint, type SuccessorOracle } from '../../src/properties/backwardFixpoint.js';
import { SuccessorGraph } from '../../src/store/successorGraph.js';

const graph = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.record({
    edges: fc.array(fc.array(fc.nat(size - 1), { maxLength: 3 }), {
      minLength: size,
      maxLength: size,
    }),
    good: fc.uniqueArray(fc.nat(size - 1)),
    over: fc.uniqueArray(fc.nat(size - 1), { maxLength: 3 }),
  }),
);

function successorsOf(edges: readonly (readonly number[])[]): SuccessorGraph {
  const successors = new SuccessorGraph();
  edges.forEach((tos, from) => {
    tos.forEach((to, stimulus) => {
      successors.add(from, stimulus, to);
    });
  });
  return successors;
}

/** Marks the good states; calls lead along the graph. */
function firstLost(
  edges: readonly (readonly number[])[],
  good: readonly number[],
  over: readonly number[] = [],
) {
  let standing: readonly number[] = [];
  const onward: SuccessorOracle = {
    load: (states) => {
      standing = states;
    },
    leadsTo: (marked, i) => edges[standing[i]!]!.some((to) => marked[to] === 1),
  };
  const back = new Uint8Array(edges.length);
  for (const state of good) back[state] = 1;
  return backwardFixpoint(back, over, onward);
}

test('returns every transition, by state', () => {
  fc.assert(
    fc.property(graph, ({ edges }) => {
      const successors = successorsOf(edges);
      expect(successors.size).toBe(edges.flat().length);
      const back = edges.map((_, state) => {
        const tos: number[] = [];
        for (let e = successors.rowStart(state); e < successors.rowStart(state + 1); e++) {
          expect(successors.stimulus(e)).toBe(tos.length);
          tos.push(successors.to(e));
        }
        return tos;
      });
      expect(back).toEqual(edges);
    }),
  );
});

test('finds the first state from which no good state is reachable', async () => {
  await fc.assert(
    fc.asyncProperty(graph, async ({ edges: drawn, good, over }) => {
      // No call is made in a terminal state.
      const edges = drawn.map((tos, state) => (over.includes(state) ? [] : tos));
      const reaches = (state: number, seen = new Set<number>()): boolean => {
        if (good.includes(state)) return true;
        if (seen.has(state)) return false;
        seen.add(state);
        return edges[state]!.some((to) => reaches(to, seen));
      };
      const lost = edges.findIndex((_, state) => !over.includes(state) && !reaches(state));
      // The engine does not know that this state has no successor.
      expect(await firstLost(drawn, good, over)).toBe(lost);
    }),
  );
});

test('works for many transitions', async () => {
  // A ring of 10,000, each with a step on and a step to itself.
  const edges = Array.from({ length: 10_000 }, (_, i) => [(i + 1) % 10_000, i]);
  expect(await firstLost(edges, [0])).toBe(-1);
  edges[9_999] = [9_999];
  expect(await firstLost(edges, [0])).toBe(1);
});
