import type { Successors } from '../engine/successors.js';
import { goesOn } from './goesOn.js';
import { reversed } from './reversed.js';

/** The fewest steps to take again, so that what is required falls into walks from the first state. */
export interface Balance {
  /** By transition: how often to take it beyond once, or beyond never where it is not required. */
  readonly again: Int32Array;
  /** By state: walks that end there. */
  readonly ends: Int32Array;
  /** By state: what one more arrival there is worth in steps; proves that fewer would not do. */
  readonly prices: Int32Array;
}

const NOWHERE = -1;
const UNSEEN = -1;

/**
 * Balances arrivals and departures of every state: a flow of least cost from states with too many
 * arrivals to states with too few, over transitions at a step each and over fresh starts, which cost none. Solved by
 * successive shortest ways, all of one length at a time. `required` must be reachable. Undefined: interrupted.
 */
export async function balance(
  graph: Successors,
  states: number,
  required: Uint8Array,
  signal?: AbortSignal,
): Promise<Balance | undefined> {
  const flow = new Flow(graph, states, required);
  while (flow.reprice())
    while (flow.layer()) {
      flow.send();
      if (!(await goesOn(signal))) return undefined;
    }
  return flow;
}

class Flow implements Balance {
  readonly again: Int32Array;
  readonly ends: Int32Array;
  readonly prices: Int32Array;
  /** Arrivals without a departure; below 0 departures without an arrival. */
  readonly #excess: Int32Array;
  readonly #from: Int32Array;
  readonly #inBegin: Int32Array;
  readonly #in: Int32Array;
  readonly #level: Int32Array;
  readonly #next: Int32Array;
  readonly #queue: Int32Array;

  constructor(
    readonly graph: Successors,
    readonly states: number,
    required: Uint8Array,
  ) {
    const { from, begin, entries } = reversed(graph, states);
    this.again = new Int32Array(graph.size);
    this.#from = from;
    this.#inBegin = begin;
    this.#in = entries;
    this.ends = new Int32Array(states);
    this.prices = new Int32Array(states);
    this.#excess = new Int32Array(states);
    this.#level = new Int32Array(states);
    this.#next = new Int32Array(states);
    this.#queue = new Int32Array(states);
    for (let entry = 0; entry < graph.size; entry++) {
      if (required[entry] === 0) continue;
      this.#excess[graph.to(entry)]!++;
      this.#excess[from[entry]!]!--;
    }
  }

  /**
   * Lowers prices until some way from too many arrivals to too few is free of loss; false if nothing is
   * left to be sent. By Dial's buckets, since losses are small whole numbers.
   */
  reprice(): boolean {
    const loss = new Int32Array(this.states).fill(0x7fffffff);
    const buckets: number[][] = [[]];
    for (let state = 0; state < this.states; state++)
      if (this.#excess[state]! > 0) {
        loss[state] = 0;
        buckets[0]!.push(state);
      }
    let nearest = NOWHERE;
    for (let far = 0; far < buckets.length && nearest < 0; far++)
      // A bucket grows while it is gone through.
      for (const state of buckets[far] ?? []) {
        if (loss[state]! < far) continue;
        if (this.#excess[state]! < 0) {
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
      this.prices[state]! -= Math.min(loss[state]!, nearest);
    return true;
  }

  /** Layers the arcs that are free of loss, from too many arrivals on; false if no way leads to too few. */
  layer(): boolean {
    this.#level.fill(UNSEEN);
    this.#next.fill(0);
    let tail = 0;
    for (let state = 0; state < this.states; state++)
      if (this.#excess[state]! > 0) {
        this.#level[state] = 0;
        this.#queue[tail++] = state;
      }
    let found = false;
    for (let head = 0; head < tail; head++) {
      const state = this.#queue[head]!;
      if (this.#excess[state]! < 0) found = true;
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
      while (this.#excess[state]! > 0 && this.#level[state] === 0 && this.#sendOne(state)) {}
  }

  /** One unit, from layer to layer; arcs that lead nowhere are not tried again. */
  #sendOne(source: number): boolean {
    const way = [source];
    for (;;) {
      const state = way.at(-1)!;
      if (this.#excess[state]! < 0) break;
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
    this.#excess[source]!--;
    this.#excess[way.at(-1)!]!++;
    for (let i = 0; i + 1 < way.length; i++) this.#take(way[i]!, this.#next[way[i]!]!, 1);
    return true;
  }

  /** Arcs of a state: its transitions, those that lead to it and may be taken back, and fresh starts likewise. */
  #arcs(state: number): number {
    const { graph } = this;
    const out = graph.begin(state + 1) - graph.begin(state);
    const back = this.#inBegin[state + 1]! - this.#inBegin[state]!;
    return out + back + (state === 0 ? this.states : 1);
  }

  /** Where an arc leads to; NOWHERE if there is nothing that it could take back. */
  #target(state: number, arc: number): number {
    const { graph } = this;
    const begin = graph.begin(state);
    const out = graph.begin(state + 1) - begin;
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
    const fall = this.prices[state]! - this.prices[to]!;
    const out = graph.begin(state + 1) - graph.begin(state);
    if (arc < out) return 1 - fall;
    return arc < out + this.#inBegin[state + 1]! - this.#inBegin[state]! ? -1 - fall : -fall;
  }

  #take(state: number, arc: number, units: number): void {
    const { graph } = this;
    const begin = graph.begin(state);
    const out = graph.begin(state + 1) - begin;
    const back = this.#inBegin[state]! + arc - out;
    if (arc < out) this.again[begin + arc]! += units;
    else if (back < this.#inBegin[state + 1]!) this.again[this.#in[back]!]! -= units;
    else if (state !== 0) this.ends[state]! += units;
    else this.ends[back - this.#inBegin[1]!]! -= units;
  }
}
