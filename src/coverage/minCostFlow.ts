import type { SuccessorGraph } from '../store/successorGraph.js';
import { keepGoing } from './keepGoing.js';
import { predecessors } from './predecessors.js';

/** The fewest repeated steps with which the required transitions split into walks from the first state. */
export interface MinCostFlow {
  /** By transition: how often to take it in addition to once if it is required. */
  readonly again: Int32Array;
  /** By state: number of walks that end there. */
  readonly ends: Int32Array;
  /** By state: the dual price of one more arrival there, in steps; proves that the flow is minimal. */
  readonly potentials: Int32Array;
}

const NOWHERE = -1;
const UNSEEN = -1;

/**
 * Balances arrivals and departures of every state: a minimum-cost flow from states with too many arrivals to states
 * with too few. A transition costs one step, a reset to the first state none. Solved by successive shortest paths, all
 * of one length at a time. `required` must be reachable. Undefined: interrupted.
 */
export async function minCostFlow(
  graph: SuccessorGraph,
  states: number,
  required: Uint8Array,
  signal?: AbortSignal,
): Promise<MinCostFlow | undefined> {
  const flow = new FlowSolver(graph, states, required);
  while (flow.updatePotentials())
    while (flow.layer()) {
      flow.send();
      if (!(await keepGoing(signal))) return undefined;
    }
  return flow;
}

class FlowSolver implements MinCostFlow {
  readonly again: Int32Array;
  readonly ends: Int32Array;
  readonly potentials: Int32Array;
  /** Arrivals without a departure; below 0 departures without an arrival. */
  readonly #imbalance: Int32Array;
  readonly #from: Int32Array;
  readonly #inBegin: Int32Array;
  readonly #in: Int32Array;
  readonly #level: Int32Array;
  readonly #next: Int32Array;
  readonly #queue: Int32Array;

  constructor(
    readonly graph: SuccessorGraph,
    readonly states: number,
    required: Uint8Array,
  ) {
    const { from, begin, entries } = predecessors(graph, states);
    this.again = new Int32Array(graph.size);
    this.#from = from;
    this.#inBegin = begin;
    this.#in = entries;
    this.ends = new Int32Array(states);
    this.potentials = new Int32Array(states);
    this.#imbalance = new Int32Array(states);
    this.#level = new Int32Array(states);
    this.#next = new Int32Array(states);
    this.#queue = new Int32Array(states);
    for (let entry = 0; entry < graph.size; entry++) {
      if (required[entry] === 0) continue;
      this.#imbalance[graph.to(entry)]!++;
      this.#imbalance[from[entry]!]!--;
    }
  }

  /**
   * Lowers the potentials until some path from a state with too many arrivals to one with too few has reduced cost 0;
   * false if no flow is left to send. Uses Dial's buckets, since reduced costs are small integers.
   */
  updatePotentials(): boolean {
    const loss = new Int32Array(this.states).fill(0x7fffffff);
    const buckets: number[][] = [[]];
    for (let state = 0; state < this.states; state++)
      if (this.#imbalance[state]! > 0) {
        loss[state] = 0;
        buckets[0]!.push(state);
      }
    let nearest = NOWHERE;
    for (let distance = 0; distance < buckets.length && nearest < 0; distance++)
      // The bucket grows while this loop runs.
      for (const state of buckets[distance] ?? []) {
        if (loss[state]! < distance) continue;
        if (this.#imbalance[state]! < 0) {
          nearest = distance;
          break;
        }
        for (let arc = 0, end = this.#arcs(state); arc < end; arc++) {
          const to = this.#target(state, arc);
          if (to === NOWHERE) continue;
          const reached = distance + this.#loss(state, arc, to);
          if (reached >= loss[to]!) continue;
          loss[to] = reached;
          buckets[reached] ??= [];
          buckets[reached]!.push(to);
        }
      }
    if (nearest < 0) return false;
    for (let state = 0; state < this.states; state++)
      this.potentials[state]! -= Math.min(loss[state]!, nearest);
    return true;
  }

