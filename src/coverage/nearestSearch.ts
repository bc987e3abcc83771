import type { SuccessorGraph } from '../store/successorGraph.js';

/** Finds a shortest path to the nearest goal state, for many searches from different states. */
export class NearestSearch {
  readonly #mark: Int32Array;
  readonly #via: Int32Array;
  readonly #queue: Int32Array;
  #round = 0;

  constructor(
    readonly graph: SuccessorGraph,
    states: number,
    readonly isGoal: (state: number) => boolean,
    readonly isBlocked: (entry: number) => boolean = () => false,
    /** Of several shortest paths, take the last instead of the first. */
    readonly backwards = false,
  ) {
    this.#mark = new Int32Array(states);
    this.#via = new Int32Array(states);
    this.#queue = new Int32Array(states);
  }

  /** The transitions of a path from `start`, the last one first; undefined if no path leads to a goal. */
  from(start: number): number[] | undefined {
    const { graph } = this;
    const mark = ++this.#round;
    const queue = this.#queue;
    let tail = 0;
    queue[tail++] = start;
    this.#mark[start] = mark;
    for (let head = 0; head < tail; head++) {
      const state = queue[head]!;
      if (this.isGoal(state)) return this.#pathTo(start, state);
      const begin = graph.rowStart(state);
      const end = graph.rowStart(state + 1);
      for (let i = begin; i < end; i++) {
        const entry = this.backwards ? begin + end - 1 - i : i;
        const to = graph.to(entry);
        if (this.#mark[to] === mark || this.isBlocked(entry)) continue;
        this.#mark[to] = mark;
        this.#via[to] = entry;
        queue[tail++] = to;
      }
    }
    return undefined;
  }

  #pathTo(start: number, goal: number): number[] {
    const path: number[] = [];
    for (let state = goal; state !== start; ) {
      const entry = this.#via[state]!;
      path.push(entry);
      state = this.graph.source(entry);
    }
    return path;
  }
}
