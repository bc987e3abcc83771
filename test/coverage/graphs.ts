import fc from 'fast-check';
import { SuccessorGraph } from '../../src/store/successorGraph.js';

/** `graph[n]` are the states that transitions of state `n` lead to, in order. */
export type Graph = readonly (readonly number[])[];

/** Small graphs of any form: loops, parallel edges, dead ends, and unreachable states. */
export const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 1, max: 8 }).chain((size) =>
  fc.array(fc.array(fc.nat({ max: size - 1 }), { maxLength: 4 }), {
    minLength: size,
    maxLength: size,
  }),
);

export function successorsOf(graph: Graph): SuccessorGraph {
  const successors = new SuccessorGraph();
  graph.forEach((targets, from) => {
    targets.forEach((to, stimulus) => {
      successors.add(from, stimulus, to);
    });
  });
  return successors;
}

/** Transitions as [from, to] by entry, computed independently of SuccessorGraph. */
export const edgesOf = (graph: Graph): readonly (readonly [number, number])[] =>
  graph.flatMap((targets, from) => targets.map((to) => [from, to] as const));

/** Steps from state 0 to each state, over `open` transitions. */
export function distances(graph: Graph, open: (entry: number) => boolean): Map<number, number> {
  const edges = edgesOf(graph);
  const known = new Map([[0, 0]]);
  for (let step = 1, size = 0; size !== known.size; step++) {
    size = known.size;
    const before = new Map(known);
    edges.forEach(([from, to], entry) => {
      if (open(entry) && before.has(from) && !known.has(to)) known.set(to, step);
    });
  }
  return known;
}
