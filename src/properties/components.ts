import type { SuccessorGraph } from '../store/successorGraph.js';

/** Splits regions of a graph into strongly connected components (Tarjan 1972, without recursion). */
export class Components {
  /** By state: the number of its region; 0 for a state in none. Transitions between regions do not count. */
  readonly region: Int32Array;
  #regions = 0;
  /** By state: when it was visited, and the earliest such number that it leads back to; 0: not yet. */
  readonly #visited: Int32Array;
  readonly #low: Int32Array;
  #visits = 0;
  /** The states on the way to the present one, each with its next transition. */
  readonly #path: Int32Array;
  readonly #next: Int32Array;
  /** Visited states of components that are not complete. */
  readonly #stack: Int32Array;
  #stacked = 0;

  /** `most`: the number of states that are in a region at the same time, at most. */
  constructor(
    readonly graph: SuccessorGraph,
    states: number,
    most: number,
  ) {
    this.region = new Int32Array(states);
    this.#visited = new Int32Array(states);
    this.#low = new Int32Array(states);
    this.#path = new Int32Array(most);
    this.#next = new Int32Array(most);
    this.#stack = new Int32Array(most);
  }

  /** Puts these states into a region of their own, and returns its number. */
  separate(states: Int32Array): number {
    const region = ++this.#regions;
    for (const state of states) {
      this.region[state] = region;
      this.#visited[state] = 0;
    }
    return region;
  }

  /** Splits a region, given its states. Calls `found` with the states of each component, which is then a region. */
  split(states: Int32Array, found: (component: Int32Array) => void): void {
    const region = states.length === 0 ? 0 : this.region[states[0]!]!;
    for (const root of states) if (this.region[root] === region) this.#search(root, region, found);
  }

  /** Whether a transition leads from the state to its own region. */
  staysIn(state: number): boolean {
    const { graph, region } = this;
    const end = graph.rowStart(state + 1);
    for (let entry = graph.rowStart(state); entry < end; entry++)
      if (graph.to(entry) >= 0 && region[graph.to(entry)] === region[state]) return true;
    return false;
  }

  /** Searches depth-first from a state that no search has visited. */
  #search(root: number, region: number, found: (component: Int32Array) => void): void {
    const { graph } = this;
    const path = this.#path;
    const next = this.#next;
    const low = this.#low;
    const visited = this.#visited;
    let depth = -1;
    const enter = (state: number) => {
      visited[state] = ++this.#visits;
      low[state] = this.#visits;
      this.#stack[this.#stacked++] = state;
      path[++depth] = state;
      next[depth] = graph.rowStart(state);
    };
    enter(root);
    while (depth >= 0) {
      const state = path[depth]!;
      if (next[depth]! < graph.rowStart(state + 1)) {
        const to = graph.to(next[depth]!++);
        // A complete component has another region, so a visited state of this region is on the stack.
        if (to < 0 || this.region[to] !== region) continue;
        if (visited[to] === 0) enter(to);
        else if (visited[to]! < low[state]!) low[state] = visited[to]!;
        continue;
      }
      depth--;
      if (depth >= 0 && low[state]! < low[path[depth]!]!) low[path[depth]!] = low[state]!;
      if (low[state] === visited[state]) this.#complete(state, found);
    }
  }

  /** Takes the component that began with this state off the stack. */
  #complete(state: number, found: (component: Int32Array) => void): void {
    const end = this.#stacked;
    while (this.#stack[--this.#stacked] !== state);
    const component = this.#stack.slice(this.#stacked, end);
    const region = ++this.#regions;
    for (const member of component) this.region[member] = region;
    found(component);
  }
}
