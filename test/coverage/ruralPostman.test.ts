import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ruralPostman } from '../../src/coverage/ruralPostman.js';
import { distances, edgesOf, type Graph, graphs, successorsOf } from './graphs.js';

const SLOW = { timeout: 600_000 };
const ENDLESS = 1_000;

/** The minimum number of steps of paths of at most `longest` steps that cover the goals, by exhaustive search. */
function fewest(graph: Graph, wanted: readonly number[], longest: number): number {
  const edges = edgesOf(graph);
  const bit = new Map(wanted.map((entry, i) => [entry, 1 << i]));
  const all = (1 << wanted.length) - 1;
  let now = new Set(['0 0 0']);
  const known = new Set(now);
  for (let steps = 0; now.size > 0; steps++) {
    const later = new Set<string>();
    for (const text of now) {
      const [state, taken, length] = text.split(' ').map(Number) as [number, number, number];
      if (taken === all) return steps;
      for (const [from, begun] of length === 0
        ? [[state, 0] as const]
        : ([
            [state, length],
            [0, 0],
          ] as const)) {
        if (begun === longest) continue;
        edges.forEach(([source, to], entry) => {
          if (source !== from) return;
          const next = `${to} ${taken | (bit.get(entry) ?? 0)} ${longest === Number.POSITIVE_INFINITY ? 1 : begun + 1}`;
          if (known.has(next)) return;
          known.add(next);
          later.add(next);
        });
      }
    }
    now = later;
  }
  throw new Error('it cannot be taken');
}

/** At most eight transitions, so that an exhaustive search is possible. */
const small = graphs.map((graph) => {
  let left = 8;
  return graph.map((targets) => targets.filter(() => left-- > 0));
});

const cases = small.chain((graph) =>
  fc.record({
    graph: fc.constant(graph),
    longest: fc.constantFrom(1, 2, 3, 4, 6, 9, Number.POSITIVE_INFINITY),
    open: fc.array(fc.boolean(), {
      minLength: edgesOf(graph).length,
      maxLength: edgesOf(graph).length,
    }),
  }),
);

async function walked(graph: Graph, open: readonly boolean[], longest: number) {
  const flags = Uint8Array.from(open, Number);
  const round = await ruralPostman(successorsOf(graph), graph.length, flags, longest);
  const paths: (readonly number[])[] = [];
  for (const path of round.paths) {
    paths.push(path);
    if (paths.length > ENDLESS) throw new Error('the round does not end');
  }
  return { bound: round.bound!, paths, steps: paths.flat().length };
}

/** The open transitions that begin nearer than `longest` steps from the start. */
function wantedOf(graph: Graph, open: readonly boolean[], longest: number): number[] {
  const steps = distances(graph, () => true);
  return edgesOf(graph).flatMap(([from], entry) =>
    open[entry] && (steps.get(from) ?? longest) < longest ? [entry] : [],
  );
}

describe('any tour of any small graph', SLOW, () => {
  test('consists of paths from the first state, none too long, that take all open transitions within reach', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ graph, open, longest }) => {
        const edges = edgesOf(graph);
        const { paths } = await walked(graph, open, longest);
        for (const path of paths) {
          expect(path.length).toBeGreaterThan(0);
          expect(path.length).toBeLessThanOrEqual(longest);
          path.reduce((state, entry) => {
            expect(edges[entry]![0]).toBe(state);
            return edges[entry]![1];
          }, 0);
        }
        const taken = new Set(paths.flat());
        for (const entry of wantedOf(graph, open, longest)) expect(taken).toContain(entry);
      }),
      { numRuns: 1_000 },
    );
  });

  test('has the minimum number of steps, equal to its bound, if all transitions are open and no path is too long', async () => {
    await fc.assert(
      fc.asyncProperty(small, async (graph) => {
        const open = edgesOf(graph).map(() => true);
        const { steps, bound } = await walked(graph, open, Number.POSITIVE_INFINITY);
        const least = fewest(graph, wantedOf(graph, open, Infinity), Number.POSITIVE_INFINITY);
        expect({ steps, bound }).toEqual({ steps: least, bound: least });
      }),
      { numRuns: 300 },
    );
  });

  test('has at least the minimum number of steps, which is never below the bound', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ graph, open, longest }) => {
        const { steps, bound } = await walked(graph, open, longest);
        const least = fewest(graph, wantedOf(graph, open, longest), longest);
        expect(bound).toBeLessThanOrEqual(least);
        expect(least).toBeLessThanOrEqual(steps);
      }),
      { numRuns: 300 },
    );
  });

  test('is empty if nothing is open', async () => {
    const graph = [[1], [0]];
    expect(await walked(graph, [false, false], 10)).toEqual({ bound: 0, paths: [], steps: 0 });
  });
});

test('reaches a separate component by a shortest path', async () => {
  // Only the ring of 3 and 4 is open, which is balanced already.
  const graph = [[1, 2], [2], [3], [4], [3]];
  const open = edgesOf(graph).map(([from]) => from >= 3);
  const { paths, bound } = await walked(graph, open, Number.POSITIVE_INFINITY);
  expect(paths).toEqual([[1, 3, 4, 5]]);
  expect(bound).toBe(2);
});

test('ends without a bound on an interrupt', async () => {
  // Two transitions there and one back, so that the flow must balance them.
  const graph = successorsOf([[1, 1], [0]]);
  const open = new Uint8Array(3).fill(1);
  const { bound, paths } = await ruralPostman(graph, 2, open, 10, AbortSignal.abort());
  expect({ bound, paths: [...paths] }).toEqual({ bound: undefined, paths: [] });
});
