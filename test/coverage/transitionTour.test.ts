import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noCoverage, transitionTour } from '../../src/coverage/transitionTour.js';
import { distances, edgesOf, type Graph, graphs, successorsOf } from './graphs.js';

const ENDLESS = 10_000;

/** All paths of a tour; a tour without end is a failure, not a hanging test. */
function toured(graph: Graph, longest: number, coverage = noCoverage(edgesOf(graph).length)) {
  const paths: number[][] = [];
  for (const path of transitionTour(successorsOf(graph), graph.length, longest, { coverage })) {
    paths.push(path);
    if (paths.length > ENDLESS) throw new Error('the tour does not end');
  }
  return paths;
}

/** Graph, longest, and for each transition whether it is taken or blocked. */
const cases = graphs.chain((graph) => {
  const flags = fc.array(fc.boolean(), {
    minLength: edgesOf(graph).length,
    maxLength: edgesOf(graph).length,
  });
  return fc.record({
    graph: fc.constant(graph),
    longest: fc.integer({ min: 1, max: 12 }),
    taken: flags,
    blocked: flags,
  });
});

describe('any tour of any small graph', { timeout: 600_000 }, () => {
  test('consists of paths from the first state, each step from the end of the one before', () => {
    fc.assert(
      fc.property(cases, ({ graph, longest }) => {
        const edges = edgesOf(graph);
        for (const path of toured(graph, longest)) {
          expect(path.length).toBeGreaterThan(0);
          expect(path.length).toBeLessThanOrEqual(longest);
          path.reduce((state, entry) => {
            expect(edges[entry]![0]).toBe(state);
            return edges[entry]![1];
          }, 0);
        }
      }),
    );
  });

  test('takes exactly the open transitions within reach', () => {
    fc.assert(
      fc.property(cases, ({ graph, longest, taken, blocked }) => {
        const edges = edgesOf(graph);
        const steps = distances(graph, (entry) => !blocked[entry]);
        const wanted = edges.flatMap(([from], entry) =>
          !taken[entry] && !blocked[entry] && (steps.get(from) ?? longest) < longest ? [entry] : [],
        );
        const paths = toured(graph, longest, {
          taken: Uint8Array.from(taken, Number),
          blocked: Uint8Array.from(blocked, Number),
        });
        const walked = new Set(paths.flat());
        for (const entry of wanted) expect(walked).toContain(entry);
        for (const entry of walked) expect(blocked[entry]).toBe(false);
        // Other transitions only lead to wanted ones, so without wanted ones there is no tour.
        if (wanted.length === 0) expect(paths).toEqual([]);
      }),
    );
  });

  test('takes an open transition on every path', () => {
    fc.assert(
      fc.property(cases, ({ graph, longest }) => {
        const seen = new Set<number>();
        for (const path of toured(graph, longest)) {
          const known = seen.size;
          for (const entry of path) seen.add(entry);
          expect(seen.size).toBeGreaterThan(known);
        }
      }),
    );
  });

  test('does not change the coverage that it gets', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { size } = successorsOf(graph);
        const coverage = noCoverage(size);
        toured(graph, 5, coverage);
        expect(coverage).toEqual(noCoverage(size));
      }),
    );
  });
});

test('a tour of a ring is one path, once around it', () => {
  expect(toured([[1], [2], [0]], 100)).toEqual([[0, 1, 2]]);
});

describe('to the next open transition', () => {
  // Only the loop at 1 and the transition from 5 to 6 are open, so the tour must take a path to each.
  const lead = (graph: Graph) => {
    const open = edgesOf(graph).map(([from, to]) => from === to || to === 6);
    return toured(graph, 100, {
      ...noCoverage(open.length),
      taken: Uint8Array.from(open, (is) => (is ? 0 : 1)),
    });
  };

  test('continues from its state if that is nearer', () => {
    expect(lead([[1, 5], [1, 0], [], [], [], [6], []])).toEqual([[0, 2, 3, 1, 4]]);
  });

  test('starts over if that is nearer', () => {
    expect(lead([[1, 5], [1, 2], [3], [4], [0], [6], []])).toEqual([
      [0, 2],
      [1, 7],
    ]);
  });
});

test('leaves out transitions behind a blocked one', () => {
  const graph = [[1, 2], [3], [], []];
  const blocked = Uint8Array.from([1, 0, 0]);
  expect(toured(graph, 100, { taken: new Uint8Array(3), blocked })).toEqual([[1]]);
});

test('leaves out transitions further than `longest`, and still ends', () => {
  expect(toured([[1], [2], [3], []], 2)).toEqual([[0, 1]]);
});

test('a transition blocked during the tour does not mislead it', () => {
  // State 1 has two transitions; the caller blocks the second one after the first path.
  const graph = [[1], [2, 3], [], []];
  const coverage = noCoverage(3);
  const paths: number[][] = [];
  for (const path of transitionTour(successorsOf(graph), graph.length, 100, { coverage })) {
    paths.push(path);
    coverage.blocked[2] = 1;
    if (paths.length > 5) throw new Error('the tour does not end');
  }
  expect(paths).toEqual([
    [0, 1],
    [0, 2],
  ]);
});
