import type { SuccessorGraph } from '../store/successorGraph.js';
import { keepGoing } from './keepGoing.js';
import { predecessors } from './predecessors.js';

/** The fewest steps to take again, so that what is required falls into walks from the first state. */
export interface MinCostFlow {
  /** By transition: how often to take it beyond once, or beyond never where it is not required. */
  readonly again: Int32Array;
  /** By state: walks that end there. */
  readonly ends: Int32Array;
  /** By state: what one more arrival there is worth in steps; proves that fewer would not do. */
  readonly potentials: Int32Array;
}

const NOWHERE = -1;
const UNSEEN = -1;

/**
 * Balances arrivals and departures of every state: a flow of least cost from states with too many
 * arrivals to states with too few, over transitions at a step each and over fresh starts, which cost none. Solved by
 * successive shortest ways, all of one length at a time. `required` must be reachable. Undefined: interrupted.
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
   * Lowers prices until some way from too many arrivals to too few is free of loss; false if nothing is
   * left to be sent. By Dial's buckets, since losses are small whole numbers.
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
    for (let far = 0; far < buckets.length && nearest < 0; far++)
      // A bucket grows while it is gone through.
      for (const state of buckets[far] ?? []) {
        if (loss[state]! < far) continue;
        if (this.#imbalance[state]! < 0) {
          nearest = far;
          break;
        }
        for (let arc = 0, end = this.#arcs(state); arc < end; arc++) {
          const to = this.#target(state, arc);
          if (to === NOWHERE) continue;
          const reached = far + this.#loss(state, arc, to);
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

  /** Layers the arcs that are free of loss, from too many arrivals on; false if no way leads to too few. */
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
      // Ways are to be shortest: what lies behind a goal is for a later layering.
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

  /** Sends along the layers as much as there is room for. */
  send(): void {
    for (let state = 0; state < this.states; state++)
      while (this.#imbalance[state]! > 0 && this.#level[state] === 0 && this.#sendOne(state)) {}
  }

  /** One unit, from layer to layer; arcs that lead nowhere are not tried again. */
  #sendOne(source: number): boolean {
    const way = [source];
    for (;;) {
      const state = way.at(-1)!;
      if (this.#imbalance[state]! < 0) break;
      const arc = this.#next[state]!;
      if (arc === this.#arcs(state)) {
        way.pop();
        if (way.length === 0) return false;
        this.#next[way.at(-1)!]!++;
        continue;
      }
      const to = this.#target(state, arc);
      if (
        to !== NOWHERE &&
        this.#level[to] === this.#level[state]! + 1 &&
        this.#loss(state, arc, to) === 0
      )
        way.push(to);
      else this.#next[state]!++;
    }
    this.#imbalance[source]!--;
    this.#imbalance[way.at(-1)!]!++;
    for (let i = 0; i + 1 < way.length; i++) this.#take(way[i]!, this.#next[way[i]!]!, 1);
    return true;
  }

  /** Arcs of a state: its transitions, those that lead to it and may be taken back, and fresh starts likewise. */
  #arcs(state: number): number {
    const { graph } = this;
    const out = graph.rowStart(state + 1) - graph.rowStart(state);
    const back = this.#inBegin[state + 1]! - this.#inBegin[state]!;
    return out + back + (state === 0 ? this.states : 1);
  }

  /** Where an arc leads to; NOWHERE if there is nothing that it could take back. */
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

  /** What an arc costs beyond the difference of prices: never below 0, and 0 where something was sent. */
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
