import { outcomeParts } from '../engine/outcome.js';
import { type Reaction, Reactor } from '../engine/reactor.js';
import { Tables } from '../engine/tables.js';
import type { Json, Message, Network } from '../model/network.js';

/** How a call can go in a state: where it leads, and what is seen of it. */
export interface Way {
  readonly stimulus: number;
  /** The call, choices included. */
  readonly says: string;
  readonly how: Exclude<Reaction, 'refused'>;
  readonly said: readonly Message[];
  /** The outcome; of a call that does not fall silent well nothing but that. */
  readonly parts: readonly string[];
  /** The state after it; rubbish unless it fell silent. */
  readonly to: Int32Array;
}

/** One of two networks, asked in one state after the other how its calls can go there. */
export class Side {
  readonly tables: Tables;
  /** Numbers of the stimuli of each call. */
  readonly calls: ReadonlyMap<string, readonly number[]>;
  readonly #says: ReadonlySet<string>;
  readonly #reactor: Reactor;
  readonly #world: unknown;
  readonly #here: Int32Array;
  /** The story is over where this side stands. */
  #over = false;

  constructor(readonly network: Network) {
    this.tables = new Tables(network);
    this.#reactor = new Reactor(this.tables);
    this.#world = this.tables.world(this.#reactor.state);
    this.#here = Int32Array.from(this.tables.first);
    this.#says = new Set(network.stimuli.map(({ says }) => says));
    const calls = new Map<string, number[]>();
    for (const [i, { says, call = says }] of network.stimuli.entries())
      calls.set(call, [...(calls.get(call) ?? []), i]);
    this.calls = calls;
  }

  /** Numbers in a state. */
  get size(): number {
    return this.#here.length;
  }

  knows(says: string): boolean {
    return this.#says.has(says);
  }

  stand(state: Int32Array): void {
    this.#here.set(state);
    this.#reactor.state.set(state);
    this.#over = this.tables.isOver(this.#world);
  }

  /** Every way that a call can go where this side stands; none: it is not offered there. */
  ways(call: string): Way[] {
    if (this.#over) return [];
    const ways: Way[] = [];
    for (const stimulus of this.calls.get(call) ?? []) {
      const how = this.#reactor.react(stimulus);
      if (how === 'refused') continue;
      const said = this.#reactor.words();
      ways.push({
        stimulus,
        says: this.network.stimuli[stimulus]!.says,
        how,
        said,
        parts: how === 'silence' ? outcomeParts(this.network, said, this.#world) : [how],
        to: this.#reactor.state.slice(),
      });
      this.#reactor.state.set(this.#here);
    }
    return ways;
  }

  /** What the network tells programs of a way that it just went. */
  report({ how, said, to }: Way): Json | undefined {
    if (how !== 'silence') return undefined;
    this.#reactor.state.set(to);
    const report = this.network.report?.(said, this.#world);
    this.#reactor.state.set(this.#here);
    return report;
  }
}
