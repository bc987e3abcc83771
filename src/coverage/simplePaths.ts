import type { SuccessorGraph } from '../store/successorGraph.js';

/**
 * Yields every maximal simple path: it visits no state twice, and either cannot be extended so or has `longest` steps.
 * Paths come in the order of their transitions. A yielded array changes as soon as the next path is requested.
 */
export function* simplePaths(
  graph: SuccessorGraph,
  states: number,
  longest: number,
): Generator<readonly number[]> {
  const isOn = new Uint8Array(states);
  isOn[0] = 1;
  const path: number[] = [];
  const next = [graph.rowStart(0)];
  let isWhole = false;
  for (;;) {
    const state = path.length === 0 ? 0 : graph.to(path.at(-1)!);
    const end = path.length === longest ? 0 : graph.rowStart(state + 1);
    let entry = next[path.length]!;
    while (entry < end && isOn[graph.to(entry)] === 1) entry++;
    if (entry < end) {
      next[path.length] = entry + 1;
      path.push(entry);
      isOn[graph.to(entry)] = 1;
      next[path.length] = graph.rowStart(graph.to(entry));
      isWhole = true;
    } else {
      if (isWhole) yield path;
      if (path.length === 0) return;
      isWhole = false;
      isOn[state] = 0;
      path.pop();
    }
  }
}

/** Whether `simplePaths` yields this path from the first state. */
export function isSimple(graph: SuccessorGraph, path: readonly number[], longest: number): boolean {
  const states = new Set([0, ...path.map((entry) => graph.to(entry))]);
  if (path.length === 0 || path.length > longest || states.size <= path.length) return false;
  if (path.length === longest) return true;
  const last = graph.to(path.at(-1)!);
  for (let entry = graph.rowStart(last), end = graph.rowStart(last + 1); entry < end; entry++)
    if (!states.has(graph.to(entry))) return false;
  return true;
}