  /**
   * Builds layers of the arcs with reduced cost 0, from the states with too many arrivals on; false if none reaches a
   * state with too few.
   */
  layer(): boolean {
    this.#level.fill(UNSEEN);
    this.#next.fill(0);
    let tail = 0;
    for (let state = 0; state < this.states; state++)
      if (this.#imbalance[state]! > 0) {
        this.#level[state] = 0;
        this.#queue[tail++] = state;
      }
    let found = false;
    for (let head = 0; head < tail; head++) {
      const state = this.#queue[head]!;
      if (this.#imbalance[state]! < 0) found = true;
      // Paths must be shortest: states beyond a goal belong to a later layering.
      if (found) continue;
      for (let arc = 0, end = this.#arcs(state); arc < end; arc++) {
        const to = this.#target(state, arc);
        if (to === NOWHERE || this.#level[to] !== UNSEEN || this.#loss(state, arc, to) !== 0)
          continue;
        this.#level[to] = this.#level[state]! + 1;
        this.#queue[tail++] = to;
      }
    }
    return found;
  }

  /** Sends as much flow along the layers as they admit. */
  send(): void {
    for (let state = 0; state < this.states; state++)
      while (this.#imbalance[state]! > 0 && this.#level[state] === 0 && this.#sendOne(state)) {}
  }

  /** Sends one unit from layer to layer; arcs that lead nowhere are not tried again. */
  #sendOne(source: number): boolean {
    const path = [source];
    for (;;) {
      const state = path.at(-1)!;
      if (this.#imbalance[state]! < 0) break;
      const arc = this.#next[state]!;
      if (arc === this.#arcs(state)) {
        path.pop();
        if (path.length === 0) return false;
        this.#next[path.at(-1)!]!++;
        continue;
      }
      const to = this.#target(state, arc);
      if (
        to !== NOWHERE &&
        this.#level[to] === this.#level[state]! + 1 &&
        this.#loss(state, arc, to) === 0
      )
        path.push(to);
      else this.#next[state]!++;
    }
    this.#imbalance[source]!--;
    this.#imbalance[path.at(-1)!]!++;
    for (let i = 0; i + 1 < path.length; i++) this.#take(path[i]!, this.#next[path[i]!]!, 1);
    return true;
  }

  /** Number of arcs of a state: its transitions, the reverse arcs of those that lead to it, and the same for resets. */
  #arcs(state: number): number {
    const { graph } = this;
    const out = graph.rowStart(state + 1) - graph.rowStart(state);
    const back = this.#inBegin[state + 1]! - this.#inBegin[state]!;
    return out + back + (state === 0 ? this.states : 1);
  }

  /** The state that an arc leads to; NOWHERE for a reverse arc without flow to cancel. */
  #target(state: number, arc: number): number {
    const { graph } = this;
    const begin = graph.rowStart(state);
    const out = graph.rowStart(state + 1) - begin;
    if (arc < out) return graph.to(begin + arc);
    const back = this.#inBegin[state]! + arc - out;
    if (back < this.#inBegin[state + 1]!) {
      const entry = this.#in[back]!;
      return this.again[entry] === 0 ? NOWHERE : this.#from[entry]!;
    }
    if (state !== 0) return 0;
    const ended = back - this.#inBegin[1]!;
    return this.ends[ended] === 0 ? NOWHERE : ended;
  }

  /** The reduced cost of an arc (cost less the difference of potentials): never below 0, and 0 on arcs with flow. */
  #loss(state: number, arc: number, to: number): number {
    const { graph } = this;
    const fall = this.potentials[state]! - this.potentials[to]!;
    const out = graph.rowStart(state + 1) - graph.rowStart(state);
    if (arc < out) return 1 - fall;
    return arc < out + this.#inBegin[state + 1]! - this.#inBegin[state]! ? -1 - fall : -fall;
  }

  #take(state: number, arc: number, units: number): void {
    const { graph } = this;
    const begin = graph.rowStart(state);
    const out = graph.rowStart(state + 1) - begin;
    const back = this.#inBegin[state]! + arc - out;
    if (arc < out) this.again[begin + arc]! += units;
    else if (back < this.#inBegin[state + 1]!) this.again[this.#in[back]!]! -= units;
    else if (state !== 0) this.ends[state]! += units;
    else this.ends[back - this.#inBegin[1]!]! -= units;
  }
}
